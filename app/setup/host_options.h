#pragma once

#include <string>
#include <vector>

#include "core/fleet/host.h"

namespace inodeck::setup {

/// What both programs take about the hosts that they look at.
struct HostOptions {
    std::string sshConfig;
    std::string docker;  ///< "sudo -n docker": words, split at blanks
    std::string replay;  ///< a recorded fleet
    double timeout = 60; ///< seconds for a host
    double hashLimitMiB = 4;
    bool local = false;
};

/// The hosts that are named, with the options applied to each; all of a recorded fleet when none is.
Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options);

} // namespace inodeck::setup
