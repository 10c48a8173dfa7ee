#include "core/audit/log_store.h"

#include <algorithm>
#include <filesystem>

#include "core/audit/log_reader.h"
#include "core/audit/log_tail.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

} // namespace

LogStore::LogStore(std::unique_ptr<LogBackend> backend, SigningKey key, std::string spoolFile,
                   const Clock& clock)
    : m_backend(std::move(backend))
    , m_spoolFile(std::move(spoolFile))
    , m_clock(clock)
    , m_keys(*m_backend, std::move(key))
    , m_seen(*m_backend) {}

Result<MadeRecord> LogStore::insertInto(ChainHead head, const RecordDraft& draft, const std::string& id) {
    if (head.next == 0) {
        const auto saved = m_seen.memory().load();
        if (!saved)
            return tl::unexpected(saved.error());
        if (*saved)
            return broken("The audit log at " + location() + " is empty, but this installation has seen " +
                          std::to_string((*saved)->note.checkpoint.size) +
                          " records there: it was removed or replaced. Restore it; if it was removed on "
                          "purpose, move " +
                          printable(m_seen.memory().path()) + " away.");
        head.log = newUuid();
        const MadeRecord genesis =
            makeRecord(head, genesisDraft(draft.actor, m_keys.own()), newUuid(), m_clock.now(), m_keys.own());
        if (auto inserted = m_backend->insert(genesis); !inserted)
            return tl::unexpected(inserted.error());
        head = headAfter(genesis);
    }
    // Right behind our own last record nobody can have named a key since.
    if (m_keys.knowsNothing() || head != m_seen.last())
        if (auto ours = m_keys.checkOwn(head); !ours)
            return tl::unexpected(ours.error());
    MadeRecord made = makeRecord(head, draft, id, m_clock.now(), m_keys.own());
    if (made.signature.empty())
        return broken("A record of the audit log could not be signed by key " + m_keys.own().kid() + ".");
    if (auto inserted = m_backend->insert(made); !inserted)
        return tl::unexpected(inserted.error());
    return made;
}

Result<AppendedRecord> LogStore::appendOnce(const RecordDraft& draft, const std::string& id,
                                            const Deadline& deadline) {
    if (auto begun = m_backend->begin(deadline); !begun)
        return tl::unexpected(begun.error());
    const auto head = m_backend->head();
    auto made = head ? insertInto(*head, draft, id) : Result<MadeRecord>(tl::unexpected(head.error()));
    if (!made) {
        m_backend->rollback();
        m_keys.forget();
        return tl::unexpected(made.error());
    }
    if (auto committed = m_backend->commit(deadline); !committed) {
        m_keys.forget();
        return tl::unexpected(committed.error());
    }
    m_seen.follow(*made, m_keys.own());
    if (made->draft.type == RecordType::KeyRotate)
        m_keys.forget();
    return AppendedRecord{made->envelope.seq, id, made->hash};
}

LogStore::~LogStore() {
    const std::lock_guard lock(m_mutex);
    m_seen.rememberTheRest(m_keys.own());
}

/// A commit that errs is unknown: the record's own id tells. Never tried again blindly.
Result<AppendedRecord> LogStore::appendLocked(const RecordDraft& draft, const std::string& id,
                                              const Deadline& deadline) {
    auto result = appendOnce(draft, id, deadline);
    if (result)
        return result;
    const auto found = m_backend->find(id, deadline);
    if (found)
        return *found ? Result<AppendedRecord>(**found) : result;
    return broken(result.error().message + " Whether record " + id +
                  " was written is not known: " + found.error().message);
}

Result<RecordDraft> LogStore::concealed(RecordDraft draft) const {
    const auto isSecret = [](const AuditEvidence& e) { return e.secret; };
    if (std::none_of(draft.evidence.begin(), draft.evidence.end(), isSecret))
        return draft;
    const auto key = hmacKey(keyDirectory());
    if (!key)
        return tl::unexpected(key.error());
    for (AuditEvidence& e : draft.evidence)
        for (AuditSide* side : {&e.host, &e.container})
            if (e.secret && side->sha256) {
                side->hmac = hmacSha256(*key, side->sha256->hex());
                side->sha256.reset();
            }
    if (draft.result && std::any_of(draft.evidence.begin(), draft.evidence.end(), isSecret))
        draft.result->containerSha256.reset();
    return draft;
}

Result<AppendedRecord> LogStore::append(const RecordDraft& draft, const Deadline& deadline) {
    const std::lock_guard lock(m_mutex);
    const auto safe = concealed(draft);
    return safe ? appendLocked(*safe, newUuid(), deadline) : tl::unexpected(safe.error());
}

