#pragma once

#include "core/restart/restart.h"

namespace inodeck::ui {

/// Restarter::run() under the VM's lock, with the log at `auditWhere`: nobody else acts on that VM meanwhile.
/// That somebody does is a refusal, and on record.
RestartResult restartLocked(Transport& transport, Scanner& scanner, const std::string& auditWhere,
                            const RestartPlan& plan, const RestartOrder& order, const Cancel& cancel,
                            const std::function<void(const StepEvent&)>& onStep);

} // namespace inodeck::ui
