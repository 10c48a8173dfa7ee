#include "core/audit/sqlite_store.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <openssl/evp.h>
#include <unistd.h>

#include "core/audit/canonical_json.h"
#include "core/audit/guarded_file.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr const char* Schema = R"(
CREATE TABLE IF NOT EXISTS records(
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    prev TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    ts TEXT NOT NULL,
    type TEXT NOT NULL,
    op_id TEXT NOT NULL,
    vm TEXT NOT NULL,
    project TEXT NOT NULL,
    service TEXT NOT NULL,
    account TEXT NOT NULL,
    claimed TEXT NOT NULL,
    outcome TEXT NOT NULL,
    line BLOB NOT NULL,
    sig BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS records_op ON records(op_id, type);
CREATE TRIGGER IF NOT EXISTS records_no_update BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS records_no_delete BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
)";

constexpr int TailLength = 64;
const std::string Zeros(64, '0');

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

std::string unbase64(const std::string& text) {
    std::string out(text.size(), '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0)
        return {};
    const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

} // namespace

Result<std::unique_ptr<AuditStore>> SqliteStore::open(const std::string& path, const Clock& clock) {
    const std::string directory = std::filesystem::absolute(path).parent_path();
    if (auto guarded = guardDirectory(directory, true); !guarded)
        return tl::unexpected(guarded.error());
    if (auto guarded = guardDirectory(dataDirectory(), true); !guarded)
        return tl::unexpected(guarded.error());
    auto db = SqliteDatabase::open(path);
    if (!db)
        return tl::unexpected(db.error());
    auto key = SigningKey::load(dataDirectory() + "/keys", true);
    if (!key)
        return tl::unexpected(key.error());
    std::unique_ptr<SqliteStore> store(new SqliteStore(path, std::move(*db), std::move(*key), clock));
    if (auto made = store->createSchema(); !made)
        return tl::unexpected(made.error());
    return store;
}

SqliteStore::SqliteStore(std::string path, SqliteDatabase db, SigningKey key, const Clock& clock)
    : m_path(std::move(path))
    , m_db(std::move(db))
    , m_key(std::move(key))
    , m_clock(clock) {}

Result<void> SqliteStore::createSchema() {
    return m_db.run(Schema, Deadline::after(10s));
}

Result<SqliteStore::Head> SqliteStore::head() const {
    SqliteStatement last(m_db.get(), "SELECT seq, hash, line FROM records ORDER BY seq DESC LIMIT 1");
    const int code = last.step();
    if (code == SQLITE_DONE)
        return Head{0, Zeros, newUuid()};
    if (code != SQLITE_ROW)
        return tl::unexpected(m_db.error("Reading the audit log"));
    auto record = parseRecordLine(last.text(2));
    if (!record)
        return tl::unexpected(record.error());
    return Head{static_cast<std::uint64_t>(last.number(0)) + 1, last.text(1), record->envelope.log};
}

Result<AppendedRecord> SqliteStore::insert(const Head& head, const RecordDraft& draft,
                                           const std::string& id) {
    const bool carriesKey = draft.type == RecordType::Genesis || draft.type == RecordType::KeyRotate;
    const TimePoint now = m_clock.now();
    const Envelope envelope{head.log,
                            head.next,
                            head.hash,
                            id,
                            now,
                            m_key.kid(),
                            carriesKey ? base64(m_key.publicKey()) : std::string{}};
    const std::string line = recordLine(envelope, draft);
    const std::string hash = Sha256::of(line).hex();
    SqliteStatement row(m_db.get(), "INSERT INTO records VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    row.bind(1, static_cast<std::int64_t>(head.next)).bind(2, id).bind(3, head.hash).bind(4, hash);
    row.bind(5, formatRfc3339(now, 6)).bind(6, toString(draft.type)).bind(7, draft.opId);
    row.bind(8, printable(draft.target.vm)).bind(9, printable(draft.target.project));
    row.bind(10, printable(draft.target.service)).bind(11, printable(draft.actor.account));
    row.bind(12, printable(draft.actor.claimed))
        .bind(13, draft.result ? draft.result->status : std::string{});
    row.bindBlob(14, line).bindBlob(15, m_key.sign(signedText(head.log, head.next, hash)));
    if (row.step() != SQLITE_DONE)
        return tl::unexpected(m_db.error("Appending to the audit log"));
    return AppendedRecord{head.next, id, hash};
}

Result<AppendedRecord> SqliteStore::appendLocked(const RecordDraft& draft, const std::string& id,
                                                 const Deadline& deadline) {
    if (auto begun = m_db.run("BEGIN IMMEDIATE", deadline); !begun)
        return tl::unexpected(begun.error());
    auto result = [&]() -> Result<AppendedRecord> {
        auto at = head();
        if (!at)
            return tl::unexpected(at.error());
        if (at->next == 0) {
            RecordDraft genesis;
            genesis.type = RecordType::Genesis;
            genesis.actor = draft.actor;
            auto first = insert(*at, genesis, newUuid());
            if (!first)
                return first;
            *at = Head{1, first->hash, at->log};
        }
        auto appended = insert(*at, draft, id);
        if (!appended)
            return appended;
        if (auto committed = m_db.run("COMMIT", deadline); !committed)
            return tl::unexpected(committed.error());
        // What this installation has seen, kept apart from the store: a store that was cut or replaced no
        // longer extends it.
        [[maybe_unused]] const auto saved = replaceGuardedFile(
            headFile(at->log), std::to_string(appended->seq) + " " + appended->hash + "\n");
        return appended;
    }();
    if (!result && !sqlite3_get_autocommit(m_db.get()))
        sqlite3_exec(m_db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return result;
}

Result<AppendedRecord> SqliteStore::append(const RecordDraft& draft, const Deadline& deadline) {
    const std::lock_guard lock(m_mutex);
    const std::string id = newUuid();
    auto result = appendLocked(draft, id, deadline);
    if (result)
        return result;
    // A COMMIT that errs is unknown: the record's own id tells.
    SqliteStatement found(m_db.get(), "SELECT seq, hash FROM records WHERE id=?");
    found.bind(1, id);
    if (found.step() == SQLITE_ROW)
        return AppendedRecord{static_cast<std::uint64_t>(found.number(0)), id, found.text(1)};
    return result;
}

Result<void> SqliteStore::spool(const RecordDraft& draft) {
    // A record line with seq 0 is not part of the chain; it becomes one when it is drained.
    const Envelope envelope{"spool", 0, Zeros, newUuid(), m_clock.now(), m_key.kid(), {}};
    return appendGuardedFile(spoolFile(), recordLine(envelope, draft) + "\n");
}

Result<void> SqliteStore::drainSpool() {
    auto content = readGuardedFile(spoolFile());
    if (!content)
        return content.error().code == ErrorCode::NotFound ? Result<void>{} : tl::unexpected(content.error());
    for (std::size_t begin = 0; begin < content->size();) {
        const std::size_t end = std::min(content->find('\n', begin), content->size());
        auto record = parseRecordLine(content->substr(begin, end - begin));
        if (!record)
            return broken(
                printable(spoolFile()) +
                " holds a line that is no record; look at it, then move it away: " + record.error().message);
        SqliteStatement known(m_db.get(), "SELECT 1 FROM records WHERE id=?");
        known.bind(1, record->envelope.id);
        if (known.step() != SQLITE_ROW)
            if (auto kept = appendLocked(record->draft, record->envelope.id, Deadline::after(10s)); !kept)
                return tl::unexpected(kept.error());
        begin = end + 1;
    }
    std::error_code problem;
    std::filesystem::remove(spoolFile(), problem);
    return problem ? broken("Cannot remove the drained " + printable(spoolFile()) + ".") : Result<void>{};
}

Result<void> SqliteStore::verifyTail() const {
    std::map<std::string, std::string> keys{{m_key.kid(), m_key.publicKey()}};
    SqliteStatement naming(m_db.get(),
                           "SELECT line FROM records WHERE type IN ('genesis','key_rotate') ORDER BY seq");
    while (naming.step() == SQLITE_ROW)
        if (auto record = parseRecordLine(naming.text(0)))
            keys.emplace(record->envelope.kid, unbase64(record->envelope.publicKey));
    SqliteStatement rows(m_db.get(), "SELECT seq, line, sig FROM records ORDER BY seq DESC LIMIT ?");
    rows.bind(1, std::int64_t{TailLength});
    std::string wantedHash;
    std::int64_t wantedSeq = -1;
    while (rows.step() == SQLITE_ROW) {
        const std::int64_t seq = rows.number(0);
        const std::string line = rows.text(1);
        const std::string hash = Sha256::of(line).hex();
        const auto record = parseRecordLine(line);
        const std::string where = "Record " + std::to_string(seq) + " of the audit log ";
        if (!record || record->envelope.seq != static_cast<std::uint64_t>(seq))
            return broken(where + "is not what was written; run 'inodeck audit verify'.");
        if (wantedSeq >= 0 && (seq != wantedSeq || hash != wantedHash))
            return broken(where +
                          "does not link to the next one: the chain is broken; run 'inodeck audit verify'.");
        const auto key = keys.find(record->envelope.kid);
        if (key == keys.end() ||
            !verifySignature(key->second, signedText(record->envelope.log, record->envelope.seq, hash),
                             rows.text(2)))
            return broken(where + "has a signature that does not verify; run 'inodeck audit verify'.");
        wantedHash = record->envelope.prev;
        wantedSeq = seq - 1;
    }
    if (wantedSeq == -1 && !wantedHash.empty() && wantedHash != Zeros)
        return broken("The audit log does not begin with its genesis record.");
    return {};
}

std::string SqliteStore::headFile(const std::string& log) const {
    return stateDirectory() + "/" + log + ".head";
}

Result<void> SqliteStore::verifySavedHead() const {
    auto at = head();
    if (!at)
        return tl::unexpected(at.error());
    if (auto guarded = guardDirectory(stateDirectory(), true); !guarded)
        return guarded;
    const auto saved = readGuardedFile(headFile(at->log));
    if (!saved)
        return saved.error().code == ErrorCode::NotFound ? Result<void>{} : tl::unexpected(saved.error());
    const std::size_t blank = saved->find(' ');
    SqliteStatement row(m_db.get(), "SELECT hash FROM records WHERE seq=?");
    row.bind(1, static_cast<std::int64_t>(std::strtoll(saved->c_str(), nullptr, 10)));
    if (blank == std::string::npos || row.step() != SQLITE_ROW ||
        row.text(0) + "\n" != saved->substr(blank + 1))
        return broken("The audit log no longer holds record " + printable(saved->substr(0, blank)) +
                      " as this installation wrote it: it was cut or replaced; run 'inodeck audit verify'.");
    return {};
}

Result<void> SqliteStore::ready() {
    const std::lock_guard lock(m_mutex);
    if (auto key = SigningKey::load(dataDirectory() + "/keys", false); !key)
        return tl::unexpected(key.error());
    if (auto guarded = guardFile(m_path); !guarded)
        return guarded;
    if (auto good = verifyTail(); !good)
        return good;
    if (auto good = verifySavedHead(); !good)
        return good;
    if (auto writable = m_db.run("BEGIN IMMEDIATE; ROLLBACK", Deadline::after(10s)); !writable)
        return writable;
    return drainSpool();
}

Result<std::vector<OpenIntent>> SqliteStore::openIntents() {
    const std::lock_guard lock(m_mutex);
    SqliteStatement rows(
        m_db.get(),
        "SELECT line FROM records AS intent WHERE type='intent' AND NOT EXISTS(SELECT 1 FROM records "
        "WHERE op_id=intent.op_id AND type IN ('outcome','recovered')) ORDER BY seq");
    std::vector<OpenIntent> open;
    int code = rows.step();
    for (; code == SQLITE_ROW; code = rows.step())
        if (auto record = parseRecordLine(rows.text(0)))
            open.push_back(
                {record->envelope.seq, record->envelope.id, record->envelope.ts, std::move(record->draft)});
    if (code != SQLITE_DONE)
        return tl::unexpected(m_db.error("Reading the audit log"));
    return open;
}

Result<std::uint64_t> SqliteStore::each(const RecordFilter& filter,
                                        const std::function<bool(const StoredRecord&)>& take) {
    const std::lock_guard lock(m_mutex);
    std::string sql =
        "SELECT seq, line, sig FROM records WHERE ts>=?1 AND (?2='' OR ts<?2) AND (?3='' OR vm=?3) AND "
        "(?4='' OR service=?4 OR project||'/'||service=?4) AND (?5='' OR account=?5 OR claimed=?5) AND "
        "(?6='' OR outcome=?6) AND (?7='' OR op_id=?7) ORDER BY seq ";
    sql += std::string(filter.newestFirst ? "DESC" : "ASC") + " LIMIT ?8 OFFSET ?9";
    SqliteStatement rows(m_db.get(), sql.c_str());
    rows.bind(1, filter.since ? formatRfc3339(*filter.since, 6) : std::string{});
    rows.bind(2, filter.until ? formatRfc3339(*filter.until, 6) : std::string{});
    rows.bind(3, filter.host)
        .bind(4, filter.service)
        .bind(5, filter.actor)
        .bind(6, filter.outcome)
        .bind(7, filter.opId);
    rows.bind(8, filter.limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(filter.limit));
    rows.bind(9, static_cast<std::int64_t>(filter.offset));
    std::uint64_t taken = 0;
    int code = rows.step();
    for (; code == SQLITE_ROW; code = rows.step()) {
        ++taken;
        if (!take({static_cast<std::uint64_t>(rows.number(0)), rows.text(1), rows.text(2)}))
            return taken;
    }
    if (code != SQLITE_DONE)
        return tl::unexpected(m_db.error("Reading the audit log"));
    return taken;
}

} // namespace inodeck
