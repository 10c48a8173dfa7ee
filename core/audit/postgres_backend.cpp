#include "core/audit/postgres_backend.h"

#include <algorithm>
#include <thread>

#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t PageSize = 500; ///< at most 8 MiB of lines
constexpr auto StatementTimeout = 30s;
constexpr int OldestServer = 150000;
constexpr std::uint64_t EndOfNumbers = std::uint64_t{1} << 63; ///< of a bigint

/// The settings a log needs, then what this role sees of it.
constexpr const char* Facts = R"(
SELECT current_setting('fsync'), pg_is_in_recovery()::text, current_setting('server_encoding'),
    (SELECT count(*) FROM pg_proc f WHERE f.pronamespace = n.oid AND f.proname IN ('lock_head', 'append')),
    (SELECT count(*) FROM pg_proc f WHERE f.pronamespace = n.oid AND f.proname IN ('lock_head', 'append')
        AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(f.oid, 'EXECUTE')),
    (SELECT count(*) FROM pg_class t WHERE t.relnamespace = n.oid AND t.relname IN ('records', 'head')
        AND t.relpersistence = 'p'),
    (SELECT count(*) FROM pg_class t WHERE t.relnamespace = n.oid AND t.relname IN ('records', 'head')
        AND (has_table_privilege(t.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            OR pg_has_role(t.relowner, 'MEMBER')))
FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = 'inodeck')";

/// RecordQuery is written for SQLite: ?1 and no schema. Its text holds no values.
std::string inPostgres(std::string sql) {
    std::replace(sql.begin(), sql.end(), '?', '$');
    const std::string table = "FROM records ";
    for (auto at = sql.find(table); at != std::string::npos; at = sql.find(table, at + table.size()))
        sql.replace(at, table.size(), "FROM inodeck.records ");
    return sql;
}

std::vector<PostgresValue> texts(const std::vector<std::string>& values) {
    std::vector<PostgresValue> all;
    for (const std::string& value : values)
        all.push_back(PostgresValue::text(value));
    return all;
}

std::string milliseconds(std::chrono::milliseconds time) {
    return std::to_string(std::max<std::chrono::milliseconds::rep>(time.count(), 1));
}

} // namespace

Result<std::unique_ptr<PostgresBackend>> PostgresBackend::open(const std::string& uri) {
    auto server = PostgresConnection::open(uri);
    if (!server)
        return tl::unexpected(server.error());
    return std::unique_ptr<PostgresBackend>(new PostgresBackend(std::move(*server)));
}

Deadline PostgresBackend::until() const {
    return m_until ? *m_until : Deadline::after(StatementTimeout);
}

Result<void> PostgresBackend::check(const Deadline& deadline) {
    if (auto fit = checkRights(deadline); !fit)
        return fit;
    // As an append does, up to its lock: what a setting or a standby forbids shows here.
    auto begun = begin(deadline);
    if (begun)
        rollback();
    return begun;
}

Result<void> PostgresBackend::checkRights(const Deadline& deadline) {
    const auto facts = m_server->query(Facts, {}, deadline);
    if (!facts)
        return tl::unexpected(facts.error());
    if (m_server->serverVersion() < OldestServer)
        return m_server->refuse("is on PostgreSQL " + std::to_string(m_server->serverVersion() / 10000) +
                                ", which is too old: 15 or later is needed.");
    const auto is = [&](int column, const char* value) { return facts->bytes(0, column) == value; };
    const auto counted = [&](int column) { return facts->number(0, column).value_or(-1); };
    const std::string role = printable(m_server->user());
    if (is(1, "true"))
        return m_server->refuse("is on a standby server, which cannot be written: name the primary.");
    if (!is(2, "UTF8"))
        return m_server->refuse("is in a database of another encoding: it has to be UTF8.");
    if (counted(3) != 2)
        return m_server->refuse(
            "is not there yet; its administrator makes it: inodeck audit init URI --role " + role + ".");
    if (counted(4) != 2)
        return m_server->refuse("may not be written by role " + role +
                                "; its administrator can allow it: inodeck audit init URI --role " + role +
                                ".");
    if (counted(6) != 0)
        return m_server->refuse("can be changed by role " + role +
                                " (a superuser or owner): write it as a role that 'inodeck audit init URI "
                                "--role NAME' made a writer.");
    if (!is(0, "on") || counted(5) != 2)
        return m_server->refuse("would not outlive a crash of its server (fsync is off or a table is "
                                "unlogged): turn fsync on.");
    return {};
}

