#pragma once

#include "core/reconcile/decision.h"

namespace inodeck {

/// What the VM said.
struct LoadedText {
    std::string loaded;      ///< by the process
    std::string wouldLoad{}; ///< what it would load now: of the answer Json
};

/// Asks the VM what the process of the container of `o` has loaded; or why there is no answer.
Result<LoadedText> askLoaded(SessionPool& sessions, const Host& host, AccessLevel level,
                             const LoadedCheck& check, const Observation& o, const Cancel& cancel);

/// What such an answer, hostile until then, says of a file with these facts on the host.
LoadedAnswer judgeLoaded(const LoadedCheck& check, const LoadedText& answer, const Facts& host);

/// The values of a metric in Prometheus' text format, whatever the labels.
std::vector<double> metricValues(const std::string& text, const std::string& metric);

} // namespace inodeck
