#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/audit/signing_key.h"
#include "core/audit/verify_source.h"

namespace inodeck {

/// A temporary folder in which an installation has its home (XDG_DATA_HOME, XDG_STATE_HOME); gone at the end.
class TemporaryHome {
public:
    TemporaryHome();
    ~TemporaryHome();
    TemporaryHome(const TemporaryHome&) = delete;
    TemporaryHome& operator=(const TemporaryHome&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::string operator/(const std::string& name) const { return m_path / name; }
    /// From now on this process is another installation: another home in the same folder.
    void become(const std::string& installation) const;

private:
    std::filesystem::path m_path;
};

std::string readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, const std::string& content);
/// With their LFs taken off.
std::vector<std::string> linesOf(const std::string& text);

/// A key of its own in a new folder of `home`.
SigningKey newKey(const TemporaryHome& home, const std::string& name);
AuditActor actor();
/// A small intent or outcome; records 2n and 2n+1 belong to one operation.
RecordDraft draftOf(std::uint64_t number);
/// A record with everything in it.
RecordDraft fullDraft();

/// The store of the installation that this process is.
std::unique_ptr<AuditStore> openLog();
/// Appends until the log has `records` records; the key is rotated after `rotateAt` of them, if that is not
/// 0.
void fill(AuditStore& log, std::uint64_t records, std::uint64_t rotateAt = 0);
std::vector<StoredRecord> recordsOf(AuditReader& log);
/// Exports the log, or what `filter` chooses, with its checkpoint.
void exportTo(AuditStore& log, const std::string& out, const RecordFilter& filter = {});
/// Expects that it can be read.
VerifyReport verified(const std::string& what, const std::vector<std::string>& checkpoints = {});

} // namespace inodeck
