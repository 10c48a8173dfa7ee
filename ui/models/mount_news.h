#pragma once

#include <string>

#include "core/drift/verdict.h"

namespace inodeck::ui {

/// What the last scan of its host found different in a mount, most urgent first.
enum class Change { None, Drift, Verdict, Appeared, Cured, Vanished };

/// One difference between two scans of a host. Only what was really observed is compared: a host that could
/// not be reached in between changes nothing.
struct MountNews {
    Change change = Change::None;
    std::string host;
    std::string service;
    std::string config; ///< the path in the container
    Verdict before = Verdict::Unknown;
    Verdict now = Verdict::Unknown;

    /// The container is pinned to an old file, and was not at the scan before.
    bool isNewStale() const { return now == Verdict::StaleInode && change != Change::Vanished; }
    bool operator==(const MountNews&) const = default;
};

/// From what was observed before and what is now; None when nothing changed.
inline Change changeOf(Verdict before, Verdict now) {
    if (before == now)
        return Change::None;
    if (isDrift(now) && !isDrift(before))
        return Change::Drift;
    return now == Verdict::InSync && isDrift(before) ? Change::Cured : Change::Verdict;
}

} // namespace inodeck::ui
