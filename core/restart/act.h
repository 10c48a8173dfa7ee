#pragma once

#include "core/restart/restart.h"

namespace inodeck {

/// Sends the restart command: once, never repeated, and not to be cancelled. An error means that its end is
/// not known.
Result<ExecResult> sendRestart(SessionPool& sessions, const RestartPlan& plan,
                               std::chrono::seconds stopTimeout);

} // namespace inodeck
