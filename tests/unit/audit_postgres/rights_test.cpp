#include <cstdlib>

#include "core/audit/postgres_connection.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class PostgresRights : public PostgresLog {
protected:
    std::string whyNotReady(const std::string& where) const {
        const auto store = openAuditStore(where);
        if (!store)
            return store.error().message;
        const auto ready = (*store)->ready();
        return ready ? std::string() : ready.error().message;
    }
};

TEST_F(PostgresRights, initSaysWhatItDidAndMayRunAgain) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    const auto again = initPostgresLog(server().adminUri(m_database), "ci");
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_EQ(again->size(), 2u);
    EXPECT_TRUE(holds(again->front(), "was there already")) << again->front();
    EXPECT_TRUE(holds(again->back(), "Role ci may")) << again->back();
    ASSERT_TRUE(open()->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(verified().size(), 3u);

    server().sql("CREATE DATABASE fresh");
    const auto fresh = initPostgresLog(server().adminUri("fresh"), {});
    ASSERT_TRUE(fresh) << fresh.error().message;
    EXPECT_TRUE(holds(fresh->back(), "Made the log")) << fresh->back();
}

TEST_F(PostgresRights, anAdministratorNeedNotBeSuperuser) {
    server().sql("CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'b0ss'");
    server().sql("CREATE DATABASE theirs OWNER boss");
    const auto made = initPostgresLog(server().uri("boss", "b0ss", "theirs"), "ci");
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(server().sql("SELECT pg_has_role('boss', 'inodeck_owner', 'MEMBER')"), "f");
    const auto store = open(server().uri("ci", Password, "theirs"));
    EXPECT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const auto again = initPostgresLog(server().uri("boss", "b0ss", "theirs"), "ci");
    EXPECT_TRUE(again) << again.error().message;
}

TEST_F(PostgresRights, initRefusesWhatWouldNotHold) {
    const auto refusal = [&](const std::string& role) {
        const auto made = initPostgresLog(server().adminUri(m_database), role);
        return made ? std::string() : made.error().message;
    };
    EXPECT_TRUE(holds(refusal("nobody_here"), "no such role")) << refusal("nobody_here");
    EXPECT_TRUE(holds(refusal("postgres"), "superuser")) << refusal("postgres");
    server().sql("CREATE ROLE \"o'brien\"\"; DROP SCHEMA inodeck CASCADE; --\" LOGIN");
    EXPECT_EQ(refusal("o'brien\"; DROP SCHEMA inodeck CASCADE; --"), "");
    EXPECT_EQ(sql("SELECT count(*) FROM inodeck.head"), "1");
    server().sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    const auto latin = initPostgresLog(server().adminUri("latin"), {});
    ASSERT_FALSE(latin);
    EXPECT_TRUE(holds(latin.error().message, "UTF8")) << latin.error().message;
    server().sql("CREATE DATABASE taken");
    server().sql("CREATE SCHEMA inodeck", "taken");
    const auto taken = initPostgresLog(server().adminUri("taken"), {});
    ASSERT_FALSE(taken);
    EXPECT_TRUE(holds(taken.error().message, "does not belong")) << taken.error().message;
}