Result<void> LogStore::ready() {
    const std::lock_guard lock(m_mutex);
    const Deadline deadline = Deadline::after(10s);
    if (auto key = SigningKey::load(keyDirectory(), false); !key)
        return tl::unexpected(key.error());
    if (auto fit = m_backend->check(deadline); !fit)
        return fit;
    const auto head = m_seen.headThatExtendsIt();
    if (!head)
        return tl::unexpected(head.error());
    if (head->next > 0) {
        if (auto good = verifyTail(*m_backend, m_keys, *head); !good)
            return good;
        if (auto ours = m_keys.checkOwn(*head); !ours)
            return ours;
        // What a killed process did not come to save; and without a memory a cut would go unseen.
        if (auto saved = m_seen.remember(*head, m_keys.own()); !saved)
            return broken("What this installation remembers of the audit log cannot be kept: " +
                          saved.error().message);
    }
    return drainSpool();
}

Result<void> LogStore::spool(const RecordDraft& draft) {
    // A record line with seq 0 is not part of the chain; it becomes one when it is drained.
    const Envelope envelope{"spool", 0, NoHash, newUuid(), m_clock.now(), m_keys.own().kid()};
    const auto safe = concealed(draft);
    if (!safe)
        return tl::unexpected(safe.error());
    const FileLock lock(m_spoolFile + ".lock", Deadline::after(10s)); // whoever drains it removes it
    auto held = lock.held();
    return held ? appendGuardedFile(m_spoolFile, recordLine(envelope, *safe) + "\n") : held;
}

Result<void> LogStore::drainSpool() {
    const FileLock lock(m_spoolFile + ".lock", Deadline::after(10s));
    if (auto held = lock.held(); !held)
        return held;
    const auto content = readGuardedFile(m_spoolFile);
    if (!content)
        return content.error().code == ErrorCode::NotFound ? Result<void>{} : tl::unexpected(content.error());
    for (std::size_t begin = 0; begin < content->size();) {
        const std::size_t end = std::min(content->find('\n', begin), content->size());
        const auto record = parseRecordLine(content->substr(begin, end - begin));
        if (!record)
            return broken(
                printable(m_spoolFile) +
                " holds a line that is no record; look at it, then move it away: " + record.error().message);
        const auto known = m_backend->find(record->envelope.id, Deadline::after(10s));
        if (!known)
            return tl::unexpected(known.error());
        if (!*known)
            if (auto kept = appendLocked(record->draft, record->envelope.id, Deadline::after(10s)); !kept)
                return tl::unexpected(kept.error());
        begin = end + 1;
    }
    std::error_code problem;
    std::filesystem::remove(m_spoolFile, problem);
    return problem ? broken("Cannot remove the drained " + printable(m_spoolFile) + ".") : Result<void>{};
}

Result<std::vector<OpenIntent>> LogStore::openIntents() {
    const std::lock_guard lock(m_mutex);
    return openIntentsOf(*m_backend);
}

Result<std::uint64_t> LogStore::each(const RecordFilter& filter,
                                     const std::function<bool(const StoredRecord&)>& take) {
    const std::lock_guard lock(m_mutex);
    return m_backend->each(filter, take);
}

Result<std::uint64_t> LogStore::count(const RecordFilter& filter) {
    const std::lock_guard lock(m_mutex);
    return m_backend->count(filter);
}

Result<std::string> LogStore::checkpoint() {
    const std::lock_guard lock(m_mutex);
    const auto head = m_seen.headThatExtendsIt();
    if (!head)
        return tl::unexpected(head.error());
    if (head->next == 0)
        return fail(ErrorCode::NotFound, "The audit log is empty: there is nothing to sign a checkpoint of.");
    if (auto ours = m_keys.checkOwn(*head); !ours)
        return tl::unexpected(ours.error());
    if (auto remembered = m_seen.remember(*head, m_keys.own()); !remembered)
        return tl::unexpected(remembered.error());
    const auto saved = m_seen.memory().load();
    if (!saved)
        return tl::unexpected(saved.error());
    return *saved ? Result<std::string>((*saved)->text)
                  : broken("The checkpoint that was just saved is gone.");
}

Result<void> LogStore::rotateKey(const AuditActor& actor, const std::string& reason) {
    auto next = SigningKey::prepareNext(keyDirectory());
    if (!next)
        return tl::unexpected(next.error());
    RecordDraft draft;
    draft.type = RecordType::KeyRotate;
    draft.actor = actor;
    draft.reason = reason;
    draft.key = AuditKeyChange{next->publicKey(), m_keys.own().kid()};
    if (auto kept = append(draft, Deadline::after(20s)); !kept)
        return tl::unexpected(kept.error());
    return SigningKey::adoptNext(keyDirectory());
}

} // namespace inodeck
