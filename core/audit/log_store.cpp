#include "core/audit/log_store.h"

#include <algorithm>
#include <filesystem>

#include "core/audit/log_reader.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t TailLength = 64;
constexpr auto SaveInterval = 200ms;

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

std::string recordName(std::uint64_t seq) {
    return "Record " + std::to_string(seq) + " of the audit log ";
}

} // namespace

LogStore::LogStore(std::unique_ptr<LogBackend> backend, SigningKey key, std::string spoolFile,
                   const Clock& clock)
    : m_backend(std::move(backend))
    , m_key(std::move(key))
    , m_spoolFile(std::move(spoolFile))
    , m_clock(clock)
    , m_memory(m_backend->location()) {}

Result<void> LogStore::learnKeys() {
    RecordFilter naming;
    naming.keysOnly = true;
    naming.from = m_keysReadTo;
    Result<void> good;
    const auto done = m_backend->each(naming, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        const std::string why =
            record ? whyNotSigned(*record, Sha256::of(stored.line).hex(), stored.signature, m_ring)
                   : record.error().message;
        if (!why.empty())
            good =
                broken(recordName(stored.seq) + "names a key, but " + why + "; run 'inodeck audit verify'.");
        else if (auto learned = m_ring.learn(*record); !learned)
            good = broken(recordName(stored.seq) + "cannot be right: " + learned.error().message +
                          "; run 'inodeck audit verify'.");
        m_keysReadTo = stored.seq + 1;
        return good.has_value();
    });
    return done ? good : tl::unexpected(done.error());
}

Result<void> LogStore::checkOurKey(const ChainHead& head) {
    if (auto learned = learnKeys(); !learned)
        return learned;
    const auto granted = [&] { return m_ring.right(m_key.kid(), head.next) == KeyRing::Right::Granted; };
    if (granted())
        return {};
    // Another process of ours may have rotated it, or one died while it did.
    const auto next = SigningKey::loadNext(keyDirectory());
    if (next && m_ring.right(next->kid(), head.next) == KeyRing::Right::Granted)
        if (auto adopted = SigningKey::adoptNext(keyDirectory()); !adopted)
            return adopted;
    auto fresh = SigningKey::load(keyDirectory(), false);
    if (!fresh)
        return tl::unexpected(fresh.error());
    m_key = std::move(*fresh);
    if (granted())
        return {};
    return broken("This installation's key " + m_key.kid() + " may not sign in " + location() +
                  "; somebody whose key may can allow it: inodeck audit key allow " + m_key.publicText());
}

Result<MadeRecord> LogStore::insertInto(ChainHead head, const RecordDraft& draft, const std::string& id) {
    if (head.next == 0) {
        const auto saved = m_memory.load();
        if (!saved)
            return tl::unexpected(saved.error());
        if (*saved)
            return broken("The audit log at " + location() + " is empty, but this installation has seen " +
                          std::to_string((*saved)->note.checkpoint.size) +
                          " records there: it was removed or replaced. Restore it; if it was removed on "
                          "purpose, move " +
                          printable(m_memory.path()) + " away.");
        head.log = newUuid();
        const MadeRecord genesis =
            makeRecord(head, genesisDraft(draft.actor, m_key), newUuid(), m_clock.now(), m_key);
        if (auto inserted = m_backend->insert(genesis); !inserted)
            return tl::unexpected(inserted.error());
        head = headAfter(genesis);
    }
    // Right behind our own last record nobody can have named a key since.
    if (m_keysReadTo == 0 || head != m_last)
        if (auto ours = checkOurKey(head); !ours)
            return tl::unexpected(ours.error());
    MadeRecord made = makeRecord(head, draft, id, m_clock.now(), m_key);
    if (auto inserted = m_backend->insert(made); !inserted)
        return tl::unexpected(inserted.error());
    return made;
}

/// What was learned may be of a record that is gone again.
void LogStore::forgetKeys() {
    m_keysReadTo = 0;
    m_ring = {};
}

Result<AppendedRecord> LogStore::appendOnce(const RecordDraft& draft, const std::string& id,
                                            const Deadline& deadline) {
    if (auto begun = m_backend->begin(deadline); !begun)
        return tl::unexpected(begun.error());
    const auto head = m_backend->head();
    auto made = head ? insertInto(*head, draft, id) : Result<MadeRecord>(tl::unexpected(head.error()));
    if (!made) {
        m_backend->rollback();
        forgetKeys();
        return tl::unexpected(made.error());
    }
    if (auto committed = m_backend->commit(deadline); !committed) {
        forgetKeys();
        return tl::unexpected(committed.error());
    }
    follow(*made);
    return AppendedRecord{made->envelope.seq, id, made->hash};
}

/// Of what was committed just now. In a burst of records not each is saved at once; should saving fail, the
/// older state is still one that the log extends.
void LogStore::follow(const MadeRecord& made) {
    m_last = headAfter(made);
    if (m_tree.size() == made.envelope.seq)
        m_tree.push(leafHash(made.line));
    if (made.draft.type == RecordType::KeyRotate)
        forgetKeys();
    if (std::chrono::steady_clock::now() - m_savedAt > SaveInterval) [[maybe_unused]]
        const auto saved = remember(m_last);
}

