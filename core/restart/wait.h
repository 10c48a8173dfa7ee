#pragma once

#include "core/restart/container_state.h"

namespace inodeck {

/// How the wait for a restarted container ended.
struct WaitResult {
    enum class End { Up, Failed, TimedOut, Unhealthy, Lost, Stopped };
    End end = End::Lost;
    ContainerState last;
    std::string text; ///< printable, why it is not Up
};

/// Waits until the container runs as another process than before, is healthy where it has a healthcheck, and
/// has stayed up for two looks. `Lost`: it cannot be looked at any more; `Stopped`: the operator stopped
/// waiting.
WaitResult waitUntilUp(SessionPool& sessions, const RestartPlan& plan, Subject subject,
                       std::chrono::seconds timeout, const Cancel& cancel);

} // namespace inodeck
