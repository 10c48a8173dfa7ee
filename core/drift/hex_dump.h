#pragma once

#include <string>

#include "core/drift/side_by_side.h"

namespace inodeck {

/// A NUL byte in one of the first 8,000 bytes, as git decides.
bool looksBinary(const std::string& bytes);
/// The first KiB as `hexdump -C` prints it; where it holds what looks like a secret, only a line that says
/// so.
std::string hexHead(const std::string& bytes, const SideBySideOptions& options);

} // namespace inodeck
