#pragma once

#include <QJsonObject>
#include <string>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck::cli {

/// The document of schema inodeck.scan/v1 (docs/scan-json.md), one line a key, ending in a newline.
std::string scanJson(const std::vector<HostScan>& scans, TimePoint scannedAt,
                     std::chrono::milliseconds duration, bool driftOnly);

/// One mount as in that document.
QJsonObject mountJson(const Row& row);

} // namespace inodeck::cli
