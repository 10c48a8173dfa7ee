#pragma once

#include <functional>

#include "core/fleet/host.h"
#include "core/report/incident.h"

namespace inodeck::report {

struct GatherOptions {
    std::string auditWhere; ///< as openAuditReader() takes it
    bool diffs = true;
    std::size_t maxDiffs = 100;                                      ///< so many files are read
    std::uint64_t maxSide = std::uint64_t{1} << 20;                  ///< bytes of each side
    std::function<void(std::size_t done, std::size_t all)> progress; ///< files that were read
};

/// Fills in what a report needs besides the scan: both sides of what differs, read again and masked, and what
/// the audit log says. What cannot be had is said in the report; only a cancel is an error. Blocking.
Result<void> gather(Incident& incident, SessionPool& sessions, const std::vector<Host>& hosts,
                    const GatherOptions& options, const Cancel& cancel);

} // namespace inodeck::report