TEST_F(PostgresRights, aWriterCanOnlyReadAndAppend) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    const auto writer = PostgresConnection::open(uri());
    ASSERT_TRUE(writer);
    for (const char* statement :
         {"INSERT INTO inodeck.records SELECT 9, 'i', 'p', hash, ts, type, op_id, vm, project, service, "
          "account, claimed, outcome, container_id, line, sig FROM inodeck.records WHERE seq = 1",
          "UPDATE inodeck.records SET vm = 'other'", "DELETE FROM inodeck.records",
          "TRUNCATE inodeck.records", "UPDATE inodeck.head SET next = 1", "DELETE FROM inodeck.head",
          "DROP TABLE inodeck.records", "ALTER TABLE inodeck.records DISABLE TRIGGER ALL",
          "SET ROLE inodeck_owner", "CREATE TABLE inodeck.more(x int)",
          "CREATE OR REPLACE FUNCTION inodeck.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
          "NEW; END'"})
        EXPECT_FALSE((*writer)->run(statement, in(10))) << statement;
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresRights, theFunctionTakesOnlyTheNextRecord) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    const auto writer = PostgresConnection::open(uri());
    ASSERT_TRUE(writer);
    // As the log says: log, seq, id, prev, hash, and what the line says; each one changed in turn.
    const std::string line = "convert_to('{\"id\":\"new-id\",\"op_id\":\"op\",\"prev\":\"' || h.hash || "
                             "'\",\"result\":{\"status\":\"done\"},\"seq\":' || h.next || "
                             "',\"ts\":\"now\",\"type\":\"outcome\"}', 'UTF8')";
    const std::vector<std::string> right{
        "h.log", "h.next",    "'new-id'", "h.hash", "encode(sha256(" + line + "), 'hex')",
        "'now'", "'outcome'", "'op'",     "''",     "''",
        "''",    "''",        "''",       "'done'"};
    const auto append = [&](std::size_t wrong, const std::string& value) {
        std::string arguments;
        for (std::size_t i = 0; i < right.size(); ++i)
            arguments += (i == wrong ? value : right[i]) + ", ";
        return (*writer)->run("BEGIN; SELECT inodeck.append(" + arguments + "'', " + line +
                                  ", decode(repeat('00', 64), 'hex')) FROM inodeck.head h; ROLLBACK",
                              in(10));
    };
    EXPECT_TRUE(append(99, {})) << append(99, {}).error().message;
    const std::vector<std::pair<std::size_t, std::string>> wrong{
        {0, "'another-log'"}, {0, "NULL"},
        {1, "h.next + 1"},    {1, "h.next - 1"},
        {1, "NULL"},          {2, "(SELECT id FROM inodeck.records WHERE seq = 1)"},
        {2, "NULL"},          {3, "repeat('0', 64)"},
        {3, "NULL"},          {4, "h.hash"},
        {4, "NULL"},          {5, "'then'"},
        {6, "'refused'"},     {7, "'another'"},
        {7, "NULL"},          {13, "'failed'"}};
    for (const auto& [index, value] : wrong) {
        EXPECT_FALSE(append(index, value)) << index << " " << value;
        ASSERT_TRUE((*writer)->run("ROLLBACK", in(10)));
    }
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresRights, triggersStopAccidentsOfTheOwnerToo) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    for (const char* statement :
         {"UPDATE inodeck.records SET vm = 'other'", "DELETE FROM inodeck.records",
          "TRUNCATE inodeck.records", "DELETE FROM inodeck.head", "UPDATE inodeck.head SET next = 1",
          "TRUNCATE inodeck.head", "SET session_replication_role = replica; DELETE FROM inodeck.records"})
        EXPECT_THROW(sql(statement), std::runtime_error) << statement;
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresRights, whatMustNotWriteIsRefusedWithTheReason) {
    EXPECT_EQ(whyNotReady(uri()), "");
    server().sql("CREATE ROLE sly LOGIN NOINHERIT PASSWORD 'sly'; GRANT inodeck_owner TO sly");
    sql("GRANT USAGE ON SCHEMA inodeck TO sly; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA inodeck TO sly");
    const std::string sly = whyNotReady(server().uri("sly", "sly", m_database));
    EXPECT_TRUE(holds(sly, "can be changed by role sly")) << sly; // it may become the owner
    server().sql("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'");
    const std::string guest = whyNotReady(server().uri("guest", "guest", m_database));
    EXPECT_TRUE(holds(guest, "init URI --role guest")) << guest;
    const std::string admin = whyNotReady(server().adminUri(m_database));
    EXPECT_TRUE(holds(admin, "can be changed by role postgres")) << admin;
    const std::string none = whyNotReady(server().uri("ci", Password, "postgres"));
    EXPECT_TRUE(holds(none, "is not there yet")) << none;
    const std::string unknown = whyNotReady(server().uri("ci", Password, "no_such_db"));
    EXPECT_TRUE(holds(unknown, "does not exist")) << unknown;
    sql("ALTER TABLE inodeck.records SET UNLOGGED");
    const std::string unlogged = whyNotReady(uri());
    EXPECT_TRUE(holds(unlogged, "would not outlive a crash")) << unlogged;
}

TEST_F(PostgresRights, asynchronousCommitsAreMadeSynchronous) {
    server().sql("ALTER ROLE ci SET synchronous_commit = off");
    server().sql("ALTER ROLE ci SET default_transaction_isolation = serializable");
    const auto writer = PostgresConnection::open(uri());
    ASSERT_TRUE(writer);
    const auto configured = (*writer)->query("SHOW synchronous_commit", {}, in(10));
    ASSERT_TRUE(configured);
    ASSERT_EQ(configured->bytes(0, 0), "off");
    // Seen by the trigger that runs within the append's own transaction.
    sql("CREATE TABLE public.seen(value text); CREATE FUNCTION public.note() RETURNS trigger LANGUAGE "
        "plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.seen VALUES "
        "(current_setting(''synchronous_commit'')); RETURN NULL; END'; "
        "CREATE TRIGGER note AFTER INSERT ON inodeck.records FOR EACH ROW EXECUTE FUNCTION public.note()");
    const auto done = open()->append(intent("vm1", "op-1"), in(10));
    server().sql("ALTER ROLE ci RESET ALL");
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(sql("SELECT DISTINCT value FROM public.seen"), "on");
}

