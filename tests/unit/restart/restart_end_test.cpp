#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

/// How a restart can end other than well, and what the log says then.
class RestartEndTest : public test::RestartRig {
protected:
    /// The command runs on the VM, but its answer never comes.
    void loseTheAnswer(bool itIsDone) {
        vm.onRestart = [this, itIsDone](const ExecRequest&, const Deadline&,
                                        const Cancel&) -> Result<ExecResult> {
            if (itIsDone)
                static_cast<void>(vm.restartNow());
            return fail(ErrorCode::Disconnected, "The connection ended.");
        };
    }
    RestartResult runWithin(std::chrono::seconds healthTimeout) {
        RestartOrder how = order();
        how.healthTimeout = healthTimeout;
        return run(plan(), how);
    }
    AuditResult outcome() const { return onDisk().back().result.value(); }
};

TEST_F(RestartEndTest, TheCommandFails) {
    vm.onRestart = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return ExecResult{{}, "Error response from daemon: cannot \x1b[2J restart", 1};
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::Failed);
    EXPECT_NE(result.text.find("Error response from daemon"), std::string::npos) << result.text;
    EXPECT_EQ(result.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(words(), (Words{"intent", "outcome failed"}));
    EXPECT_EQ(outcome().exitStatus, 1);
    EXPECT_NE(outcome().stderrTail.find("Error response"), std::string::npos);
}

TEST_F(RestartEndTest, ItIsRestartedButStillStale) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        ++vm.containers[0].starts;
        return ExecResult{{}, {}, 0};
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::StillStale);
    EXPECT_NE(result.text.find("not proven"), std::string::npos) << result.text;
    EXPECT_EQ(words(), (Words{"intent", "outcome still_stale"}));
    EXPECT_EQ(outcome().verdict, "stale_inode");
}

TEST_F(RestartEndTest, TheProofCannotBeRead) {
    vm.onProbe = [&]() -> Result<void> {
        if (vm.restarts > 0)
            return fail(ErrorCode::Timeout, "The probe was not answered.");
        return {};
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::StillStale);
    EXPECT_NE(result.text.find("not proven"), std::string::npos) << result.text;
    EXPECT_EQ(words(), (Words{"intent", "outcome still_stale"}));
    EXPECT_EQ(outcome().verdict, "");
}

/// A mount that was readable before and is not any more proves nothing.
TEST_F(RestartEndTest, TheProofIsUnknown) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        auto done = vm.restartNow();
        vm.containers[0].mounts[0].inside.error = "denied";
        return done;
    };
    EXPECT_EQ(run().status, RestartStatus::StillStale);
    EXPECT_EQ(outcome().verdict, "unknown");
}

/// A mount that nobody could read before does not stand in the way, but nothing is said to be in sync of it.
TEST_F(RestartEndTest, OneMountIsUnknownBeforeAndAfter) {
    test::MountText other{"/srv/other.conf", "/etc/other.conf", {}, {}};
    other.inside.error = "other_mount";
    vm.containers[0].mounts.push_back(other);
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        auto done = vm.restartNow();
        vm.containers[0].mounts[1] = other;
        return done;
    };
    std::string proven;
    const RestartResult result = RestartRig::run(plan(), order(), [&](const StepEvent& event) {
        if (event.step == RestartStep::Prove && event.state == StepState::Passed)
            proven = event.text;
    });
    EXPECT_EQ(result.status, RestartStatus::Verified);
    EXPECT_EQ(result.unread, Words{"/etc/other.conf"});
    for (const std::string& said : {result.text, proven}) {
        EXPECT_EQ(said.find("every mount is in sync"), std::string::npos) << said;
        EXPECT_NE(said.find("that can be read is in sync. Unknown, as before the restart: /etc/other.conf."),
                  std::string::npos)
            << said;
    }
    EXPECT_EQ(outcome().verdict, "unknown");
}

/// Docker says that all is well, and it is the same process as before.
TEST_F(RestartEndTest, TheCommandSucceedsButNothingStartedAgain) {
    vm.onRestart = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return ExecResult{{}, {}, 0};
    };
    const RestartResult result = runWithin(1s);
    EXPECT_EQ(result.status, RestartStatus::Failed);
    EXPECT_NE(result.text.find("has not been started again"), std::string::npos) << result.text;
    EXPECT_EQ(words(), (Words{"intent", "outcome failed"}));
}

