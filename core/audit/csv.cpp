#include "core/audit/csv.h"

#include <string_view>

#include "core/base/text.h"

namespace inodeck {

namespace {

std::string row(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields)
        line += (line.empty() ? "" : ",") + csvField(field);
    return line + "\r\n";
}

std::string sideText(const AuditSide& side) {
    if (side.missing)
        return "missing";
    return (side.sha256 ? side.sha256->hex()
            : side.hmac ? "hmac " + side.hmac->hex()
                        : std::string("-")) +
           " inode " + std::to_string(side.inode);
}

std::string evidenceText(const std::vector<AuditEvidence>& evidence) {
    std::string text;
    for (const AuditEvidence& e : evidence)
        text += (text.empty() ? "" : "; ") + e.destination + " " + e.verdict + ": host " + sideText(e.host) +
                ", container " + sideText(e.container);
    return text;
}

/// Whether a spreadsheet may take it for a formula; some also take the wide forms, and skip blanks before.
bool looksLikeFormula(std::string_view field) {
    const std::size_t begin = field.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return false;
    field.remove_prefix(begin);
    for (const std::string_view start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
        if (field.starts_with(start))
            return true;
    return false;
}

} // namespace

std::string csvField(const std::string& text) {
    std::string field = printable(text);
    if (looksLikeFormula(text) || looksLikeFormula(field))
        field.insert(field.begin(), '\'');
    std::string quoted = "\"";
    for (const char c : field)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string csvHead() {
    return row({"This table is for reading and is not evidence: nothing in it is signed. Evidence is the "
                "JSONL export."}) +
           row({"seq", "time", "type", "host", "project", "service", "container_id", "account", "claimed",
                "ci_job", "reason", "command", "status", "verdict", "exit", "duration_ms", "evidence",
                "op_id", "record_sha256"});
}

std::string csvRow(const ParsedRecord& record, const std::string& hash) {
    const RecordDraft& d = record.draft;
    const AuditResult result = d.result.value_or(AuditResult{});
    return row({std::to_string(record.envelope.seq), formatRfc3339(record.envelope.ts, 6),
                std::string(toString(d.type)), d.target.vm, d.target.project, d.target.service,
                d.target.containerId, d.actor.account, d.actor.claimed, d.actor.ciJob, d.reason,
                shellJoin(d.argv), result.status, result.verdict,
                result.exitStatus ? std::to_string(*result.exitStatus) : "",
                d.result ? std::to_string(result.durationMs) : "", evidenceText(d.evidence), d.opId, hash});
}

} // namespace inodeck
