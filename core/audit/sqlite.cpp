#include "core/audit/sqlite.h"

#include <QByteArray>
#include <cerrno>
#include <cstring>
#include <thread>
#include <unistd.h>

#include "core/audit/guarded_file.h"
#include "core/base/text.h"

namespace inodeck {

SqliteStatement::SqliteStatement(sqlite3* db, const char* sql)
    : m_statement(nullptr, sqlite3_finalize) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, sql, -1, &statement, nullptr);
    m_statement.reset(statement);
}

SqliteStatement& SqliteStatement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(m_statement.get(), index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

SqliteStatement& SqliteStatement::bindBlob(int index, std::string_view bytes) {
    sqlite3_bind_blob64(m_statement.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

SqliteStatement& SqliteStatement::bind(int index, std::int64_t number) {
    sqlite3_bind_int64(m_statement.get(), index, number);
    return *this;
}

int SqliteStatement::step() {
    return m_statement ? sqlite3_step(m_statement.get()) : SQLITE_ERROR;
}

std::string SqliteStatement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string{};
}

std::int64_t SqliteStatement::number(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

void SqliteStatement::reset() {
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

Error SqliteDatabase::error(const std::string& what) const {
    return {ErrorCode::AuditUnavailable,
            what + " " + printable(m_path) + " failed: " + printable(sqlite3_errmsg(m_db.get())) + "."};
}

Result<void> SqliteDatabase::run(const char* sql, const Deadline& deadline) {
    for (;;) {
        sqlite3_busy_timeout(m_db.get(), static_cast<int>(deadline.left().count()));
        const int code = sqlite3_exec(m_db.get(), sql, nullptr, nullptr, nullptr);
        if (code == SQLITE_OK)
            return {};
        // Where two would wait for each other (both make a new log WAL), SQLite gives up at once.
        if (code != SQLITE_BUSY || !sqlite3_get_autocommit(m_db.get()) || deadline.passed())
            return tl::unexpected(error("Writing the audit log"));
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

Result<SqliteDatabase> SqliteDatabase::openToRead(const std::string& path) {
    if (::access(path.c_str(), R_OK) != 0)
        return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::PermissionDenied,
                    "There is no audit log to read at " + printable(path) + ": " + std::strerror(errno) +
                        ".");
    sqlite3* raw = nullptr;
    // A log on a medium that nobody can write has no writer either: SQLite need not lock it then.
    const bool writable = ::access(path.c_str(), W_OK) == 0 || ::access((path + "-wal").c_str(), F_OK) == 0;
    const QByteArray uri = QByteArray("file:") + QByteArray::fromStdString(path).toPercentEncoding("/") +
                           (writable ? "?mode=ro" : "?mode=ro&immutable=1");
    const int code = sqlite3_open_v2(uri.constData(), &raw,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, nullptr);
    SqliteDatabase db(raw);
    db.m_path = path;
    SqliteStatement probe(raw, "SELECT count(*) FROM sqlite_master WHERE name='records'");
    if (code != SQLITE_OK || probe.step() != SQLITE_ROW)
        return tl::unexpected(db.error("Reading the audit log"));
    if (probe.number(0) != 1)
        return fail(ErrorCode::Protocol, printable(path) + " is no audit log.");
    return db;
}

Result<SqliteDatabase> SqliteDatabase::open(const std::string& path) {
    if (auto made = createGuardedFile(path, {}); !made) {
        if (auto guarded = guardFile(path); !guarded) // it was there before, or could not be made: say which
            return tl::unexpected(guarded.error().code == ErrorCode::NotFound ? made.error()
                                                                              : guarded.error());
    }
    sqlite3* raw = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_NOFOLLOW;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    SqliteDatabase db(raw);
    db.m_path = path;
    if (code != SQLITE_OK)
        return tl::unexpected(db.error("Opening the audit log"));
    const Deadline deadline = Deadline::after(std::chrono::seconds{10});
    // Each checkpoint writes the pages of the indexes, which lie all over them: better of many records at
    // once.
    if (auto set = db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; "
                          "PRAGMA trusted_schema=OFF;",
                          deadline);
        !set)
        return tl::unexpected(set.error());
    SqliteStatement mode(raw, "PRAGMA journal_mode");
    SqliteStatement durable(raw, "PRAGMA synchronous");
    if (mode.step() != SQLITE_ROW || mode.text(0) != "wal" || durable.step() != SQLITE_ROW ||
        durable.number(0) != 2)
        return fail(ErrorCode::AuditUnavailable,
                    printable(path) +
                        " cannot be written durably (WAL with synchronous=FULL is needed; is it on a network "
                        "file system?).");
    return db;
}

} // namespace inodeck
