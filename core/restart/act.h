#pragma once

#include "core/restart/restart.h"

namespace inodeck {

/// Sends the restart command: once, never repeated, and not to be cancelled. An error means that its end is
/// not known.
Result<ExecResult> sendRestart(SessionPool& sessions, const RestartPlan& plan, const RestartOrder& order);

/// What the order's `validate` command said on the VM.
struct Validation {
    bool passed = false;
    std::optional<int> exitStatus; ///< none: it could not be run to its end
    std::string why;               ///< when not passed; redacted and printable
};
/// Runs it with the rights that the restart has, for at most a minute.
Validation validate(SessionPool& sessions, const RestartPlan& plan, const RestartOrder& order,
                    const Cancel& cancel);

} // namespace inodeck