Result<void> PostgresBackend::begin(const Deadline& deadline) {
    // A third of the time is kept to look a record up whose commit got no answer.
    const Deadline until = deadline.atMost(deadline.left() * 2 / 3);
    // The server gives up a little before we do, so that it can say why; and a transaction whose client is
    // gone with its network does not hold up the others. No statement_timeout: it would end a commit's wait
    // for its standby with a mere warning.
    const std::string script =
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout=0; SET LOCAL "
        "lock_timeout=" +
        milliseconds(until.left() * 9 / 10) +
        "; SET LOCAL idle_in_transaction_session_timeout=" + milliseconds(until.left() + 1s) +
        "; SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') "
        "NOT IN ('on', 'remote_apply')";
    m_ended = Ended::NeverAsked;
    if (auto begun = m_server->begin(script, until); !begun)
        return begun;
    m_until = until;
    auto locked = lockHead();
    if (!locked)
        rollback();
    return locked;
}

Result<void> PostgresBackend::lockHead() {
    const auto rows = m_server->query("SELECT next, hash, log, current_setting('synchronous_commit'), "
                                      "current_setting('fsync') FROM inodeck.lock_head()",
                                      {}, until());
    const auto head = headOf(rows);
    if (!head)
        return tl::unexpected(head.error());
    m_head = *head;
    const std::string synchronous = rows->bytes(0, 3);
    if ((synchronous != "on" && synchronous != "remote_apply") || rows->bytes(0, 4) != "on")
        return m_server->refuse("would not outlive a crash of its server: turn fsync and "
                                "synchronous_commit on.");
    return {};
}

Result<ChainHead> PostgresBackend::headOf(const Result<PostgresRows>& rows) const {
    if (!rows)
        return tl::unexpected(rows.error());
    const auto next = rows->size() == 1 ? rows->number(0, 0) : std::nullopt;
    if (!next || *next < 0)
        return m_server->refuse("does not say where it ends; run 'inodeck audit verify'.");
    if (*next == 0)
        return ChainHead{};
    return ChainHead{static_cast<std::uint64_t>(*next), rows->bytes(0, 1), rows->bytes(0, 2)};
}

Result<ChainHead> PostgresBackend::head() {
    if (m_server->inTransaction())
        return m_head;
    return headOf(m_server->query("SELECT next, hash, log FROM inodeck.head", {}, until()));
}

Result<void> PostgresBackend::insert(const MadeRecord& record) {
    static const std::string Sql =
        "SELECT inodeck.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)";
    std::vector<PostgresValue> values{PostgresValue::text(record.envelope.log),
                                      PostgresValue::number(static_cast<std::int64_t>(record.envelope.seq))};
    const auto listed = listedAs(record);
    if (!listed)
        return tl::unexpected(listed.error());
    for (const PostgresValue& value : texts(*listed))
        values.push_back(value);
    values.push_back(PostgresValue::bytea(record.line));
    values.push_back(PostgresValue::bytea(record.signature));
    if (!m_server->inTransaction())
        return m_server->refuse("is written in transactions only.");
    const auto done = m_server->query(Sql, values, until());
    if (!done)
        return tl::unexpected(done.error());
    m_head = headAfter(record);
    return {};
}

Result<void> PostgresBackend::commit(const Deadline& deadline) {
    m_ended = Ended::Unknown;
    auto committed = m_server->commit(deadline.atMost(until().left()));
    m_until.reset();
    if (committed)
        m_ended = Ended::Known;
    return committed;
}

void PostgresBackend::rollback() {
    if (m_server->rollback())
        m_ended = Ended::Known;
    m_until.reset();
}

