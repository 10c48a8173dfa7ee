#pragma once

#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>

#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

/// A prepared statement: bind from 1, step, read columns from 0. What is bound must live until reset().
class SqliteStatement {
public:
    SqliteStatement(sqlite3* db, const char* sql);
    SqliteStatement& bind(int index, std::string_view text);
    SqliteStatement& bindBlob(int index, std::string_view bytes);
    SqliteStatement& bind(int index, std::int64_t number);
    /// SQLITE_ROW, SQLITE_DONE, or an error code.
    int step();
    std::string text(int column) const;
    std::int64_t number(int column) const;
    /// To be run again; nothing of the last run is held any more.
    void reset();

private:
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> m_statement;
};

/// One connection, as durable as audit.md asks: WAL, synchronous=FULL, read back. Not thread-safe.
class SqliteDatabase {
public:
    static Result<SqliteDatabase> open(const std::string& path);
    /// Only to be read, whosever it is; NotFound when it is not there.
    static Result<SqliteDatabase> openToRead(const std::string& path);
    sqlite3* get() const { return m_db.get(); }
    /// Runs statements without results. Busy waits end with `deadline`.
    Result<void> run(const char* sql, const Deadline& deadline);
    /// The last error in one sentence.
    Error error(const std::string& what) const;

private:
    explicit SqliteDatabase(sqlite3* db)
        : m_db(db, sqlite3_close_v2) {}
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> m_db;
    std::string m_path;
};

} // namespace inodeck
