#include "tests/unit/audit_crash/audit_folder.h"

#include <cstdlib>
#include <stdexcept>

#include "core/audit/record_line.h"
#include "core/audit/verify_source.h"

namespace inodeck::test {

AuditFolder::AuditFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "inodeck-audit-XXXXXX").string();
    m_path = ::mkdtemp(name.data());
    ::setenv("XDG_DATA_HOME", (m_path / "data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (m_path / "state").c_str(), 1);
}

AuditFolder::~AuditFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::unique_ptr<AuditStore> AuditFolder::open() const {
    auto opened = openAuditStore(file());
    if (!opened)
        throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

std::string AuditFolder::broken() const {
    const auto report = verifyLog({file(), {}}, Cancel{});
    if (!report)
        return report.error().message;
    if (report->bad)
        return "record " + std::to_string(report->bad->seq) + ": " + report->bad->why;
    return report->contradicted.empty() ? std::string{} : report->contradicted.front();
}

std::set<std::string> AuditFolder::records() const {
    auto log = openAuditReader(file());
    if (!log)
        throw std::runtime_error(log.error().message);
    std::set<std::string> all;
    const auto read = (*log)->each({}, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        all.insert(std::to_string(stored.seq) + " " + (record ? record->envelope.id : "?"));
        return true;
    });
    if (!read)
        throw std::runtime_error(read.error().message);
    return all;
}

RecordDraft draftOf(RecordType type, const std::string& reason) {
    RecordDraft draft;
    draft.type = type;
    draft.opId = newUuid();
    draft.actor.account = "tester";
    draft.reason = reason;
    draft.target.vm = "vm";
    draft.target.containerId = std::string(64, 'a');
    return draft;
}

} // namespace inodeck::test
