#pragma once

#include <string>

#include "core/reconcile/report.h"

namespace inodeck::cli {

/// The document of schema inodeck.reconcile/v1 (docs/reconcile-json.md), ending in a newline.
std::string reconcileJson(const Report& report, bool dryRun);

} // namespace inodeck::cli
