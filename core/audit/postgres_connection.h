#pragma once

#include <cstdint>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

/// A value sent beside the SQL, in binary form: never a part of it.
struct PostgresValue {
    Oid type = 0;
    std::string bytes;

    static PostgresValue text(std::string value);
    static PostgresValue bytea(std::string value);
    static PostgresValue number(std::int64_t value);
};

/// What a statement returned, in binary form.
class PostgresRows {
public:
    explicit PostgresRows(PGresult* result = nullptr)
        : m_result(result, PQclear) {}
    int size() const { return PQntuples(m_result.get()); }
    std::string bytes(int row, int column) const;
    /// A bigint; nullopt when the server sent something else.
    std::optional<std::int64_t> number(int row, int column) const;
    PGresult* get() const { return m_result.get(); }

private:
    std::unique_ptr<PGresult, void (*)(PGresult*)> m_result;
};

/// One connection to a PostgreSQL server, made again when it was lost outside a transaction. Every wait ends
/// with its deadline, whatever the server does (name resolution alone is libpq's and ends as resolv.conf
/// says). Errors are AuditUnavailable, their sentences never hold a password. Not thread-safe.
class PostgresConnection {
public:
    /// Begins to connect. Usage when `uri` cannot be read.
    static Result<std::unique_ptr<PostgresConnection>> open(const std::string& uri);

    /// postgresql://user@host:port/database
    const std::string& location() const { return m_location; }
    const std::string& user() const { return m_user; }
    /// 150018; 0 when not connected.
    int serverVersion() const { return m_link ? PQserverVersion(m_link.get()) : 0; }
    bool inTransaction() const { return m_inTransaction; }

    /// One statement, with $1, $2 … for `values`.
    Result<PostgresRows> query(const std::string& sql, const std::vector<PostgresValue>& values,
                               const Deadline& deadline);
    /// Statements without values. Outside a transaction only what may run twice.
    Result<PostgresRows> run(const std::string& sql, const Deadline& deadline);

    /// `script` begins a transaction.
    Result<void> begin(const std::string& script, const Deadline& deadline);
    /// An error says that it was not committed only if committed() says so too.
    Result<void> commit(const Deadline& deadline);
    /// True: the server said that nothing of the transaction is left, or it will never be asked to commit.
    bool rollback();
    /// SQLSTATE of the last error; empty when the server did not say one.
    const std::string& sqlState() const { return m_sqlState; }

    /// One sentence about the log at location().
    tl::unexpected<Error> refuse(const std::string& why) const;
    std::string quoted(const std::string& name);

private:
    struct Finish {
        void operator()(PGconn* link) const { PQfinish(link); }
    };
    PostgresConnection(std::string uri)
        : m_uri(std::move(uri)) {}
    void start();
    Result<void> readLocation();
    Result<void> connect(const Deadline& deadline);
    bool connected() const { return m_ready && m_link && PQstatus(m_link.get()) == CONNECTION_OK; }
    template <typename Send> Result<PostgresRows> ask(const Send& send, const Deadline& deadline);
    Result<PostgresRows> answer(bool sent, const Deadline& deadline);
    Result<PostgresRows> readAnswer(const Deadline& deadline);
    tl::unexpected<Error> overrun();
    tl::unexpected<Error> lost();
    Error errorOf(const PGresult* result);
    std::string cleaned(const char* message) const;

    std::string m_uri;
    std::string m_location;
    std::string m_user;
    std::unique_ptr<PGconn, Finish> m_link;
    bool m_ready = false; ///< the connection was made
    bool m_inTransaction = false;
    std::string m_sqlState;
};

} // namespace inodeck