Result<std::optional<AppendedRecord>> PostgresBackend::lookUp(const std::string& id,
                                                              const Deadline& deadline) {
    const auto rows = m_server->query("SELECT seq, hash FROM inodeck.records WHERE id=$1",
                                      {PostgresValue::text(id)}, deadline);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->size() == 0)
        return std::optional<AppendedRecord>{};
    const auto seq = rows->number(0, 0);
    if (!seq || *seq < 0)
        return m_server->refuse("answered what is no record.");
    return AppendedRecord{static_cast<std::uint64_t>(*seq), id, rows->bytes(0, 1)};
}

Result<std::optional<AppendedRecord>> PostgresBackend::lockAndLookUp(const std::string& id,
                                                                     const Deadline& deadline) {
    auto locked = begin(deadline);
    auto found =
        locked ? lookUp(id, until()) : Result<std::optional<AppendedRecord>>(tl::unexpected(locked.error()));
    rollback();
    return found;
}

Result<std::optional<AppendedRecord>> PostgresBackend::find(const std::string& id, const Deadline& deadline) {
    const Ended before = m_ended;
    if (before == Ended::Known)
        return lookUp(id, deadline);
    // The server may still be at the transaction of the lost connection: wait for its lock.
    auto found = lockAndLookUp(id, deadline);
    if (!found && before == Ended::NeverAsked) {
        m_ended = Ended::Unknown; // this answers for one record only
        return std::optional<AppendedRecord>{};
    }
    while (!found && !deadline.passed()) { // a server that starts again is worth waiting for
        std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(100ms, deadline.left()));
        found = lockAndLookUp(id, deadline);
    }
    m_ended = found ? Ended::Known : Ended::Unknown;
    return found;
}

/// Page by page, each going on after the last record of the one before: nothing is held open on the server
/// while `take` works, and it can end anywhere.
Result<std::uint64_t> PostgresBackend::each(const RecordFilter& filter,
                                            const std::function<bool(const StoredRecord&)>& take) {
    RecordFilter page = filter;
    std::uint64_t taken = 0;
    for (bool more = true; more;) {
        page.limit = filter.limit > 0 ? std::min(PageSize, filter.limit - taken) : PageSize;
        const auto rows = readPage(page);
        if (!rows)
            return tl::unexpected(rows.error());
        for (int row = 0; row < rows->size() && more; ++row) {
            const auto number = rows->number(row, 0);
            const auto seq = static_cast<std::uint64_t>(number.value_or(-1));
            if (!number || seq < page.from.value_or(0) || seq >= page.to.value_or(EndOfNumbers))
                return m_server->refuse("answered what was not asked for.");
            ++taken;
            StoredRecord record{seq, rows->bytes(row, 1), rows->bytes(row, 2)};
            for (std::size_t i = 0; filter.listed && i < ListedCount; ++i)
                record.listed.push_back(rows->bytes(row, static_cast<int>(i) + 3));
            more = take(record);
            (filter.newestFirst ? page.to : page.from) = filter.newestFirst ? seq : seq + 1;
        }
        more = more && static_cast<std::uint64_t>(rows->size()) == page.limit && taken != filter.limit;
        page.offset = 0;
    }
    return taken;
}

Result<PostgresRows> PostgresBackend::readPage(const RecordFilter& page) {
    const RecordQuery query = queryOf(page, SqlDialect::Postgres);
    const std::string listed = page.listed ? std::string(",") + ListedColumns : std::string{};
    return m_server->query("SELECT seq, line, sig" + listed + " " + inPostgres("FROM records " + query.sql),
                           texts(query.values), until());
}

Result<std::uint64_t> PostgresBackend::count(const RecordFilter& filter) {
    const RecordQuery query = conditionOf(filter, SqlDialect::Postgres);
    const auto rows = m_server->query("SELECT count(*) " + inPostgres("FROM records " + query.sql),
                                      texts(query.values), until());
    if (!rows)
        return tl::unexpected(rows.error());
    const auto number = rows->size() == 1 ? rows->number(0, 0) : std::nullopt;
    if (!number || *number < 0)
        return m_server->refuse("answered what is no number.");
    return static_cast<std::uint64_t>(*number);
}

} // namespace inodeck
