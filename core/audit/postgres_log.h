#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/base/cancel.h"

namespace inodeck {

/// Makes the log in the database that `adminUri` names (schema, owner, group of writers, functions), or sets
/// its functions and rights again when it is there; allows `writerRole` (empty: nobody more) to write it.
/// All or nothing. What was done, one printable sentence each.
Result<std::vector<std::string>> initPostgresLog(const std::string& adminUri, const std::string& writerRole);

/// Copies every line as it is, with its signature, so that the chain is kept: into an empty log, or on from
/// where an earlier copy was interrupted. Verifies what is copied before and after. How many records were
/// copied now. Nobody may write `from` any more: what is written there afterwards is not part of the log.
Result<std::uint64_t> copyLog(AuditReader& from, const std::string& toUri, const Cancel& cancel,
                              const std::function<void(std::uint64_t)>& progress = {});

} // namespace inodeck
