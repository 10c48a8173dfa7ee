#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fleet/fleet.h"

namespace inodeck::setup {

/// What both programs take about the hosts that they look at. What is not given is as the fleet file says.
struct HostOptions {
    std::string fleet; ///< the file; empty: see fleetPlace()
    std::string sshConfig;
    std::string docker;            ///< "sudo -n docker": words, split at blanks
    std::string replay;            ///< a recorded fleet
    std::optional<double> timeout; ///< seconds for a host
    std::optional<double> hashLimitMiB;
    bool local = false;
};

/// The hosts that are named, as the fleet file has them, with the options applied to each. A wildcard that
/// the fleet has nothing for is one over the aliases of the ssh configuration. When none is named: all of a
/// recorded fleet, else all of the fleet file.
Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options,
                                  const Fleet& fleet);

} // namespace inodeck::setup
