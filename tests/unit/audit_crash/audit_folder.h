#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/audit/verify_report.h"

namespace inodeck::test {

/// A log of its own with its key and its memory, in a folder that ends with this object. The XDG variables of
/// this process point there.
class AuditFolder {
public:
    AuditFolder();
    ~AuditFolder();
    AuditFolder(const AuditFolder&) = delete;
    AuditFolder& operator=(const AuditFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path file() const { return m_path / "audit" / "audit.sqlite"; }
    /// Throws when it cannot be opened.
    std::unique_ptr<AuditStore> open() const;
    /// Empty when the whole log verifies and extends what this installation saw of it; else what is wrong.
    std::string broken() const;
    /// "<seq> <id>" of every record.
    std::set<std::string> records() const;

private:
    std::filesystem::path m_path;
};

/// A record with nothing in it but its type and reason.
RecordDraft draftOf(RecordType type, const std::string& reason);

} // namespace inodeck::test
