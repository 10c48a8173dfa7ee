#include "core/base/hex.h"
#include "core/restart/vm_lock.h"
#include "core/transport/local_transport.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::has;
using test::Ran;
using test::staleContainer;
using test::syncedContainer;
using Words = std::vector<std::string>;

/// The commands besides scan. A recording can be looked at, and whatever else is tried there fails: what is
/// done on real hosts is for the lab's tests.
class ActionTest : public test::CliTest {
protected:
    void SetUp() override { record("vm1", {staleContainer('a', "edge"), syncedContainer('b', "web")}); }
    Ran restart(Words more) const {
        more.insert(more.begin(), {"restart", "vm1"});
        more.insert(more.end(), {"--reason", "new config"});
        return inodeck(replay(more));
    }
    void openIntentOn(const std::string& vm) {
        ::setenv("XDG_DATA_HOME", environment["XDG_DATA_HOME"].c_str(), 1);
        ::setenv("XDG_STATE_HOME", environment["XDG_STATE_HOME"].c_str(), 1);
        RecordDraft intent;
        intent.type = RecordType::Intent;
        intent.opId = newUuid();
        intent.target.vm = vm;
        intent.target.service = "edge";
        intent.target.containerId = test::containerId('a');
        intent.target.startedAt = Clock::system().now() - std::chrono::hours{1};
        {
            auto store = openAuditStore({});
            ASSERT_TRUE(store) << store.error().message;
            ASSERT_TRUE((*store)->append(intent, Deadline::after(std::chrono::seconds{5})));
        }
    }
    std::filesystem::path log() const { return folder / "data/inodeck/audit.sqlite"; }
};

TEST_F(ActionTest, ADryRunShowsCauseCommandAndGuardAndWritesNothing) {
    const Ran ran = restart({"shop/edge", "--dry-run"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("cause    /etc/app.conf: "), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("command  docker restart -t 10 " + test::containerId('a')), std::string::npos)
        << ran.out;
    EXPECT_NE(ran.out.find("Dry run: nothing was done."), std::string::npos) << ran.out;
    EXPECT_FALSE(std::filesystem::exists(log()));
}

TEST_F(ActionTest, ADryRunShowsTheCommandThatWouldRun) {
    const Ran ran = restart({"shop/edge", "--dry-run", "--stop-timeout", "30"});
    EXPECT_NE(ran.out.find("docker restart -t 30 "), std::string::npos) << ran.out;
}

TEST_F(ActionTest, ADryRunOfWhatWouldBeRefusedIsFour) {
    const Ran synced = restart({"shop/web", "--dry-run"});
    EXPECT_EQ(synced.status, 4) << synced.out;
    EXPECT_NE(synced.out.find("would be refused"), std::string::npos) << synced.out;
    EXPECT_EQ(restart({"shop/web", "--dry-run", "--even-if-in-sync"}).status, 0);
    auto missing = staleContainer('a', "edge");
    missing.mounts.front().host.error = "missing";
    record("vm1", {missing});
    const Ran ran = restart({"shop/edge", "--dry-run", "--even-if-in-sync"});
    EXPECT_EQ(ran.status, 4) << ran.out;
    EXPECT_NE(ran.out.find("FAIL"), std::string::npos) << ran.out;
}

TEST_F(ActionTest, ARefusedRestartIsFourAndOnRecord) {
    const Ran ran = restart({"shop/edge"});
    EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("Refused, nothing was done"), std::string::npos) << ran.out;
    const Ran list = inodeck({"audit", "list"});
    EXPECT_EQ(list.status, 0) << list.err;
    EXPECT_NE(list.out.find("refused"), std::string::npos) << list.out;
    EXPECT_NE(list.out.find("new config"), std::string::npos) << list.out;
    EXPECT_EQ(list.out.find("intent"), std::string::npos) << list.out;
}

TEST_F(ActionTest, WithoutAnAuditLogItIsFive) {
    const Ran ran = restart({"shop/edge", "--audit", "/proc/inodeck/audit.sqlite"});
    EXPECT_EQ(ran.status, 5) << ran.out << ran.err;
    EXPECT_NE(ran.err.find("nothing was done"), std::string::npos) << ran.err;
}

TEST_F(ActionTest, AnUnknownContainerIsTwoAndTheOthersAreNamed) {
    for (const Words& command :
         {Words{"restart", "vm1", "shop/nobody", "--reason", "x"}, Words{"diff", "vm1", "shop/nobody"}}) {
        const Ran ran = inodeck(replay(command));
        EXPECT_EQ(ran.status, 2) << ran.err;
        EXPECT_NE(ran.err.find("shop/edge, shop/web"), std::string::npos) << ran.err;
    }
}

TEST_F(ActionTest, AHostThatCannotBeObservedIsThree) {
    record("vm2", test::refusedText("permission denied"));
    for (const Words& command : {Words{"restart", "vm2", "shop/edge", "--reason", "x"},
                                 Words{"diff", "vm2", "shop/edge"}, Words{"doctor", "vm2"}})
        EXPECT_EQ(inodeck(replay(command)).status, 3) << command[0];
    EXPECT_FALSE(std::filesystem::exists(log()));
}

TEST_F(ActionTest, DiffOfWhatCannotBeReadIsThree) {
    const Ran ran = inodeck(replay({"diff", "vm1", "shop/edge"}));
    EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
    EXPECT_NE(ran.err.find("recording"), std::string::npos) << ran.err;
}

