#pragma once

#include <functional>
#include <string>

#include "core/audit/audit_store.h"
#include "core/base/cancel.h"

namespace inodeck {

enum class ExportFormat { Jsonl, Csv };

struct ExportOptions {
    std::string out; ///< must not exist; a folder, or a file for names in .tar and for CSV
    ExportFormat format = ExportFormat::Jsonl;
    RecordFilter filter;
    /// Signed note of at least what is exported. May be empty for a CSV and for all of a log.
    std::string checkpoint;
};

struct ExportSummary {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0; ///< of audit.jsonl, or of the CSV
};

/// Writes an export that can be checked without this program (docs/audit-format.md), or a CSV for
/// spreadsheets, which is no evidence. Memory grows neither with the log nor with what is chosen of it;
/// with a filter it takes at most 65 bytes of disk for each record of the log while it runs. On an error or a
/// cancel nothing is left. `progress(done, total)` now and then.
Result<ExportSummary> exportLog(AuditReader& log, const ExportOptions& options, const Cancel& cancel,
                                const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

/// Puts on record that this is exported, so that the export shows it too: its checkpoint. An error is no
/// obstacle: the export has no checkpoint then, and is not on record.
Result<std::string> recordExport(const std::string& where, const AuditActor& actor,
                                 const ExportOptions& options);

} // namespace inodeck
