#pragma once

#include "core/reconcile/report.h"

namespace inodeck {

/// What a command line says of the one service that it is about; what is empty is as the fleet file says.
struct ServiceWords {
    std::vector<std::string> configPaths;
    std::string hashFile;
    std::vector<std::string> restart;
    std::optional<std::chrono::seconds> healthTimeout;
};

/// What a run is about.
struct Scope {
    const Fleet* fleet = nullptr;
    std::optional<ServiceWords> service; ///< for all that `only` names
    std::vector<std::string> only;       ///< container names, compose services, PROJECT/SERVICE; empty: all
    DecideOptions decide;
    std::chrono::seconds stopTimeout{10};
};

/// Whether `only` is empty or names this container.
bool isInScope(const Scope& scope, const Container& container);

/// From a scan to one item per container in scope, in the order of restarts; asks the host for hash files and
/// for what processes have loaded, where the fleet file names any.
HostReport survey(const Host& host, const HostScan& scan, const Scope& scope, SessionPool& sessions,
                  const Cancel& cancel);

/// The one file that a hash file speaks of: the first config path, or the only file; nullptr: it is not said.
const Row* hashedRow(const std::vector<Row>& rows, const Service& service);

} // namespace inodeck
