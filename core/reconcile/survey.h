#pragma once

#include "core/reconcile/report.h"

namespace inodeck {

/// What a run is about.
struct Scope {
    const Fleet* fleet = nullptr;
    std::optional<Service> service; ///< in place of what the fleet says, for all that `only` names
    std::vector<std::string> only;  ///< container names, compose services, PROJECT/SERVICE; empty: all
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

/// The entry of an item, or the defaults.
const Service& serviceOf(const Item& item);

} // namespace inodeck
