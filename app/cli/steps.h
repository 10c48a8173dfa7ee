#pragma once

#include "app/cli/command.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

/// "  ok   wait: It is running." as each step of a restart begins and ends.
void printStep(const StepEvent& event, std::ostream& out, bool colours);

} // namespace inodeck::cli
