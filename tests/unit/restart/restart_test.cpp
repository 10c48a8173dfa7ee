#include <fstream>

#include "core/audit/sqlite.h"
#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class RestartTest : public test::RestartRig {};

TEST_F(RestartTest, IsDoneProvenAndOnRecord) {
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::Verified) << result.text;
    EXPECT_EQ(vm.restarts, 1);
    ASSERT_EQ(result.after.rows.size(), 1u);
    EXPECT_EQ(result.after.rows[0].judgement.verdict, Verdict::InSync);
    EXPECT_EQ(words(), (Words{"intent", "outcome verified"}));
    EXPECT_TRUE(open()->openIntents()->empty());
}

/// Read by another connection from within the command: the intent is on disk, and nothing else is.
TEST_F(RestartTest, TheIntentIsDurableBeforeTheCommandRuns) {
    std::vector<RecordDraft> then;
    std::size_t openThen = 0;
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        then = onDisk();
        openThen = open()->openIntents()->size();
        return vm.restartNow();
    };
    EXPECT_EQ(run().status, RestartStatus::Verified);
    ASSERT_EQ(then.size(), 1u);
    EXPECT_EQ(then[0].type, RecordType::Intent);
    EXPECT_EQ(openThen, 1u);
}

TEST_F(RestartTest, TheRecordsSayWhoWhatWhyAndWithWhichProof) {
    const RestartPlan what = plan();
    const RestartResult result = run(what, order());
    const auto records = onDisk();
    ASSERT_EQ(records.size(), 2u);
    const RecordDraft& intent = records[0];
    EXPECT_EQ(intent.opId, result.opId);
    EXPECT_EQ(records[1].opId, result.opId);
    EXPECT_EQ(intent.actor.account, "tester");
    EXPECT_EQ(intent.reason, "new config");
    EXPECT_EQ(intent.target.vm, "vm");
    EXPECT_EQ(intent.target.service, "edge");
    EXPECT_EQ(intent.target.containerId, what.container.id.hex());
    EXPECT_EQ(intent.target.hostKeySha256, "SHA256:scripted");
    EXPECT_EQ(intent.target.startedAt, what.container.startedAt);
    ASSERT_EQ(intent.evidence.size(), 1u);
    EXPECT_EQ(intent.evidence[0].verdict, "stale_inode");
    EXPECT_EQ(intent.evidence[0].host.sha256, Sha256::of("new\n"));
    EXPECT_EQ(intent.evidence[0].container.sha256, Sha256::of("old\n"));
    const AuditResult& outcome = records[1].result.value();
    EXPECT_EQ(outcome.exitStatus, 0);
    EXPECT_EQ(outcome.verdict, "in_sync");
    EXPECT_EQ(outcome.containerSha256, Sha256::of("new\n"));
    EXPECT_NE(outcome.startedAt, intent.target.startedAt);
}

/// What the fleet file marks as secret has no hash on record that could be guessed, however its file is
/// called.
TEST_F(RestartTest, ASecretServiceIsOnRecordWithHmacs) {
    host.secretServices = {"shop/edge"};
    EXPECT_EQ(run().status, RestartStatus::Verified);
    const auto records = onDisk();
    ASSERT_EQ(records.size(), 2u);
    for (const RecordDraft& record : records) {
        EXPECT_TRUE(record.evidence.at(0).secret);
        EXPECT_FALSE(record.evidence[0].host.sha256);
        EXPECT_TRUE(record.evidence[0].host.hmac);
    }
    EXPECT_FALSE(records[1].result->containerSha256);
}

TEST_F(RestartTest, TheCommandOnRecordIsTheCommandThatRan) {
    run();
    std::string ran;
    for (const std::string& command : transport.commands())
        if (command.starts_with("docker restart"))
            ran = command;
    const auto argv = onDisk().front().argv;
    EXPECT_EQ(argv, (Words{"docker", "restart", "-t", "1", test::containerId('a')}));
    EXPECT_EQ(ran, "docker restart -t 1 " + test::containerId('a'));
}

TEST_F(RestartTest, ItsStepsComeInOrderAndEachPasses) {
    std::vector<RestartStep> passed;
    run(plan(), order(), [&](const StepEvent& event) {
        EXPECT_NE(event.state, StepState::Failed) << event.text;
        EXPECT_FALSE(event.text.empty());
        if (event.state == StepState::Passed)
            passed.push_back(event.step);
    });
    EXPECT_EQ(passed, (std::vector{RestartStep::Guard, RestartStep::Intent, RestartStep::Restart,
                                   RestartStep::Wait, RestartStep::Prove, RestartStep::Outcome}));
}

