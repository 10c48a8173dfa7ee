#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/audit/audit_store.h"
#include "core/audit/record_line.h"
#include "core/audit/signing_key.h"
#include "core/audit/sqlite.h"

namespace inodeck {

/// The log in one SQLite file: a chain of signed lines. Several processes append at once (BEGIN IMMEDIATE).
class SqliteStore final : public AuditStore {
public:
    static Result<std::unique_ptr<AuditStore>> open(const std::string& path, const Clock& clock);

    Result<void> ready() override;
    Result<AppendedRecord> append(const RecordDraft& draft, const Deadline& deadline) override;
    Result<void> spool(const RecordDraft& draft) override;
    Result<std::vector<OpenIntent>> openIntents() override;
    std::string location() const override { return "sqlite:" + m_path; }
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override;

private:
    struct Head {
        std::uint64_t next = 0; ///< seq of the next record
        std::string hash;       ///< of the last line
        std::string log;
    };
    SqliteStore(std::string path, SqliteDatabase db, SigningKey key, const Clock& clock);
    Result<void> createSchema();
    Result<Head> head() const;
    Result<AppendedRecord> appendLocked(const RecordDraft& draft, const std::string& id,
                                        const Deadline& deadline);
    Result<AppendedRecord> insert(const Head& head, const RecordDraft& draft, const std::string& id);
    Result<void> verifyTail() const;
    Result<void> verifySavedHead() const;
    Result<void> drainSpool();
    std::string headFile(const std::string& log) const;
    std::string spoolFile() const { return m_path + ".spool"; }

    std::string m_path;
    SqliteDatabase m_db;
    SigningKey m_key;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
};

} // namespace inodeck
