#pragma once

#include <functional>
#include <string>

#include "core/audit/verifier.h"
#include "core/base/cancel.h"

namespace inodeck {

struct VerifyRequest {
    std::string what; ///< a store (see openAuditReader), an export (folder or .tar), or a plain JSONL file
    std::vector<std::string> checkpoints; ///< files with signed notes that were kept elsewhere
};

/// Verifies whatever `what` is. For a store, what this installation saw of it is an anchor too. Errors: it
/// cannot be read.
Result<VerifyReport> verifyLog(const VerifyRequest& request, const Cancel& cancel,
                               const std::function<void(std::uint64_t)>& progress = {});
/// The same for a log that is open; `anchors` as given.
Result<VerifyReport> verifyStore(AuditReader& log, std::vector<Anchor> anchors, const Cancel& cancel,
                                 const std::function<void(std::uint64_t)>& progress = {});
/// What this installation saw of the log at `location`: its own anchor, if there is one.
struct OwnAnchor {
    std::vector<Anchor> anchors; ///< one, or none
    std::string problem;         ///< printable: there is something, and it cannot be used
};
OwnAnchor ownAnchor(const std::string& location);

} // namespace inodeck