/// Nothing reads it: there is no diff, and no time for which it has been up.
TEST_F(ActionTest, AStoppedContainerIsSaidToBe) {
    auto stopped = staleContainer('a', "edge");
    stopped.running = false;
    record("vm1", {stopped});
    const Ran diff = inodeck(replay({"diff", "vm1", "shop/edge"}));
    EXPECT_EQ(diff.status, 3) << diff.out << diff.err;
    EXPECT_TRUE(has(diff.err, "shop/edge does not run (exited): nothing reads /etc/app.conf")) << diff.err;
    const Ran plan = restart({"shop/edge", "--dry-run", "--even-if-in-sync"});
    EXPECT_TRUE(has(plan.out, "not running (exited)")) << plan.out;
    EXPECT_FALSE(has(plan.out, "up for")) << plan.out;
}

TEST_F(ActionTest, DiffOfADestinationThatIsNotThereIsTwo) {
    const Ran ran = inodeck(replay({"diff", "vm1", "shop/edge", "/etc/other"}));
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_NE(ran.err.find("/etc/other"), std::string::npos) << ran.err;
}

TEST_F(ActionTest, DoctorSaysWhatAccessThereIsAndWhatIsLacking) {
    const Ran good = inodeck(replay({"doctor", "vm1"}));
    EXPECT_EQ(good.status, 0) << good.out;
    EXPECT_NE(good.out.find("root: everything can be seen"), std::string::npos) << good.out;
    record("vm2", test::refusedText("permission denied"));
    const Ran bad = inodeck(replay({"doctor", "vm2"}));
    EXPECT_EQ(bad.status, 3) << bad.out;
    EXPECT_NE(bad.out.find("lacking     Docker could not be asked: permission denied"), std::string::npos)
        << bad.out;
    EXPECT_NE(bad.out.find("usermod -aG docker deploy"), std::string::npos) << bad.out;
}

/// What the account has already is not what it lacks.
TEST_F(ActionTest, DoctorAdvisesNoRightsThatTheAccountHas) {
    const auto answerOf = [](std::string text, const std::string& user) {
        const std::string mine = "user 1000 0 x" + hexEncode("deploy");
        return text.replace(text.find(mine), mine.size(), user + " x" + hexEncode("deploy"));
    };
    for (const char* user : {"user 0 0", "user 0 1"}) {
        record("vm2", answerOf(test::refusedText("no daemon"), user));
        const Ran root = inodeck(replay({"doctor", "vm2", "--docker", "my docker"}));
        EXPECT_EQ(root.status, 3) << root.out;
        EXPECT_TRUE(has(root.out, "root, but Docker does not answer")) << root.out;
        EXPECT_TRUE(has(root.out, "It was called as\n    my docker\n")) << root.out;
        EXPECT_TRUE(has(root.out, "--docker")) << root.out;
        EXPECT_FALSE(has(root.out, "usermod") || has(root.out, "NOPASSWD")) << root.out;
    }
    std::string member = test::probeText({syncedContainer('a', "web")});
    const std::string root = "user 0 0 x" + hexEncode("root");
    record("vm2", member.replace(member.find(root), root.size(), "user 1000 0 x" + hexEncode("op")));
    const Ran group = inodeck(replay({"doctor", "vm2"}));
    EXPECT_TRUE(has(group.out, "op ALL=(root) NOPASSWD: ALL")) << group.out;
    EXPECT_FALSE(has(group.out, "usermod")) << group.out;
}

TEST_F(ActionTest, TrustOfAHostThatDoesNotAnswerIsThreeAndRecordsNothing) {
    const Ran ran = inodeck({"trust", "127.0.0.1:1", "--yes"});
    EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
    EXPECT_FALSE(std::filesystem::exists(folder / ".ssh/known_hosts"));
}

TEST_F(ActionTest, AnOpenIntentIsReportedByTheNextRestart) {
    openIntentOn("vm1");
    const Ran next = restart({"shop/edge"});
    EXPECT_NE(next.err.find("open intent: record 1"), std::string::npos) << next.err;
    EXPECT_EQ(next.status, 4);
    const Ran recovered = inodeck(replay({"audit", "recover"}));
    EXPECT_EQ(recovered.status, 0) << recovered.out << recovered.err;
    EXPECT_NE(recovered.out.find("record 1: "), std::string::npos) << recovered.out;
    EXPECT_NE(inodeck(replay({"audit", "recover"})).out.find("No open intent"), std::string::npos);
}

TEST_F(ActionTest, ARestartThatMayStillRunIsNotRecovered) {
    openIntentOn("local");
    LocalTransport transport;
    SessionPool pool{transport};
    Host host;
    host.name = "local";
    host.local = true;
    const Cancel cancel;
    const auto lock =
        VmLock::acquire(transport, pool, host, {"night@here", std::chrono::seconds{60}, {}}, cancel);
    ASSERT_TRUE(lock) << lock.error().message;
    const Ran ran = inodeck({"audit", "recover"});
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.err.find("Record 1 stays open: "), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("night@here"), std::string::npos) << ran.err;
    EXPECT_EQ(inodeck({"audit", "list"}).out.find("recovered"), std::string::npos);
}

TEST_F(ActionTest, ARecordThatIsNotThereIsTwo) {
    restart({"shop/edge"});
    EXPECT_EQ(inodeck({"audit", "show", "0"}).status, 0);
    EXPECT_EQ(inodeck({"audit", "show", "99"}).status, 2);
}

} // namespace
} // namespace inodeck