TEST_F(PostgresRights, fsyncOffIsRefused) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    server().stop();
    server().start({"fsync=off"});
    const std::string why = whyNotReady(uri());
    const auto appended = open()->append(intent("vm1", "op-2"), in(10));
    server().stop();
    server().start();
    EXPECT_TRUE(holds(why, "fsync")) << why;
    ASSERT_FALSE(appended);
    EXPECT_TRUE(holds(appended.error().message, "fsync")) << appended.error().message;
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresRights, noPasswordIsEverShown) {
    const std::string wrong = "wr0ng-Passw0rd";
    const auto store = open(server().uri("ci", wrong, m_database));
    EXPECT_FALSE(holds(store->location(), wrong)) << store->location();
    EXPECT_EQ(store->location(),
              "postgresql://ci@127.0.0.1:" + std::to_string(server().port()) + "/" + m_database);
    const auto ready = store->ready();
    ASSERT_FALSE(ready);
    EXPECT_TRUE(holds(ready.error().message, "password authentication failed")) << ready.error().message;
    EXPECT_FALSE(holds(ready.error().message, wrong)) << ready.error().message;
    for (const char* bad :
         {"postgresql://ci:wr0ng/Passw0rd@127.0.0.1/db", "postgresql://ci:wr0ng@Passw0rd@127.0.0.1/db",
          "postgresql://ci:12/Passw0rd@127.0.0.1/db", "postgresql://ci:wr0ng%Passw0rd@127.0.0.1/db",
          "postgresql://ci:Passw0rd@127.0.0.1:port/db", "postgresql://ci:Passw0rd@127.0.0.1/db?no=such",
          "postgresql://ci@127.0.0.1/db?password=Passw0rd&port=x"}) {
        const auto refused = openAuditStore(bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().code, ErrorCode::Usage);
        EXPECT_FALSE(holds(refused.error().message, "Passw0rd")) << refused.error().message;
    }
    const auto sslmode = whyNotReady(uri() + "?sslmode=nonsense");
    EXPECT_TRUE(holds(sslmode, "sslmode")) << sslmode;
    EXPECT_FALSE(holds(sslmode, Password)) << sslmode;
}

TEST_F(PostgresRights, theServersCertificateIsCheckedAsTheAddressSays) {
    const TempDir dir;
    for (const char* name : {"right", "other"})
        runOrThrow({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", dir.file(std::string(name) + ".key"), "-out",
                    dir.file(std::string(name) + ".pem")});
    server().stop();
    server().start({"ssl=on", "ssl_cert_file=" + server().keep("s.pem", readFile(dir.file("right.pem"))),
                    "ssl_key_file=" + server().keep("s.key", readFile(dir.file("right.key")))});
    const std::string checked = uri() + "?sslmode=verify-full&sslrootcert=";
    const auto done = open(checked + dir.file("right.pem"))->append(intent("vm1", "op-1"), in(10));
    const std::string other = whyNotReady(checked + dir.file("other.pem"));
    server().stop();
    server().start();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_TRUE(holds(other, "certificate")) << other;
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresRights, passwordAndServiceFilesWork) {
    const TempDir dir;
    const std::string port = std::to_string(server().port());
    writeFile(dir.file("pass"), "127.0.0.1:" + port + ":*:ci:" + Password + "\n");
    writeFile(dir.file("service"),
              "[audit]\nhost=127.0.0.1\nport=" + port + "\nuser=ci\ndbname=" + m_database + "\n");
    ::setenv("PGPASSFILE", dir.file("pass").c_str(), 1);
    ::setenv("PGSERVICEFILE", dir.file("service").c_str(), 1);
    const auto store = open("postgresql://?service=audit");
    EXPECT_EQ(store->location(), "postgresql://ci@127.0.0.1:" + port + "/" + m_database);
    const auto done = store->append(intent("vm1", "op-1"), in(10));
    EXPECT_TRUE(done) << done.error().message;
    const auto plain = open("postgresql://ci@127.0.0.1:" + port + "/" + m_database + "?sslmode=disable");
    EXPECT_EQ(*plain->count({}), 2u);
    const std::string tls = whyNotReady(uri() + "?sslmode=require");
    EXPECT_TRUE(holds(tls, "does not support SSL")) << tls;
    ::unsetenv("PGPASSFILE");
    ::unsetenv("PGSERVICEFILE");
}

} // namespace
} // namespace inodeck::test
