#pragma once

#include <memory>

#include "core/audit/log_backend.h"
#include "core/audit/sqlite.h"

namespace inodeck {

/// The log in one SQLite file. Several processes append at once (BEGIN IMMEDIATE).
class SqliteBackend final : public LogBackend {
public:
    static Result<std::unique_ptr<LogBackend>> open(const std::string& path);
    /// Changes nothing, asks for no rights but to read. NotFound when there is no such file.
    static Result<std::unique_ptr<LogBackend>> openToRead(const std::string& path);

    Result<void> check(const Deadline& deadline) override;
    Result<void> begin(const Deadline& deadline) override;
    Result<ChainHead> head() override;
    Result<void> insert(const MadeRecord& record) override;
    Result<void> commit(const Deadline& deadline) override;
    void rollback() override;
    Result<std::optional<AppendedRecord>> find(const std::string& id, const Deadline& deadline) override;
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override;
    Result<std::uint64_t> count(const RecordFilter& filter) override;
    std::string location() const override { return "sqlite:" + m_path; }

private:
    SqliteBackend(std::string path, SqliteDatabase db)
        : m_path(std::move(path))
        , m_db(std::move(db)) {}

    Result<void> settle(const Deadline& deadline);

    std::string m_path;
    SqliteDatabase m_db;
    bool m_unsettled = false; ///< a COMMIT erred
    std::optional<SqliteStatement> m_headQuery;
    std::optional<SqliteStatement> m_insert;
    std::optional<SqliteStatement> m_readBack;
    ChainHead m_parsed; ///< a last line, by its hash, that needs no parsing again
};

} // namespace inodeck
