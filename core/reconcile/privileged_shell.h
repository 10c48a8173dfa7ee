#pragma once

#include <string>

#include "core/probe/probe.h"

namespace inodeck {

/// A shell for a script on stdin, in any login shell, with the rights that the probe had; under sudo by the
/// words that the probe uses, which sudoers allows.
inline std::string privilegedShell(AccessLevel level) {
    return level == AccessLevel::Sudo ? "exec sudo -n env INODECK_SUDO=1 sh -s" : "exec sh -s";
}

} // namespace inodeck
