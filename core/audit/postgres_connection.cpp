#include "core/audit/postgres_connection.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

#include "core/audit/postgres_address.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

// Of pg_type.dat; they never change.
constexpr Oid ByteaOid = 17;
constexpr Oid Int8Oid = 20;
constexpr Oid TextOid = 25;
constexpr int Binary = 1;

/// The server ends what nobody waits for any more by itself: a cancel request could hang as well.
constexpr const char* SessionSettings = "SET statement_timeout=30000; SET lock_timeout=30000";

/// False when the deadline passed first.
bool waitFor(int fd, short events, const Deadline& deadline) {
    pollfd waited{fd, events, 0};
    while (!deadline.passed()) {
        const int ready = ::poll(&waited, 1, static_cast<int>(std::min(deadline.left(), 60'000ms).count()));
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return true; // an error too: libpq finds out which
    }
    return false;
}

void discard(void*, const PGresult*) {}

} // namespace

PostgresValue PostgresValue::text(std::string value) {
    return {TextOid, std::move(value)};
}

PostgresValue PostgresValue::bytea(std::string value) {
    return {ByteaOid, std::move(value)};
}

PostgresValue PostgresValue::number(std::int64_t value) {
    std::string bytes(sizeof value, '\0');
    qToBigEndian(value, bytes.data());
    return {Int8Oid, std::move(bytes)};
}

std::string PostgresRows::bytes(int row, int column) const {
    const char* value = PQgetvalue(m_result.get(), row, column);
    return value ? std::string(value, static_cast<std::size_t>(PQgetlength(m_result.get(), row, column)))
                 : std::string{};
}

std::optional<std::int64_t> PostgresRows::number(int row, int column) const {
    const std::string value = bytes(row, column);
    if (PQftype(m_result.get(), column) != Int8Oid || value.size() != sizeof(std::int64_t))
        return std::nullopt;
    return qFromBigEndian<std::int64_t>(value.data());
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& uri) {
    if (auto readable = checkPostgresUri(uri); !readable)
        return tl::unexpected(readable.error());
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(uri));
    connection->start();
    if (auto known = connection->readLocation(); !known)
        return tl::unexpected(known.error());
    return connection;
}

void PostgresConnection::start() {
    const std::array<const char*, 4> names{"dbname", "fallback_application_name", "client_encoding", nullptr};
    const std::array<const char*, 4> values{m_uri.c_str(), "inodeck", "UTF8", nullptr};
    m_ready = false;
    m_link.reset(PQconnectStartParams(names.data(), values.data(), 1));
    if (m_link)
        PQsetNoticeReceiver(m_link.get(), discard, nullptr);
}

Result<void> PostgresConnection::readLocation() {
    auto address = usedAddress(m_link.get());
    if (!address)
        return tl::unexpected(address.error());
    m_user = std::move(address->user);
    m_location = std::move(address->location);
    return {};
}

tl::unexpected<Error> PostgresConnection::refuse(const std::string& why) const {
    return fail(ErrorCode::AuditUnavailable, "The audit log at " + m_location + " " + why);
}

/// One printable line of what libpq or the server said. libpq names no password; a server might.
std::string PostgresConnection::cleaned(const char* message) const {
    std::string text = message ? message : "";
    // Of several addresses that were tried, the last one.
    if (const auto last = text.rfind("connection to server"); last != std::string::npos)
        text.erase(0, last);
    text = text.substr(0, text.find('\n'));
    const std::string password = m_link && PQpass(m_link.get()) ? PQpass(m_link.get()) : "";
    for (auto at = text.find(password); !password.empty() && at != std::string::npos;
         at = text.find(password, at + 3))
        text.replace(at, password.size(), "***");
    while (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.pop_back();
    return text.empty() ? "no reason was given" : printable(text);
}

tl::unexpected<Error> PostgresConnection::lost() {
    const std::string why = cleaned(m_link ? PQerrorMessage(m_link.get()) : "");
    m_link.reset();
    m_sqlState.clear();
    return refuse("lost its connection to the server: " + why + ".");
}

tl::unexpected<Error> PostgresConnection::overrun() {
    m_link.reset();
    m_sqlState.clear();
    return refuse("did not answer in time: its server hangs or is overloaded, or the network is.");
}

Result<void> PostgresConnection::connect(const Deadline& deadline) {
    if (connected())
        return {};
    if (!m_link || m_ready)
        start();
    auto state = PGRES_POLLING_WRITING;
    while (m_link && PQstatus(m_link.get()) != CONNECTION_BAD && state != PGRES_POLLING_OK) {
        if (!waitFor(PQsocket(m_link.get()), state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline))
            return overrun();
        state = PQconnectPoll(m_link.get());
        if (state == PGRES_POLLING_FAILED)
            break;
    }
    if (!m_link || PQstatus(m_link.get()) != CONNECTION_OK || PQsetnonblocking(m_link.get(), 1) != 0) {
        const std::string why = cleaned(m_link ? PQerrorMessage(m_link.get()) : "out of memory");
        m_link.reset();
        return refuse("cannot be reached: " + why + ".");
    }
    m_ready = true;
    const auto set = answer(PQsendQuery(m_link.get(), SessionSettings) != 0, deadline);
    return set ? Result<void>{} : tl::unexpected(set.error());
}

Error PostgresConnection::errorOf(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    m_sqlState = state ? state : "";
    if (m_sqlState == "55P03" || m_sqlState == "57014")
        return refuse("was busy with other writers until the time was up; try again.").value();
    if (m_sqlState == "42501")
        return refuse("may not be used by role " + printable(m_user) + " (" + cleaned(message) +
                      "); its administrator can allow it: inodeck audit init URI --role " +
                      printable(m_user) + ".")
            .value();
    if (m_sqlState == "3F000" || m_sqlState == "42P01" || m_sqlState == "42883")
        return refuse("is not there yet; its administrator makes it: inodeck audit init URI --role " +
                      printable(m_user) + ".")
            .value();
    return refuse("answered: " + cleaned(message ? message : PQresultErrorMessage(result)) + ".").value();
}

Result<PostgresRows> PostgresConnection::readAnswer(const Deadline& deadline) {
    PostgresRows last;
    std::optional<Error> problem;
    for (;;) {
        while (PQisBusy(m_link.get())) {
            if (!waitFor(PQsocket(m_link.get()), POLLIN, deadline))
                return overrun();
            if (PQconsumeInput(m_link.get()) == 0)
                break; // what came before, and why it ended, can still be read
        }
        PostgresRows next(PQgetResult(m_link.get()));
        if (!next.get())
            break;
        const ExecStatusType status = PQresultStatus(next.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !problem)
            problem = errorOf(next.get());
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            return lost(); // never asked for; libpq would wait for its end
        last = std::move(next);
    }
    if (PQstatus(m_link.get()) != CONNECTION_OK)
        return lost();
    return problem ? Result<PostgresRows>(tl::unexpected(*problem)) : std::move(last);
}

Result<PostgresRows> PostgresConnection::answer(bool sent, const Deadline& deadline) {
    m_sqlState.clear();
    if (!sent)
        return lost();
    for (int left = PQflush(m_link.get()); left != 0; left = PQflush(m_link.get())) {
        if (left < 0)
            return lost();
        if (!waitFor(PQsocket(m_link.get()), POLLIN | POLLOUT, deadline))
            return overrun();
        if (PQconsumeInput(m_link.get()) == 0)
            return lost();
    }
    return readAnswer(deadline);
}

template <typename Send>
Result<PostgresRows> PostgresConnection::ask(const Send& send, const Deadline& deadline) {
    const bool used = connected();
    if (m_inTransaction && !used)
        return refuse("lost its connection to the server.");
    const auto once = [&] {
        auto made = connect(deadline);
        return made ? answer(send(m_link.get()), deadline) : tl::unexpected(made.error());
    };
    auto rows = once();
    // An idle connection that the server has closed since shows only when it is used.
    const bool worthwhile = !rows && !m_link && used && !m_inTransaction && !deadline.passed();
    return worthwhile ? once() : std::move(rows);
}

Result<PostgresRows> PostgresConnection::query(const std::string& sql,
                                               const std::vector<PostgresValue>& values,
                                               const Deadline& deadline) {
    std::vector<Oid> types;
    std::vector<const char*> bytes;
    std::vector<int> sizes;
    const std::vector<int> formats(values.size(), Binary);
    for (const PostgresValue& value : values) {
        types.push_back(value.type);
        bytes.push_back(value.bytes.data());
        sizes.push_back(static_cast<int>(value.bytes.size()));
    }
    return ask(
        [&](PGconn* link) {
            return PQsendQueryParams(link, sql.c_str(), static_cast<int>(values.size()), types.data(),
                                     bytes.data(), sizes.data(), formats.data(), Binary) != 0;
        },
        deadline);
}

Result<PostgresRows> PostgresConnection::run(const std::string& sql, const Deadline& deadline) {
    return ask([&](PGconn* link) { return PQsendQuery(link, sql.c_str()) != 0; }, deadline);
}

Result<void> PostgresConnection::begin(const std::string& script, const Deadline& deadline) {
    auto begun = run(script, deadline);
    m_inTransaction = true;
    if (begun)
        return {};
    rollback();
    return tl::unexpected(begun.error());
}

Result<void> PostgresConnection::commit(const Deadline& deadline) {
    const auto committed = run("COMMIT", deadline);
    m_inTransaction = false;
    if (!committed)
        return tl::unexpected(committed.error());
    // A transaction that has failed answers COMMIT with ROLLBACK, and no error.
    if (std::string_view(PQcmdStatus(committed->get())) != "COMMIT")
        return refuse("did not commit: the transaction had failed.");
    return {};
}

bool PostgresConnection::rollback() {
    const bool asked = connected() && run("ROLLBACK", Deadline::after(1s));
    m_inTransaction = false;
    if (!asked)
        m_link.reset();
    return asked;
}

std::string PostgresConnection::quoted(const std::string& name) {
    const std::unique_ptr<char, void (*)(void*)> text(
        m_link ? PQescapeIdentifier(m_link.get(), name.data(), name.size()) : nullptr, PQfreemem);
    return text ? text.get() : "\"\"";
}

} // namespace inodeck
