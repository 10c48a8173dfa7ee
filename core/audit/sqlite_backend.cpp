#include "core/audit/sqlite_backend.h"

#include <filesystem>

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
    hash TEXT NOT NULL,
    ts TEXT NOT NULL,
    type TEXT NOT NULL,
    op_id TEXT NOT NULL,
    vm TEXT NOT NULL,
    project TEXT NOT NULL,
    service TEXT NOT NULL,
    account TEXT NOT NULL,
    claimed TEXT NOT NULL,
    outcome TEXT NOT NULL,
    container_id TEXT NOT NULL,
    line BLOB NOT NULL,
    sig BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS records_op ON records(op_id, type);
CREATE INDEX IF NOT EXISTS records_keys ON records(seq) WHERE type IN ('genesis','key_rotate');
CREATE INDEX IF NOT EXISTS records_container ON records(container_id, seq);
CREATE TRIGGER IF NOT EXISTS records_no_update BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS records_no_delete BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
)";

constexpr const char* SelectListed = "SELECT seq,line,sig,";

StoredRecord recordOf(const SqliteStatement& row, bool listed) {
    StoredRecord record{static_cast<std::uint64_t>(row.number(0)), row.text(1), row.text(2)};
    for (std::size_t i = 0; listed && i < ListedCount; ++i)
        record.listed.push_back(row.text(static_cast<int>(i) + 3));
    return record;
}

} // namespace

Result<std::unique_ptr<LogBackend>> SqliteBackend::open(const std::string& path) {
    const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
    if (auto guarded = guardDirectory(absolute.parent_path(), true); !guarded)
        return tl::unexpected(guarded.error());
    auto db = SqliteDatabase::open(absolute);
    if (!db)
        return tl::unexpected(db.error());
    if (auto made = db->run(Schema, Deadline::after(10s)); !made)
        return tl::unexpected(made.error());
    return std::unique_ptr<LogBackend>(new SqliteBackend(absolute, std::move(*db)));
}

Result<std::unique_ptr<LogBackend>> SqliteBackend::openToRead(const std::string& path) {
    auto db = SqliteDatabase::openToRead(path);
    if (!db)
        return tl::unexpected(db.error());
    const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
    return std::unique_ptr<LogBackend>(new SqliteBackend(absolute, std::move(*db)));
}

Result<void> SqliteBackend::check(const Deadline& deadline) {
    if (auto guarded = guardFile(m_path); !guarded)
        return guarded;
    return m_db.run("BEGIN IMMEDIATE; ROLLBACK", deadline);
}

Result<void> SqliteBackend::begin(const Deadline& deadline) {
    return m_db.run("BEGIN IMMEDIATE", deadline);
}

Result<ChainHead> SqliteBackend::head() {
    if (!m_headQuery)
        m_headQuery.emplace(m_db.get(), "SELECT seq, line FROM records ORDER BY seq DESC LIMIT 1");
    const int code = m_headQuery->step();
    const auto next = code == SQLITE_ROW ? static_cast<std::uint64_t>(m_headQuery->number(0)) + 1 : 0;
    const std::string line = code == SQLITE_ROW ? m_headQuery->text(1) : std::string{};
    m_headQuery->reset();
    if (code == SQLITE_DONE)
        return ChainHead{};
    if (code != SQLITE_ROW)
        return tl::unexpected(m_db.error("Reading the audit log"));
    ChainHead head{next, Sha256::of(line).hex(), m_parsed.log};
    if (head == m_parsed)
        return head; // these bytes were parsed, or written, before
    const auto record = parseRecordLine(line);
    if (!record)
        return tl::unexpected(record.error());
    head.log = record->envelope.log;
    m_parsed = head;
    return head;
}