TEST_F(RestartTest, AnotherOpenIntentForTheContainerIsRespected) {
    const RestartPlan what = plan();
    RecordDraft theirs;
    theirs.type = RecordType::Intent;
    theirs.opId = newUuid();
    theirs.actor.account = "colleague";
    theirs.target = targetOf(what);
    ASSERT_TRUE(open()->append(theirs, Deadline::after(std::chrono::seconds{5})));
    const RestartResult result = run(what, order());
    EXPECT_EQ(result.status, RestartStatus::Refused);
    EXPECT_NE(result.text.find("colleague"), std::string::npos) << result.text;
    EXPECT_EQ(vm.restarts, 0);
}

/// Both looked before either wrote: the one that is later on record gives way.
TEST_F(RestartTest, OfTwoThatBeginAtOnceOneGivesWay) {
    const RestartPlan what = plan();
    const auto result = run(what, order(), [&](const StepEvent& event) {
        if (event.step != RestartStep::Intent || event.state != StepState::Running)
            return;
        RecordDraft theirs;
        theirs.type = RecordType::Intent;
        theirs.opId = newUuid();
        theirs.target = targetOf(what);
        ASSERT_TRUE(open()->append(theirs, Deadline::after(std::chrono::seconds{5})));
    });
    EXPECT_EQ(result.status, RestartStatus::Refused) << result.text;
    EXPECT_EQ(vm.restarts, 0);
    EXPECT_EQ(words(), (Words{"intent", "intent", "outcome refused"}));
    EXPECT_EQ(open()->openIntents()->size(), 1u) << "theirs is still at work";
}

/// What stands in the way of a record, each found right before the intent.
struct Obstacle {
    const char* name;
    void (*put)(const fs::path& folder, const fs::path& file);
};

void PrintTo(const Obstacle& obstacle, std::ostream* out) {
    *out << obstacle.name;
}

void sql(const fs::path& file, const char* text) {
    auto db = SqliteDatabase::open(file);
    ASSERT_TRUE(db) << db.error().message;
    const auto done = db->run(text, Deadline::after(std::chrono::seconds{5}));
    ASSERT_TRUE(done) << done.error().message;
}

constexpr const char* Full =
    "CREATE TRIGGER full BEFORE INSERT ON records BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

const Obstacle Obstacles[] = {
    {"OpenToOthers", [](const fs::path&, const fs::path& file) { fs::permissions(file, fs::perms{0666}); }},
    {"Gone", [](const fs::path&, const fs::path& file) { fs::remove(file); }},
    {"KeyGone",
     [](const fs::path& folder, const fs::path&) { fs::remove_all(folder / "data/inodeck/keys"); }},
    {"DiskFull", [](const fs::path&, const fs::path& file) { sql(file, Full); }},
    {"Altered",
     [](const fs::path&, const fs::path& file) {
         sql(file, "DROP TRIGGER records_no_update; UPDATE records SET line=CAST(replace(CAST(line AS TEXT), "
                   "'tester', 'nobody') AS BLOB)");
     }},
    {"CutShort",
     [](const fs::path&, const fs::path& file) {
         sql(file, "DROP TRIGGER records_no_delete; DELETE FROM records WHERE seq>0");
     }},
    {"SpoolGarbled",
     [](const fs::path&, const fs::path& file) {
         const fs::path spool = file.string() + ".spool";
         std::ofstream(spool) << "no record\n";
         fs::permissions(spool, fs::perms{0600});
     }},
};

class NoRecordTest : public test::RestartRig, public ::testing::WithParamInterface<Obstacle> {};

TEST_P(NoRecordTest, NoRestart) {
    ASSERT_EQ(run().status, RestartStatus::Verified) << "there is a log";
    vm.restarts = 0;
    vm.containers[0].mounts[0].host.inode = 300;
    vm.containers[0].mounts[0].host.content = "newer\n";
    const RestartPlan what = plan();
    GetParam().put(folder, auditFile());
    const RestartResult result = run(what, order());
    EXPECT_EQ(result.status, RestartStatus::NotRecorded) << result.text;
    EXPECT_NE(result.text.find("Nothing was done"), std::string::npos) << result.text;
    EXPECT_EQ(vm.restarts, 0);
    EXPECT_TRUE(result.after.rows.empty());
}

INSTANTIATE_TEST_SUITE_P(Obstacles, NoRecordTest, ::testing::ValuesIn(Obstacles),
                         [](const auto& one) { return std::string(one.param.name); });

/// The outcome waits beside the log and enters it before the next restart.
TEST_F(RestartTest, AnOutcomeThatCannotBeRecordedIsSpooled) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        sql(auditFile(), Full);
        return vm.restartNow();
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::OutcomeSpooled) << result.text;
    EXPECT_EQ(words(), Words{"intent"});
    EXPECT_TRUE(fs::exists(auditFile().string() + ".spool"));
    EXPECT_FALSE(store->ready()) << "nothing more is done while it waits";
    sql(auditFile(), "DROP TRIGGER full");
    EXPECT_TRUE(store->ready());
    EXPECT_EQ(words(), (Words{"intent", "outcome verified"}));
}

} // namespace
} // namespace inodeck
