#pragma once

#include <QString>
#include <array>
#include <optional>

#include "core/audit/audit_store.h"
#include "core/audit/record_line.h"

namespace inodeck::ui {

/// Columns of the table of records.
enum AuditColumn {
    TimeColumn,
    TypeColumn,
    HostColumn,
    ServiceColumn,
    OutcomeColumn,
    ActorColumn,
    ReasonColumn,
    SeqColumn,
    AuditColumnCount
};

/// A stored record, read, and its cells as literal text.
struct AuditRow {
    StoredRecord stored;
    std::optional<ParsedRecord> record; ///< nullopt: it is none
    bool open = false;                  ///< an intent without an end
    std::array<QString, AuditColumnCount> cells;
};
AuditRow auditRow(const StoredRecord& stored, bool open);

/// "Intent", "Outcome", …
QString label(RecordType type);
/// "project/service", as it is in the table.
QString serviceName(const AuditTarget& target);
/// Every field, a line each: what the details show and what is copied as text.
QString recordText(const AuditRow& row);
/// The line as it is stored; characters that hide or reorder text are written as JSON escapes (the same JSON,
/// but not the bytes that were hashed).
QString recordLineText(const AuditRow& row);

} // namespace inodeck::ui