LogStore::~LogStore() {
    const std::lock_guard lock(m_mutex);
    if (m_last.next > m_saved) [[maybe_unused]]
        const auto saved = remember(m_last);
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

Result<void> LogStore::catchUp(TreeEdge& tree, std::uint64_t size) {
    RecordFilter missed;
    missed.from = tree.size();
    missed.to = size;
    const auto read = m_backend->each(missed, [&](const StoredRecord& record) {
        tree.push(leafHash(record.line));
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return tree.size() == size ? Result<void>{}
                               : broken("Records of the audit log are missing; run 'inodeck audit verify'.");
}

Result<void> LogStore::remember(const ChainHead& head) {
    const FileLock lock = m_memory.lock(Deadline::after(2s));
    if (!lock.held())
        return broken("Cannot lock " + printable(m_memory.path()) + "; another process holds it.");
    const auto saved = m_memory.load();
    if (!saved)
        return tl::unexpected(saved.error());
    const std::uint64_t known = *saved ? (*saved)->tree.size() : 0;
    if (known < head.next && m_tree.size() != head.next) {
        m_tree = *saved ? (*saved)->tree : TreeEdge{};
        if (auto caught = catchUp(m_tree, head.next); !caught)
            return caught;
    }
    if (known < head.next)
        if (auto kept = m_memory.save({head.log, head.next, m_tree.root(), head.hash}, m_tree, m_key); !kept)
            return kept;
    m_saved = std::max(known, head.next);
    m_savedAt = std::chrono::steady_clock::now();
    return {};
}

Result<void> LogStore::verifyTail(const ChainHead& head) {
    if (auto learned = learnKeys(); !learned)
        return learned;
    RecordFilter tail;
    tail.from = head.next > TailLength ? head.next - TailLength : 0;
    tail.to = head.next; // others write on
    std::string wanted = *tail.from == 0 ? NoHash : std::string{};
    std::uint64_t next = *tail.from;
    Result<void> good;
    const auto done = m_backend->each(tail, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        const std::string hash = Sha256::of(stored.line).hex();
        std::string why;
        if (!record || record->envelope.seq != stored.seq || stored.seq != next ||
            record->envelope.log != head.log)
            why = "is not what was written";
        else if (!wanted.empty() && record->envelope.prev != wanted)
            why = "does not link to the one before: the chain is broken";
        else if (record->draft.type != RecordType::Genesis)
            why = whyNotSigned(*record, hash, stored.signature, m_ring);
        if (!why.empty())
            good = broken(recordName(stored.seq) + why + "; run 'inodeck audit verify'.");
        wanted = hash;
        ++next;
        return good.has_value();
    });
    if (!done)
        return tl::unexpected(done.error());
    if (good && wanted != head.hash)
        return broken("The audit log does not end as it should; run 'inodeck audit verify'.");
    return good;
}

Result<ChainHead> LogStore::headThatExtendsTheSaved() {
    // In this order: others write on, and what they save after the head was read is beyond it.
    const auto saved = m_memory.load();
    if (!saved)
        return tl::unexpected(saved.error());
    auto head = m_backend->head();
    if (head && *saved)
        if (auto good = verifySaved((*saved)->note.checkpoint, *head); !good)
            return tl::unexpected(good.error());
    if (head && m_last.next > 0)
        if (auto good = verifySaved({m_last.log, m_last.next, {}, m_last.hash}, *head); !good)
            return tl::unexpected(good.error());
    return head;
}

Result<void> LogStore::verifySaved(const Checkpoint& seen, const ChainHead& head) {
    const auto gone = [&] {
        return broken("The audit log at " + location() + " no longer holds record " +
                      std::to_string(seen.size - 1) +
                      " as this installation saw it: it was cut or replaced; run 'inodeck audit verify'.");
    };
    if (head.next < seen.size || head.log != seen.log)
        return gone();
    RecordFilter one;
    one.from = seen.size - 1;
    one.to = seen.size;
    bool same = false;
    const auto read = m_backend->each(one, [&](const StoredRecord& record) {
        same = Sha256::of(record.line).hex() == seen.head;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return same ? Result<void>{} : gone();
}

Result<void> LogStore::ready() {
    const std::lock_guard lock(m_mutex);
    const Deadline deadline = Deadline::after(10s);
    if (auto key = SigningKey::load(keyDirectory(), false); !key)
        return tl::unexpected(key.error());
    if (auto fit = m_backend->check(deadline); !fit)
        return fit;
    const auto head = headThatExtendsTheSaved();
    if (!head)
        return tl::unexpected(head.error());
    if (head->next > 0) {
        if (auto good = verifyTail(*head); !good)
            return good;
        if (auto ours = checkOurKey(*head); !ours)
            return ours;
        [[maybe_unused]] const auto saved = remember(*head); // what a killed process did not come to save
    }
    return drainSpool();
}

Result<void> LogStore::spool(const RecordDraft& draft) {
    // A record line with seq 0 is not part of the chain; it becomes one when it is drained.
    const Envelope envelope{"spool", 0, NoHash, newUuid(), m_clock.now(), m_key.kid()};
    const auto safe = concealed(draft);
    return safe ? appendGuardedFile(m_spoolFile, recordLine(envelope, *safe) + "\n")
                : tl::unexpected(safe.error());
}

Result<void> LogStore::drainSpool() {
    const FileLock lock(m_spoolFile + ".lock", Deadline::after(10s));
    if (!lock.held())
        return broken("Cannot lock " + printable(m_spoolFile) + "; another process holds it.");
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
    const auto head = headThatExtendsTheSaved();
    if (!head)
        return tl::unexpected(head.error());
    if (head->next == 0)
        return fail(ErrorCode::NotFound, "The audit log is empty: there is nothing to sign a checkpoint of.");
    if (auto remembered = remember(*head); !remembered)
        return tl::unexpected(remembered.error());
    const auto saved = m_memory.load();
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
    draft.key = AuditKeyChange{next->publicKey(), m_key.kid()};
    if (auto kept = append(draft, Deadline::after(20s)); !kept)
        return tl::unexpected(kept.error());
    return SigningKey::adoptNext(keyDirectory());
}

} // namespace inodeck
