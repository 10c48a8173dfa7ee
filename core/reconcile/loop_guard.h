#pragma once

#include "core/audit/audit_store.h"
#include "core/restart/restart.h"

namespace inodeck {

/// A restart that does not cure is not tried for ever.
inline constexpr int MaxFutileRestarts = 3;
inline constexpr std::chrono::minutes LoopWindow{10};

/// From the log: why this container is not to be restarted once more; empty when it may be. Counted are the
/// restarts of the last ten minutes that have no good outcome, and those that were proven with the very
/// content that calls for the next one now. `rows` are those that call.
Result<std::string> whyLooping(AuditReader& log, const RestartPlan& plan, const std::vector<Row>& rows,
                               TimePoint now);

} // namespace inodeck
