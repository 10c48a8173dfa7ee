#include <csignal>
#include <sys/wait.h>

#include "tests/support/later_clock.h"
#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

/// The next run after one that was killed between intent and outcome.
class RecoverTest : public test::RestartRig {
protected:
    /// A real process that gets a real SIGKILL while its restart command runs.
    void killedInTheMiddle() {
        const RestartPlan what = plan();
        store.reset();
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            vm.onRestart = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
                ::kill(::getpid(), SIGKILL);
                return fail(ErrorCode::Internal, "not reached");
            };
            store = open();
            run(what, order());
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
            << "it did not get as far as the command";
        store = open();
    }
    OpenIntent theOpenOne() {
        const auto intents = store->openIntents();
        if (!intents || intents->size() != 1)
            throw std::runtime_error("there is not one open intent");
        return intents->front();
    }
    Result<AuditResult> recover(const OpenIntent& intent) {
        return Restarter(scanner, *store, later).recover(intent, host, {"second", "", ""}, cancel);
    }
    const test::LaterClock later{};
};

TEST_F(RecoverTest, AKilledRunLeavesItsIntentOpen) {
    killedInTheMiddle();
    EXPECT_EQ(words(), Words{"intent"});
    const OpenIntent intent = theOpenOne();
    EXPECT_EQ(intent.draft.target.service, "edge");
    EXPECT_EQ(intent.draft.reason, "new config");
    EXPECT_TRUE(store->ready()) << "a crash does not block the log";
}

TEST_F(RecoverTest, SaysNotDoneWhenItIsStillTheSameProcess) {
    killedInTheMiddle();
    const auto found = recover(theOpenOne());
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->status, "not_done");
    EXPECT_EQ(found->verdict, "stale_inode");
    EXPECT_EQ(words(), (Words{"intent", "recovered not_done"}));
    EXPECT_TRUE(store->openIntents()->empty());
}

TEST_F(RecoverTest, SaysDoneWhenDockerFinishedIt) {
    killedInTheMiddle();
    ASSERT_TRUE(vm.restartNow());
    const auto found = recover(theOpenOne());
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->status, "done");
    EXPECT_EQ(found->verdict, "in_sync");
    const RecordDraft record = onDisk().back();
    EXPECT_EQ(record.opId, onDisk().front().opId);
    EXPECT_EQ(record.actor.account, "second") << "who looked, not who began";
    EXPECT_NE(record.reason.find("new config"), std::string::npos);
    ASSERT_EQ(record.evidence.size(), 1u);
    EXPECT_EQ(record.evidence[0].verdict, "in_sync");
}

/// A clean stop takes its time, also when nobody waits for it any more.
TEST_F(RecoverTest, WaitsForTheCommandOfAYoungIntent) {
    killedInTheMiddle();
    const OpenIntent intent = theOpenOne();
    std::vector<std::string> told;
    const auto found =
        Restarter(scanner, *store, Clock::system())
            .recover(intent, host, {"second", "", ""}, cancel, [&](const std::string& sentence) {
                told.push_back(sentence);
                ASSERT_TRUE(vm.restartNow());
            });
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->status, "done");
    EXPECT_EQ(words(), (Words{"intent", "recovered done"}));
    ASSERT_EQ(told.size(), 1u);
    EXPECT_NE(told[0].find("may still run on vm: looking again for up to 30 s"), std::string::npos)
        << told[0];
}

TEST_F(RecoverTest, ALongCleanStopHasItsTime) {
    killedInTheMiddle();
    OpenIntent intent = theOpenOne();
    intent.draft.argv = {"docker", "restart", "-t", "120", test::containerId('a')};
    std::string told;
    Restarter(scanner, *store, Clock::system())
        .recover(intent, host, {"second", "", ""}, cancel, [&](const std::string& sentence) {
            told = sentence;
            cancel.request();
        });
    EXPECT_NE(told.find("up to 140 s"), std::string::npos) << told;
    EXPECT_EQ(words(), Words{"intent"});
}

TEST_F(RecoverTest, WaitsNoLongerThanItIsLetTo) {
    killedInTheMiddle();
    const auto found = Restarter(scanner, *store, Clock::system())
                           .recover(theOpenOne(), host, {"second", "", ""}, cancel,
                                    [&](const std::string&) { cancel.request(); });
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("stays open"), std::string::npos) << found.error().message;
    EXPECT_EQ(store->openIntents()->size(), 1u);
}

/// `docker compose up` has made a new one in its place: nothing can be said, but the matter is closed.
TEST_F(RecoverTest, SaysUnknownWhenTheContainerIsGone) {
    killedInTheMiddle();
    vm.containers.erase(vm.containers.begin());
    const auto found = recover(theOpenOne());
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->status, "unknown");
    EXPECT_EQ(words(), (Words{"intent", "recovered unknown"}));
}

TEST_F(RecoverTest, OnlyLooksAndNeverRestarts) {
    killedInTheMiddle();
    ASSERT_TRUE(recover(theOpenOne()));
    EXPECT_TRUE(transport.commands().empty()) << transport.commands().front();
    EXPECT_EQ(vm.restarts, 0);
}

TEST_F(RecoverTest, AHostThatDoesNotAnswerKeepsItsIntentOpen) {
    killedInTheMiddle();
    vm.onProbe = [] { return fail(ErrorCode::Timeout, "too slow today"); };
    const auto found = recover(theOpenOne());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Timeout);
    EXPECT_NE(found.error().message.find("stays open"), std::string::npos) << found.error().message;
    EXPECT_EQ(store->openIntents()->size(), 1u);
}

TEST_F(RecoverTest, AnIntentWithoutAContainerIdIsAnError) {
    RecordDraft odd;
    odd.type = RecordType::Intent;
    odd.opId = newUuid();
    odd.target.vm = "vm";
    odd.target.containerId = "$(reboot)";
    ASSERT_TRUE(store->append(odd, Deadline::after(5s)));
    EXPECT_FALSE(recover(theOpenOne()));
    EXPECT_TRUE(transport.commands().empty());
}

TEST_F(RecoverTest, AfterItTheRestartCanBeDone) {
    killedInTheMiddle();
    EXPECT_EQ(run().status, RestartStatus::Refused) << "it may still be at work";
    ASSERT_TRUE(recover(theOpenOne()));
    EXPECT_EQ(run().status, RestartStatus::Verified);
}

} // namespace
} // namespace inodeck
