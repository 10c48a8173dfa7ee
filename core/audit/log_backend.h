#pragma once

#include <functional>
#include <optional>

#include "core/audit/audit_store.h"
#include "core/audit/chain.h"

namespace inodeck {

/// Where the lines of one log are kept: what SQLite and PostgreSQL do differently. Not thread-safe.
class LogBackend {
public:
    virtual ~LogBackend() = default;
    /// Fit to be written, durably, now.
    virtual Result<void> check(const Deadline& deadline) = 0;
    /// Begins a transaction and waits for the log's write lock.
    virtual Result<void> begin(const Deadline& deadline) = 0;
    virtual Result<ChainHead> head() = 0;
    virtual Result<void> insert(const MadeRecord& record) = 0;
    virtual Result<void> commit(const Deadline& deadline) = 0;
    virtual void rollback() = 0;
    /// After a commit that erred: whether the record is there, once no transaction that could still write it
    /// is left.
    virtual Result<std::optional<AppendedRecord>> find(const std::string& id, const Deadline& deadline) = 0;
    virtual Result<std::uint64_t> each(const RecordFilter& filter,
                                       const std::function<bool(const StoredRecord&)>& take) = 0;
    virtual Result<std::uint64_t> count(const RecordFilter& filter) = 0;
    virtual std::string location() const = 0;
};

/// What a store keeps beside seq, line and sig, to find a record by: copies of what the line says, as text
/// that is safe to show. Nobody signs them, so whoever verifies a store compares them.
std::vector<std::string> listedAs(const Envelope& envelope, const RecordDraft& draft,
                                  const std::string& hash);
/// The same of a record that is still to be stored: by its line, whose texts may have been cut.
Result<std::vector<std::string>> listedAs(const MadeRecord& record);
inline constexpr const char* ListedColumns =
    "id,prev,hash,ts,type,op_id,vm,project,service,account,claimed,outcome,container_id";
inline constexpr std::size_t ListedCount = 13;

/// The rest of "SELECT … FROM records": WHERE, ORDER BY, LIMIT and OFFSET, with ?1, ?2 … for `values`.
struct RecordQuery {
    std::string sql;
    std::vector<std::string> values;
};
/// How a part of a line is looked for is all that the two say differently.
enum class SqlDialect { Sqlite, Postgres };
RecordQuery queryOf(const RecordFilter& filter, SqlDialect dialect = SqlDialect::Sqlite);
/// Only its WHERE.
RecordQuery conditionOf(const RecordFilter& filter, SqlDialect dialect = SqlDialect::Sqlite);

} // namespace inodeck
