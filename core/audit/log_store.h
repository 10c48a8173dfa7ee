#pragma once

#include <chrono>
#include <memory>
#include <mutex>

#include "core/audit/key_ring.h"
#include "core/audit/log_backend.h"
#include "core/audit/saved_head.h"

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
    /// Reads the keys that others have named since; refuses when ours may not sign the next record.
    Result<void> checkOurKey(const ChainHead& head);
    Result<void> learnKeys();
    void forgetKeys();
    Result<void> verifyTail(const ChainHead& head);
    Result<ChainHead> headThatExtendsTheSaved();
    Result<void> verifySaved(const Checkpoint& seen, const ChainHead& head);
    void follow(const MadeRecord& made);
    Result<void> remember(const ChainHead& head);
    Result<void> catchUp(TreeEdge& tree, std::uint64_t size);
    Result<void> drainSpool();

    std::unique_ptr<LogBackend> m_backend;
    SigningKey m_key;
    std::string m_spoolFile;
    const Clock& m_clock;
    HeadMemory m_memory;
    KeyRing m_ring;
    std::uint64_t m_keysReadTo = 0; ///< records before this one are in m_ring
    ChainHead m_last;               ///< after the last record of this object
    TreeEdge m_tree;                ///< of the records before m_last, or of fewer
    std::uint64_t m_saved = 0;      ///< so many records are in what was saved
    std::chrono::steady_clock::time_point m_savedAt{};
    std::mutex m_mutex;
};

} // namespace inodeck
