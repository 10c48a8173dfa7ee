#pragma once

#include "core/audit/log_keys.h"

namespace inodeck {

/// What must be right before anything is done: the last records of the log, each with its link, its signature
/// and what it is listed as, and this installation's own last one. AuditUnavailable, with the record, when it
/// is not.
Result<void> verifyTail(LogBackend& log, LogKeys& keys, const ChainHead& head);

} // namespace inodeck
