#pragma once

#include <memory>
#include <mutex>

#include "core/audit/log_backend.h"
#include "core/audit/log_keys.h"
#include "core/audit/seen_log.h"

namespace inodeck {

/// What every log does, wherever its lines are kept: links and signs, looks up a commit that erred, refuses
/// to go on from a state that it cannot vouch for, and remembers what it saw: at most a fifth of a second
/// behind its own records, and when it ends.
class LogStore final : public AuditStore {
public:
    LogStore(std::unique_ptr<LogBackend> backend, SigningKey key, std::string spoolFile, const Clock& clock);
    ~LogStore() override;

    Result<void> ready() override;
    Result<AppendedRecord> append(const RecordDraft& draft, const Deadline& deadline) override;
    Result<void> spool(const RecordDraft& draft) override;
    Result<std::vector<OpenIntent>> openIntents() override;
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override;
    Result<std::uint64_t> count(const RecordFilter& filter) override;
    Result<std::string> checkpoint() override;
    Result<void> rotateKey(const AuditActor& actor, const std::string& reason) override;
    std::string location() const override { return m_backend->location(); }

private:
    Result<AppendedRecord> appendOnce(const RecordDraft& draft, const std::string& id,
                                      const Deadline& deadline);
    Result<AppendedRecord> appendLocked(const RecordDraft& draft, const std::string& id,
                                        const Deadline& deadline);
    /// With HMACs in place of the hashes of secrets.
    Result<RecordDraft> concealed(RecordDraft draft) const;
    Result<MadeRecord> insertInto(ChainHead head, const RecordDraft& draft, const std::string& id);
    Result<void> drainSpool();

    std::unique_ptr<LogBackend> m_backend;
    std::string m_spoolFile;
    const Clock& m_clock;
    LogKeys m_keys;
    SeenLog m_seen;
    std::mutex m_mutex;
};

} // namespace inodeck
