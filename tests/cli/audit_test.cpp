#include <fstream>
#include <sys/stat.h>

#include "tests/cli/cli_rig.h"
#include "tests/support/postgres_server.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using test::has;
using test::Ran;
using test::staleContainer;
using Words = std::vector<std::string>;

/// `inodeck audit …`: a refused restart of a recorded host writes a log without any real host.
class AuditTest : public test::CliTest {
protected:
    void SetUp() override {
        record("vm1", {staleContainer('a', "edge")});
        record("vm2", {staleContainer('b', "web")});
    }
    /// Refused, hence exit status 4, and one record.
    Ran restart(const std::string& host, const std::string& service, const Words& more = {}) const {
        Words words{"restart", host, service, "--reason", "CHG-1"};
        words.insert(words.end(), more.begin(), more.end());
        return inodeck(replay(words));
    }
    std::size_t count(const Words& more) const {
        Words words{"audit", "list"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = inodeck(words);
        EXPECT_EQ(ran.status, 0) << ran.err;
        return test::linesOf(ran.out).size();
    }
    fs::path log() const { return folder / "data/inodeck/audit.sqlite"; }
};

TEST_F(AuditTest, OnePlaceForAllCommands) {
    const std::string byOption = folder / "a/option.sqlite";
    const std::string byVariable = folder / "b/variable.sqlite";
    environment["INODECK_AUDIT"] = byVariable;
    EXPECT_EQ(restart("vm1", "shop/edge").status, 4);
    EXPECT_TRUE(fs::exists(byVariable));
    EXPECT_FALSE(fs::exists(log()));
    EXPECT_EQ(restart("vm1", "shop/edge", {"--audit", byOption}).status, 4);
    EXPECT_TRUE(fs::exists(byOption));
    EXPECT_EQ(count({}), 2u);
    EXPECT_EQ(count({"--audit", byOption}), 2u);
    environment["INODECK_AUDIT"] = "";
    EXPECT_EQ(restart("vm1", "shop/edge").status, 4);
    EXPECT_TRUE(fs::exists(log()));
}

TEST_F(AuditTest, ARecreateThatIsNotPossibleIsOnRecordToo) {
    const Ran ran = restart("vm1", "shop/edge", {"--recreate"});
    EXPECT_EQ(ran.status, 4) << ran.out;
    EXPECT_EQ(count({"--outcome", "refused"}), 1u) << ran.err;
    EXPECT_EQ(restart("vm1", "shop/edge", {"--recreate", "--dry-run"}).status, 4);
    EXPECT_EQ(count({"--outcome", "refused"}), 1u);
}

TEST_F(AuditTest, FiltersChoose) {
    environment["INODECK_ACTOR"] = "Mira";
    restart("vm1", "shop/edge");
    environment["INODECK_ACTOR"] = "Jo";
    restart("vm2", "shop/web");
    restart("vm2", "shop/web");
    EXPECT_EQ(count({}), 4u); // and the genesis record
    EXPECT_EQ(count({"--host", "vm2"}), 2u);
    EXPECT_EQ(count({"--service", "web"}), 2u);
    EXPECT_EQ(count({"--service", "shop/edge"}), 1u);
    EXPECT_EQ(count({"--actor", "Mira", "--host", "vm1"}), 1u);
    EXPECT_EQ(count({"--outcome", "refused"}), 3u);
    EXPECT_EQ(count({"--outcome", "verified"}), 0u);
    EXPECT_EQ(count({"--since", "2020-01-01"}), 4u);
    EXPECT_EQ(count({"--until", "2020-01-01"}), 0u);
    EXPECT_EQ(count({"--since", "2199-01-01T00:00:00Z"}), 0u);
    EXPECT_EQ(count({"--limit", "2"}), 2u);
    const Ran newest = inodeck({"audit", "list", "--newest-first", "--limit", "1"});
    EXPECT_TRUE(newest.out.starts_with("3  ")) << newest.out;
}

TEST_F(AuditTest, VerifyAnswersWithItsOwnExitCodes) {
    restart("vm1", "shop/edge");
    // What this installation saw is an anchor outside the log.
    const Ran anchored = inodeck({"audit", "verify"});
    EXPECT_EQ(anchored.status, 0) << anchored.out << anchored.err;
    EXPECT_TRUE(has(anchored.out, "ANCHORED: its first 2 records are those that this installation remembers"))
        << anchored.out;
    EXPECT_TRUE(has(anchored.out, "2 records, 0 to 1")) << anchored.out;
    ASSERT_EQ(inodeck({"audit", "export", "--out", folder / "e"}).status, 0);
    const Ran alone = inodeck({"audit", "verify", folder / "e"});
    EXPECT_EQ(alone.status, 3) << alone.out << alone.err;
    EXPECT_TRUE(has(alone.out, "SELF-CONSISTENT ONLY")) << alone.out;
    const Ran plain = inodeck({"audit", "verify", folder / "e/audit.jsonl"});
    EXPECT_EQ(plain.status, 3) << plain.out << plain.err;
    EXPECT_TRUE(has(plain.out, "only the links were checked")) << plain.out;
    const Ran nothing = inodeck({"audit", "verify", folder / "nothing"});
    EXPECT_EQ(nothing.status, 2) << nothing.out << nothing.err;

    const Ran note = inodeck({"audit", "checkpoint"});
    ASSERT_EQ(note.status, 0) << note.err;
    std::ofstream(folder / "kept") << note.out;
    const Ran kept = inodeck({"audit", "verify", folder / "e", "--checkpoint", folder / "kept"});
    EXPECT_EQ(kept.status, 0) << kept.out << kept.err;
    EXPECT_TRUE(has(kept.out, "ANCHORED: a checkpoint kept outside the log vouches")) << kept.out;
    // Something to look at is 1 with an anchor, and never hides that there is none.
    std::ofstream(folder / "e/foreign") << "x";
    const Ran noticed = inodeck({"audit", "verify", folder / "e", "--checkpoint", folder / "kept"});
    EXPECT_EQ(noticed.status, 1) << noticed.out;
    EXPECT_TRUE(has(noticed.out, "notice: ")) << noticed.out;
    fs::remove(folder / "e/checkpoint");
    const Ran without = inodeck({"audit", "verify", folder / "e"});
    EXPECT_EQ(without.status, 3) << without.out;
    EXPECT_TRUE(has(without.out, "notice: there is no checkpoint in this export: a cut")) << without.out;
    std::ofstream(folder / "e/audit.jsonl", std::ios::app) << "{}\n";
    const Ran broken = inodeck({"audit", "verify", folder / "e"});
    EXPECT_EQ(broken.status, 4) << broken.out << broken.err;
    EXPECT_TRUE(has(broken.out, "first bad record: 3")) << broken.out;
    EXPECT_TRUE(has(broken.out, "BROKEN")) << broken.out;
}

TEST_F(AuditTest, AnExportIsOnRecordAndInItself) {
    restart("vm1", "shop/edge");
    for (const char* out : {"e", "e.tar"}) {
        const Ran ran = inodeck({"audit", "export", "--out", folder / out});
        EXPECT_EQ(ran.status, 0) << ran.err;
        EXPECT_EQ(ran.err, "");
    }
    EXPECT_TRUE(has(inodeck({"audit", "show", "2"}).out, "\"type\":\"export\""));
    EXPECT_EQ(inodeck({"audit", "verify", folder / "e.tar"}).status, 3);
    const Ran csv = inodeck({"audit", "export", "--format", "csv", "--out", folder / "e.csv"});
    EXPECT_EQ(csv.status, 0) << csv.err;
    EXPECT_TRUE(has(csv.out, "not evidence")) << csv.out;
    const Ran again = inodeck({"audit", "export", "--out", folder / "e"});
    EXPECT_EQ(again.status, 2) << again.err;
    EXPECT_TRUE(has(again.err, "exists already")) << again.err;
}

TEST_F(AuditTest, ChosenRecordsAreProven) {
    restart("vm1", "shop/edge");
    restart("vm2", "shop/web");
    ASSERT_EQ(inodeck({"audit", "export", "--host", "vm2", "--out", folder / "e"}).status, 0);
    const Ran ran = inodeck({"audit", "verify", folder / "e"});
    EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
    EXPECT_TRUE(has(ran.out, "2 chosen records")) << ran.out;
}

TEST_F(AuditTest, KeysAreShownAndRotated) {
    const Ran before = inodeck({"audit", "key", "show"});
    EXPECT_EQ(before.status, 0) << before.err;
    EXPECT_TRUE(has(before.out, "-----BEGIN PUBLIC KEY-----")) << before.out;
    EXPECT_FALSE(has(before.out, "PRIVATE")) << before.out;
    restart("vm1", "shop/edge");
    const Ran rotated = inodeck({"audit", "key", "rotate", "--reason", "yearly"});
    EXPECT_EQ(rotated.status, 0) << rotated.err;
    const Ran after = inodeck({"audit", "key", "show"});
    EXPECT_NE(after.out, before.out);
    restart("vm1", "shop/edge");
    const Ran report = inodeck({"audit", "verify"});
    EXPECT_EQ(report.status, 0) << report.out;
    EXPECT_TRUE(has(report.out, "records 0 to 2")) << report.out;
    EXPECT_TRUE(has(report.out, "records 3 on")) << report.out;
    EXPECT_EQ(inodeck({"audit", "key", "rotate"}).status, 2); // no reason
}

TEST_F(AuditTest, InitMakesALogAndSaysWhere) {
    const Ran ran = inodeck({"audit", "init"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(has(ran.out, log().string())) << ran.out;
    EXPECT_TRUE(fs::exists(log()));
    EXPECT_EQ(inodeck({"audit", "init", "--role", "ci"}).status, 2);
    EXPECT_EQ(inodeck({"audit", "copy", folder / "x.sqlite"}).status, 2);
}

TEST_F(AuditTest, RecoverWithoutOpenIntentsSaysSo) {
    restart("vm1", "shop/edge");
    const Ran ran = inodeck(replay({"audit", "recover"}));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, "No open intent.\n");
}

/// No key, no action: whatever is wrong with it is said in one sentence.
TEST_F(AuditTest, ABadlyGuardedKeyStopsEveryAction) {
    restart("vm1", "shop/edge");
    const std::string key = folder / "data/inodeck/keys/audit.key";
    const std::string keys = folder / "data/inodeck/keys";
    const auto refused = [&](const std::string& says) {
        const Ran ran = restart("vm1", "shop/edge");
        EXPECT_EQ(ran.status, 5) << ran.out << ran.err;
        EXPECT_TRUE(has(ran.err, "nothing was done")) << ran.err;
        EXPECT_TRUE(has(ran.err, says)) << ran.err;
    };
    ::chmod(key.c_str(), 0640);
    refused("chmod 600");
    ::chmod(key.c_str(), 0600);
    ::chmod(keys.c_str(), 0750);
    refused("chmod 700");
    ::chmod(keys.c_str(), 0700);
    fs::rename(key, folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", key);
    refused("symbolic link");
    fs::remove(key);
    fs::rename(folder / "elsewhere", key);
    EXPECT_EQ(restart("vm1", "shop/edge").status, 4);
    EXPECT_EQ(count({}), 3u);
}

TEST_F(AuditTest, AFolderInPlaceOfTheLogIsNamed) {
    for (const char* where : {"/tmp", "/tmp/", "/"}) {
        const Ran ran = restart("vm1", "shop/edge", {"--audit", where});
        EXPECT_EQ(ran.status, 5) << ran.out << ran.err;
        EXPECT_TRUE(has(ran.err, std::string(where) + " is a directory; name a file in a folder of its own."))
            << ran.err;
        EXPECT_FALSE(has(ran.err, "chmod")) << ran.err;
        EXPECT_TRUE(has(inodeck({"audit", "list", "--audit", where}).err, "is a directory")) << where;
    }
}

/// A team's log: made by an administrator, then written by a role that can only append.
class PostgresAuditTest : public AuditTest {
protected:
    void SetUp() override {
        if (!test::PostgresServer::missing().empty())
            GTEST_SKIP() << test::PostgresServer::missing();
        AuditTest::SetUp();
        m_server.emplace();
        m_server->sql("CREATE ROLE ci LOGIN PASSWORD 'hidden-word'");
        m_server->sql("CREATE DATABASE log");
        m_uri = m_server->uri("ci", "hidden-word", "log");
    }
    std::optional<test::PostgresServer> m_server;
    std::string m_uri;
};

TEST_F(PostgresAuditTest, ALocalLogMovesAndItsChainGoesOn) {
    restart("vm1", "shop/edge");
    restart("vm2", "shop/web");
    const Ran early = inodeck({"audit", "copy", m_uri});
    EXPECT_EQ(early.status, 5) << early.out << early.err;
    EXPECT_TRUE(has(early.err, "inodeck audit init")) << early.err;
    const Ran made = inodeck({"audit", "init", m_server->adminUri("log"), "--role", "ci"});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(has(made.out, "schema inodeck")) << made.out;
    EXPECT_TRUE(has(made.out, "Role ci may read and append.")) << made.out;
    const Ran copied = inodeck({"audit", "copy", m_uri});
    EXPECT_EQ(copied.status, 0) << copied.out << copied.err;
    EXPECT_TRUE(has(copied.out, "3 records copied")) << copied.out;

    environment["INODECK_AUDIT"] = m_uri;
    EXPECT_EQ(restart("vm1", "shop/edge").status, 4);
    EXPECT_EQ(count({}), 4u);
    const Ran report = inodeck({"audit", "verify"});
    EXPECT_EQ(report.status, 0) << report.out << report.err;
    EXPECT_TRUE(has(report.out, "4 records, 0 to 3")) << report.out;
    ASSERT_EQ(inodeck({"audit", "export", "--out", folder / "e"}).status, 0);
    EXPECT_EQ(inodeck({"audit", "verify", folder / "e"}).status, 3);
    for (const Ran& ran : {early, made, copied, report})
        EXPECT_FALSE(has(ran.out + ran.err, "hidden-word"));
    // The same again changes nothing and loses nothing.
    EXPECT_EQ(inodeck({"audit", "init", m_server->adminUri("log")}).status, 0);
    EXPECT_EQ(inodeck({"audit", "copy", m_uri}).status, 5); // the copy has gone on
    EXPECT_EQ(count({}), 5u);
}

TEST_F(PostgresAuditTest, AServerThatIsGoneStopsEveryAction) {
    ASSERT_EQ(inodeck({"audit", "init", m_server->adminUri("log"), "--role", "ci"}).status, 0);
    environment["INODECK_AUDIT"] = m_uri;
    EXPECT_EQ(restart("vm1", "shop/edge").status, 4);
    m_server->stop();
    const Ran ran = restart("vm1", "shop/edge");
    EXPECT_NE(ran.status, 0) << ran.out << ran.err;
    EXPECT_TRUE(has(ran.out + ran.err, "cannot be reached")) << ran.out << ran.err;
    EXPECT_EQ(inodeck({"audit", "list"}).status, 5);
    EXPECT_EQ(inodeck({"audit", "verify"}).status, 2);
}

} // namespace
} // namespace inodeck
