#pragma once

#include <string>

namespace inodeck {

/// VERIFY.md of an export: how to check it with openssl, sha256sum and awk alone.
std::string verifyGuide(bool complete, bool hasCheckpoint);

} // namespace inodeck
