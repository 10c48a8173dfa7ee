#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/record_line.h"
#include "core/audit/verify_report.h"
#include "core/drift/side_by_side.h"
#include "core/report/document.h"
#include "core/scan/scan.h"

namespace inodeck::report {

/// One mount, as the report tells of it.
struct IncidentMount {
    std::string host;
    Row row;
    bool secret = false;            ///< all of the file is: no hash of it is told, it could be guessed
    std::optional<SideBySide> diff; ///< masked
    std::string noDiff;             ///< why there is none; printable; empty: none was wanted
};

struct IncidentRecord {
    std::string hash; ///< hex SHA-256 of the stored line
    ParsedRecord record;
};

/// What the audit log says.
struct IncidentLog {
    std::string location;
    std::string error;                   ///< why it could not be read; printable
    std::optional<VerifyReport> check;   ///< none: it was not verified, `error` says why
    std::chrono::hours period{24 * 7};   ///< so far back
    std::vector<IncidentRecord> records; ///< of the restarts of the report's containers, oldest first
    bool recordsLeftOut = false;
};

struct Incident {
    TimePoint generatedAt{};
    std::string actor;           ///< who had it made
    std::string program;         ///< "inodeck 1.0"
    std::string scope;           ///< "the selection", "all that the filter \"…\" shows"
    std::vector<HostScan> hosts; ///< as they were last looked at; without rows
    std::vector<IncidentMount> mounts;
    IncidentLog log;
};

/// What an incident report says, in the words of HTML and Markdown alike. Pure.
Document incidentDocument(const Incident& incident);

// The parts, each in a file of its own.
void addMounts(Document& document, const Incident& incident);
void addRestarts(Document& document, const Incident& incident);
/// "2026-02-10 09:14:03 UTC"; "not known" without a time.
std::string timeWords(const std::optional<TimePoint>& time);

} // namespace inodeck::report
