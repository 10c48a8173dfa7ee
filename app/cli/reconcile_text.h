#pragma once

#include <string>

#include "core/reconcile/report.h"

namespace inodeck::cli {

/// What is said as a restart begins: container, cause, exact command.
std::string beginText(const Host& host, const Item& item);

/// All that was found and done: a line for each container that is not simply in sync, the cause below it, the
/// hosts that could not be observed, the sum.
std::string reportText(const Report& report, bool dryRun, bool colours);

} // namespace inodeck::cli
