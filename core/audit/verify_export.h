#pragma once

#include "core/audit/verify_source.h"

namespace inodeck {

/// Verifies an export (a folder or .tar): its records, its signatures and proofs, and that the keys and the
/// guide beside them are those that belong to it.
Result<VerifyReport> verifyExport(const std::string& path, std::vector<Anchor> anchors, const Cancel& cancel,
                                  const std::function<void(std::uint64_t)>& progress);

} // namespace inodeck
