#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using Words = std::vector<std::string>;

/// A service with a restart command, a validate command or a known baseline of its own.
class CommandTest : public test::RestartRig {
protected:
    CommandTest() {
        how = order();
        vm.onCommand = [this](const ExecRequest& request, const Deadline&, const Cancel&) {
            return request.command.starts_with("check") ? checked() : done();
        };
    }
    Result<ExecResult> checked() const { return ExecResult{{}, checkSays, checkStatus}; }
    Result<ExecResult> done() {
        ++ownRestarts;
        if (newContainer)
            vm.containers.front().id = test::containerId('c');
        return vm.restartNow();
    }

    RestartOrder how;
    std::string checkSays;
    int checkStatus = 0;
    int ownRestarts = 0;
    bool newContainer = false;
};

TEST_F(CommandTest, TheServicesOwnCommandRunsInPlaceOfDockerRestart) {
    how.command = {"/usr/local/bin/bounce", "the edge", "$(reboot)"};
    const RestartResult result = run(plan(), how);
    EXPECT_EQ(result.status, RestartStatus::Verified) << result.text;
    EXPECT_EQ(ownRestarts, 1);
    EXPECT_EQ(vm.restarts, 0) << "docker restart was not run as well";
    EXPECT_EQ(transport.commands().front(), "/usr/local/bin/bounce 'the edge' '$(reboot)'");
    EXPECT_EQ(onDisk().front().argv, how.command) << "the command on record is the command that ran";
    EXPECT_EQ(restartArgv(plan(), how), how.command);
}

TEST_F(CommandTest, WithSudoItIsRunWithSudo) {
    RestartPlan sudo = plan();
    sudo.access.level = AccessLevel::Sudo;
    how.command = {"bounce", "edge"};
    EXPECT_EQ(restartArgv(sudo, how), (Words{"sudo", "-n", "bounce", "edge"}));
    how.command = {"sudo", "bounce"};
    EXPECT_EQ(restartArgv(sudo, how), (Words{"sudo", "bounce"})) << "once is enough";
}

/// `docker compose up --force-recreate`: another container under the same name.
TEST_F(CommandTest, AContainerThatTakesItsPlaceIsTheOneThatIsProven) {
    how.command = {"recreate", "edge"};
    newContainer = true;
    const RestartResult result = run(plan(), how);
    ASSERT_EQ(result.status, RestartStatus::Verified) << result.text;
    ASSERT_EQ(result.after.rows.size(), 1u);
    EXPECT_EQ(result.after.rows[0].observation.container.id.hex(), test::containerId('c'));
    EXPECT_EQ(onDisk().back().result->containerId, test::containerId('c')) << "which one it is, is on record";
    EXPECT_EQ(onDisk().front().target.containerId, test::containerId('a')) << "what it was done to";
    EXPECT_TRUE(open()->openIntents()->empty());
}

TEST_F(CommandTest, ACommandThatRestartsNothingHasFailed) {
    how.command = {"reload", "edge"};
    how.healthTimeout = std::chrono::seconds{1};
    vm.onCommand = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return ExecResult{"reloaded\n", {}, 0};
    };
    const RestartResult result = run(plan(), how);
    EXPECT_EQ(result.status, RestartStatus::Failed) << result.text;
    EXPECT_NE(result.text.find("has not been started again"), std::string::npos) << result.text;
}

TEST_F(CommandTest, AValidConfigIsRestarted) {
    how.validate = {"check", "/srv/app.conf"};
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Verified);
    EXPECT_EQ(transport.commands().front(), "check /srv/app.conf");
}

TEST_F(CommandTest, ABrokenConfigIsRefusedAndTheOldProcessGoesOn) {
    how.validate = {"check"};
    checkStatus = 3;
    checkSays = "line 1: password=hunter2 is \x1b[31mwrong\n\n";
    const RestartResult result = run(plan(), how);
    EXPECT_EQ(result.status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
    EXPECT_EQ(words(), Words{"refused refused"}) << "no intent";
    EXPECT_NE(result.text.find("exit 3"), std::string::npos) << result.text;
    EXPECT_NE(result.text.find("line 1"), std::string::npos) << result.text;
    EXPECT_EQ(result.text.find("hunter2"), std::string::npos) << result.text;
    EXPECT_EQ(result.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(onDisk().back().result->exitStatus, 3);
    EXPECT_EQ(onDisk().back().result->stderrTail.find("hunter2"), std::string::npos);
}

TEST_F(CommandTest, WhatCannotBeValidatedIsNotRestarted) {
    how.validate = {"check"};
    vm.onCommand = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return fail(ErrorCode::Timeout, "It took too long.");
    };
    const RestartResult result = run(plan(), how);
    EXPECT_EQ(result.status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
    EXPECT_NE(result.text.find("could not be run to its end"), std::string::npos) << result.text;
}

TEST_F(CommandTest, TheOperationIsTheOneThatTheCallerNamed) {
    how.opId = newUuid();
    EXPECT_EQ(run(plan(), how).opId, how.opId);
    EXPECT_EQ(onDisk().front().opId, how.opId);
    EXPECT_EQ(onDisk().back().opId, how.opId);
}

/// By the clocks it is in sync; only the hash of what the process started with tells.
TEST_F(CommandTest, ABaselineCallsForTheRestart) {
    vm.containers[0].mounts[0].inside = vm.containers[0].mounts[0].host;
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Refused);
    how.baselines["/etc/app.conf"] = Sha256::of("older\n");
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Verified);
    EXPECT_EQ(onDisk()[1].evidence[0].verdict, "not_loaded");
}

TEST_F(CommandTest, OfASecretServiceNoHashIsRecorded) {
    how.secret = true;
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Verified);
    for (const RecordDraft& record : onDisk()) {
        EXPECT_FALSE(record.evidence[0].host.sha256);
        EXPECT_TRUE(record.evidence[0].host.hmac);
        EXPECT_FALSE(record.result && record.result->containerSha256);
    }
}

TEST_F(CommandTest, OnlyTheMountsThatCountAreToBeProven) {
    vm.containers[0].mounts.push_back({"/srv/state.db", "/state.db", {}, {}});
    vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
        auto answer = vm.restartNow();
        vm.containers[0].mounts[1].host.inode = 900; // replaced again at once, by the program itself
        vm.containers[0].mounts[1].host.content = "data\n";
        return answer;
    };
    how.destinations = {"/etc/app.conf"};
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Verified);
}

} // namespace
} // namespace inodeck
