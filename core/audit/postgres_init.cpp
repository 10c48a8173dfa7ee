#include "core/audit/postgres_connection.h"
#include "core/audit/postgres_log.h"
#include "core/audit/postgres_schema.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr const char* Facts = R"(
SELECT current_setting('server_encoding'),
    (SELECT count(*) FROM pg_roles WHERE rolname = 'inodeck_owner'),
    (SELECT count(*) FROM pg_roles WHERE rolname = 'inodeck_writer'),
    (SELECT count(*) FROM pg_roles WHERE rolname IN ('inodeck_owner', 'inodeck_writer')
        AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolbypassrls)),
    (SELECT count(*) FROM pg_namespace WHERE nspname = 'inodeck'),
    (SELECT count(*) FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner
        WHERE n.nspname = 'inodeck' AND o.rolname <> 'inodeck_owner'),
    (SELECT count(*) FROM pg_roles WHERE rolname = $1),
    (SELECT count(*) FROM pg_roles WHERE rolname = $1 AND rolsuper),
    (SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolsuper))";

/// One run in one transaction.
class Init {
public:
    Init(PostgresConnection& server, std::string role)
        : m_server(server)
        , m_role(std::move(role)) {}

    Result<std::vector<std::string>> run() {
        if (auto begun = m_server.begin("BEGIN; SELECT pg_advisory_xact_lock(7235419)", m_deadline); !begun)
            return tl::unexpected(begun.error());
        auto made = make();
        if (made)
            made = m_server.commit(m_deadline);
        if (made)
            return m_done;
        m_server.rollback();
        return tl::unexpected(made.error());
    }

private:
    Result<void> make() {
        const auto facts = m_server.query(Facts, {PostgresValue::text(m_role)}, m_deadline);
        if (!facts)
            return tl::unexpected(facts.error());
        const auto is = [&](int column) { return facts->number(0, column).value_or(0) != 0; };
        if (auto fit = refusal(*facts); !fit)
            return fit;
        if (!is(1))
            step("CREATE ROLE inodeck_owner NOLOGIN", "Made role inodeck_owner, which owns the log.");
        if (!is(2))
            step("CREATE ROLE inodeck_writer NOLOGIN",
                 "Made role inodeck_writer, whose members may read and append.");
        const bool superuser = is(8);
        if (!superuser)
            step("GRANT inodeck_owner TO CURRENT_USER");
        if (!is(4))
            step("CREATE SCHEMA inodeck AUTHORIZATION inodeck_owner",
                 "Made the log: schema inodeck at " + m_server.location() + ".");
        else
            m_done.push_back("The log at " + m_server.location() +
                             " was there already; its functions and rights are as they should be again.");
        step(std::string("SET LOCAL ROLE inodeck_owner; ") + PostgresSchema + "; RESET ROLE");
        if (!superuser)
            step("REVOKE inodeck_owner FROM CURRENT_USER");
        if (!m_role.empty())
            step("GRANT inodeck_writer TO " + m_server.quoted(m_role),
                 "Role " + printable(m_role) + " may read and append.");
        return m_good;
    }

    Result<void> refusal(const PostgresRows& facts) const {
        const auto is = [&](int column) { return facts.number(0, column).value_or(0) != 0; };
        if (m_server.serverVersion() < 150000)
            return m_server.refuse("needs PostgreSQL 15 or later.");
        if (facts.bytes(0, 0) != "UTF8")
            return m_server.refuse("needs a database whose encoding is UTF8.");
        if (is(3))
            return m_server.refuse("needs roles inodeck_owner and inodeck_writer that can neither log in nor "
                                   "rule others; these are there and can: ALTER ROLE … NOLOGIN NOSUPERUSER "
                                   "NOCREATEROLE NOBYPASSRLS.");
        if (is(5))
            return m_server.refuse(
                "cannot be made: there is a schema inodeck that does not belong to role inodeck_owner.");
        if (!m_role.empty() && !is(6))
            return m_server.refuse("cannot be opened to role " + printable(m_role) +
                                   ": there is no such role; make it first (createuser).");
        if (is(7))
            return m_server.refuse("is not for role " + printable(m_role) +
                                   ": it is a superuser, who may change and delete everything.");
        return {};
    }

    void step(const std::string& sql, const std::string& sentence = {}) {
        if (!m_good)
            return;
        const auto done = m_server.run(sql, m_deadline);
        if (!done)
            m_good = tl::unexpected(done.error());
        else if (!sentence.empty())
            m_done.push_back(sentence);
    }

    PostgresConnection& m_server;
    const std::string m_role;
    const Deadline m_deadline = Deadline::after(30s);
    Result<void> m_good;
    std::vector<std::string> m_done;
};

} // namespace

Result<std::vector<std::string>> initPostgresLog(const std::string& adminUri, const std::string& writerRole) {
    const auto server = PostgresConnection::open(adminUri);
    if (!server)
        return tl::unexpected(server.error());
    return Init(**server, writerRole).run();
}

} // namespace inodeck