Result<void> SqliteBackend::insert(const MadeRecord& record) {
    static const std::string Sql = std::string("INSERT INTO records(seq,") + ListedColumns +
                                   ",line,sig) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    if (!m_insert)
        m_insert.emplace(m_db.get(), Sql.c_str());
    // A trigger that somebody put there can drop or change a row, and SQLite calls that done.
    static const std::string ReadBack = "SELECT 1 FROM records WHERE (seq," + std::string(ListedColumns) +
                                        ",line,sig)=(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    if (!m_readBack)
        m_readBack.emplace(m_db.get(), ReadBack.c_str());
    const auto listed = listedAs(record);
    if (!listed)
        return tl::unexpected(listed.error());
    const auto run = [&](SqliteStatement& statement) {
        statement.bind(1, static_cast<std::int64_t>(record.envelope.seq));
        int column = 1;
        for (const std::string& value : *listed)
            statement.bind(++column, value);
        statement.bindBlob(column + 1, record.line);
        statement.bindBlob(column + 2, record.signature);
        const int code = statement.step();
        auto done = code == SQLITE_DONE || code == SQLITE_ROW
                        ? Result<bool>(code == SQLITE_ROW)
                        : tl::unexpected(m_db.error("Appending to the audit log"));
        statement.reset();
        return done;
    };
    const auto inserted = run(*m_insert);
    const auto there = inserted ? run(*m_readBack) : inserted;
    m_parsed = headAfter(record);
    if (!there)
        return tl::unexpected(there.error());
    return *there
               ? Result<void>{}
               : fail(ErrorCode::AuditUnavailable,
                      printable(m_path) + " does not keep what is written to it: another program put a "
                                          "trigger or a view there. Look at it with 'sqlite3 FILE .schema'.");
}

Result<void> SqliteBackend::commit(const Deadline& deadline) {
    auto committed = m_db.run("COMMIT", deadline);
    m_unsettled = !committed;
    if (!committed)
        rollback();
    return committed;
}

void SqliteBackend::rollback() {
    if (!sqlite3_get_autocommit(m_db.get()))
        sqlite3_exec(m_db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

/// A COMMIT whose sync failed is gone for all who have the log open, but lies complete in the WAL: the next
/// one to open it after a crash would take it in. An empty transaction in its place ends that.
Result<void> SqliteBackend::settle(const Deadline& deadline) {
    if (!m_unsettled)
        return {};
    auto settled = m_db.run("BEGIN IMMEDIATE; PRAGMA user_version=0; COMMIT", deadline);
    m_unsettled = !settled;
    if (!settled)
        rollback();
    return settled;
}

Result<std::optional<AppendedRecord>> SqliteBackend::find(const std::string& id, const Deadline& deadline) {
    sqlite3_busy_timeout(m_db.get(), static_cast<int>(deadline.left().count()));
    SqliteStatement row(m_db.get(), "SELECT seq, hash FROM records WHERE id=?");
    row.bind(1, id);
    const int code = row.step();
    if (code == SQLITE_ROW)
        return AppendedRecord{static_cast<std::uint64_t>(row.number(0)), id, row.text(1)};
    if (code != SQLITE_DONE)
        return tl::unexpected(m_db.error("Reading the audit log"));
    const auto settled = settle(deadline);
    return settled ? Result<std::optional<AppendedRecord>>(std::nullopt) : tl::unexpected(settled.error());
}

Result<std::uint64_t> SqliteBackend::each(const RecordFilter& filter,
                                          const std::function<bool(const StoredRecord&)>& take) {
    const RecordQuery query = queryOf(filter);
    const std::string what =
        filter.listed ? std::string(SelectListed) + ListedColumns : std::string("SELECT seq,line,sig");
    SqliteStatement rows(m_db.get(), (what + " FROM records" + query.sql).c_str());
    for (std::size_t i = 0; i < query.values.size(); ++i)
        rows.bind(static_cast<int>(i) + 1, query.values[i]);
    std::uint64_t taken = 0;
    int code = rows.step();
    for (; code == SQLITE_ROW; code = rows.step()) {
        ++taken;
        if (!take(recordOf(rows, filter.listed)))
            return taken;
    }
    return code == SQLITE_DONE ? Result<std::uint64_t>(taken)
                               : tl::unexpected(m_db.error("Reading the audit log"));
}

Result<std::uint64_t> SqliteBackend::count(const RecordFilter& filter) {
    const RecordQuery query = conditionOf(filter);
    SqliteStatement row(m_db.get(), ("SELECT count(*) FROM records" + query.sql).c_str());
    for (std::size_t i = 0; i < query.values.size(); ++i)
        row.bind(static_cast<int>(i) + 1, query.values[i]);
    return row.step() == SQLITE_ROW ? Result<std::uint64_t>(static_cast<std::uint64_t>(row.number(0)))
                                    : tl::unexpected(m_db.error("Reading the audit log"));
}

} // namespace inodeck
