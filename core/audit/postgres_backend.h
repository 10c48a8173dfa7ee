#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/audit/log_backend.h"
#include "core/audit/postgres_connection.h"

namespace inodeck {

/// The log in schema `inodeck` of a PostgreSQL database (see postgres_schema.h). Several machines append at
/// once: they take turns at the lock of the row that says where the log ends.
class PostgresBackend final : public LogBackend {
public:
    /// Begins to connect; whether the server can be reached shows with the first use.
    static Result<std::unique_ptr<PostgresBackend>> open(const std::string& uri);

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
    std::string location() const override { return m_server->location(); }

private:
    explicit PostgresBackend(std::unique_ptr<PostgresConnection> server)
        : m_server(std::move(server)) {}
    /// Of the transaction, or of a statement outside one.
    Deadline until() const;
    Result<void> lockHead();
    Result<ChainHead> headOf(const Result<PostgresRows>& rows) const;
    Result<std::optional<AppendedRecord>> lookUp(const std::string& id, const Deadline& deadline);
    Result<std::optional<AppendedRecord>> lockAndLookUp(const std::string& id, const Deadline& deadline);
    Result<void> checkRights(const Deadline& deadline);
    Result<PostgresRows> readPage(const RecordFilter& page);

    std::unique_ptr<PostgresConnection> m_server;
    std::optional<Deadline> m_until;
    ChainHead m_head; ///< within a transaction
    enum class Ended {
        Known,      ///< no transaction of ours is left
        NeverAsked, ///< the last one was not asked to commit, but may still hold the lock
        Unknown     ///< it was, and the answer was lost
    };
    Ended m_ended = Ended::Known;
};

} // namespace inodeck