TEST_F(RestartEndTest, ItEndsRightAfterItsStart) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        auto done = vm.restartNow();
        vm.containers[0].running = false;
        return done;
    };
    EXPECT_EQ(run().status, RestartStatus::Failed);
    EXPECT_EQ(words(), (Words{"intent", "outcome failed"}));
}

TEST_F(RestartEndTest, ItsHealthcheckSaysNo) {
    vm.containers[0].health = "healthy";
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        vm.containers[0].health = "unhealthy";
        return vm.restartNow();
    };
    EXPECT_EQ(run().status, RestartStatus::Unhealthy);
    EXPECT_EQ(outcome().status, "unhealthy");
    EXPECT_EQ(outcome().health, "unhealthy");
}

TEST_F(RestartEndTest, ItsHealthcheckNeverSaysYes) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        vm.containers[0].health = "starting";
        return vm.restartNow();
    };
    EXPECT_EQ(runWithin(1s).status, RestartStatus::TimedOut);
    EXPECT_EQ(words(), (Words{"intent", "outcome timed_out"}));
}

TEST_F(RestartEndTest, TheAnswerIsLostButItWasDone) {
    loseTheAnswer(true);
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::Verified) << result.text;
    EXPECT_EQ(vm.restarts, 1) << "never sent twice";
    EXPECT_EQ(words(), (Words{"intent", "outcome verified"}));
    EXPECT_EQ(outcome().exitStatus, std::nullopt) << "nobody saw it";
}

TEST_F(RestartEndTest, TheCommandEndsWithoutAStatus) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        static_cast<void>(vm.restartNow());
        return ExecResult{{}, {}, -1};
    };
    EXPECT_EQ(run().status, RestartStatus::Verified);
    EXPECT_EQ(outcome().exitStatus, std::nullopt);
}

TEST_F(RestartEndTest, TheAnswerIsLostAndItWasNotDone) {
    loseTheAnswer(false);
    const RestartResult result = runWithin(1s);
    EXPECT_EQ(result.status, RestartStatus::Failed);
    EXPECT_EQ(vm.restarts, 1) << "never sent twice";
    EXPECT_EQ(result.text.find("succeeded"), std::string::npos) << result.text;
}

TEST_F(RestartEndTest, TheHostIsLostAfterTheIntent) {
    loseTheAnswer(true);
    vm.onInspect = [](const Deadline&, const Cancel&) { return fail(ErrorCode::Disconnected, "no route"); };
    const RestartResult result = runWithin(1s);
    EXPECT_EQ(result.status, RestartStatus::Unknown);
    EXPECT_EQ(words(), Words{"intent"}) << "no outcome may be claimed";
    EXPECT_EQ(open()->openIntents()->size(), 1u);
}

/// A look from before the connection went says nothing of what Docker did afterwards.
TEST_F(RestartEndTest, TheHostIsLostWhileItStopsTheContainer) {
    loseTheAnswer(false);
    int looks = 0;
    vm.onInspect = [&](const Deadline&, const Cancel&) -> Result<void> {
        if (++looks > 1)
            return fail(ErrorCode::Disconnected, "no route");
        return {};
    };
    const RestartResult result = runWithin(1s);
    EXPECT_EQ(result.status, RestartStatus::Unknown) << result.text;
    EXPECT_EQ(words(), Words{"intent"});
}

TEST_F(RestartEndTest, ACancelWhileTheCommandRunsOnlyEndsTheWaiting) {
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel& theirs) {
        cancel.request();
        EXPECT_FALSE(theirs.requested()) << "what was begun is not torn off";
        return vm.restartNow();
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::TimedOut);
    EXPECT_NE(result.text.find("stopped waiting"), std::string::npos) << result.text;
    EXPECT_EQ(words(), (Words{"intent", "outcome timed_out"}));
    EXPECT_EQ(outcome().exitStatus, 0);
}

TEST_F(RestartEndTest, ACancelInTheMiddleOfALookIsNoLostConnection) {
    vm.onInspect = [&](const Deadline& deadline, const Cancel& theirs) -> Result<void> {
        cancel.request();
        return tl::unexpected(test::hang(deadline, theirs).error());
    };
    const RestartResult result = run();
    EXPECT_EQ(result.status, RestartStatus::TimedOut) << result.text;
    EXPECT_EQ(words(), (Words{"intent", "outcome timed_out"}));
}

} // namespace
} // namespace inodeck
