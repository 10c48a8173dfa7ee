#pragma once

#include "core/reconcile/decision.h"

namespace inodeck {

/// Asks the VM what the process has loaded; the answer's text, or why there is none.
Result<std::string> askLoaded(SessionPool& sessions, const Host& host, AccessLevel level,
                              const LoadedCheck& check, const Cancel& cancel);

/// What such an answer, hostile until then, says of a file with these facts on the host.
LoadedAnswer judgeLoaded(const LoadedCheck& check, const std::string& answer, const Facts& host);

/// The values of a metric in Prometheus' text format, whatever the labels.
std::vector<double> metricValues(const std::string& text, const std::string& metric);

} // namespace inodeck
