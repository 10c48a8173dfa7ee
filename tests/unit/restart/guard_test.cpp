#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using test::ScriptedVm;

/// What happened on the VM between the plan and the look before the restart.
struct Change {
    const char* name;
    void (*happens)(ScriptedVm& vm);
    const char* says; ///< part of the refusal
};

void PrintTo(const Change& change, std::ostream* out) {
    *out << change.name;
}

test::SideText& hostSide(ScriptedVm& vm) {
    return vm.containers[0].mounts[0].host;
}

const Change Changes[] = {
    {"SourceMissing", [](ScriptedVm& vm) { hostSide(vm).error = "missing"; }, "does not exist on the host"},
    {"SourceIsADirectory", [](ScriptedVm& vm) { hostSide(vm).mode = 040755; }, "is a directory now"},
    {"SourceIsEmpty", [](ScriptedVm& vm) { hostSide(vm).content = ""; }, "is empty on the host"},
    {"SourceUnreadable", [](ScriptedVm& vm) { hostSide(vm).error = "denied"; }, "cannot be seen"},
    {"OneOfTwoSourcesMissing",
     [](ScriptedVm& vm) {
         test::MountText second{"/srv/b.conf", "/etc/b.conf", {}, {}};
         second.host.error = "missing";
         vm.containers[0].mounts.push_back(second);
     },
     "/srv/b.conf does not exist"},
    {"RestartedMeanwhile", [](ScriptedVm& vm) { vm.containers[0].starts = 2; }, "restarted since then"},
    {"StoppedMeanwhile", [](ScriptedVm& vm) { vm.containers[0].running = false; }, "since then"},
    {"Gone", [](ScriptedVm& vm) { vm.containers.erase(vm.containers.begin()); }, "No such container"},
    {"NoMountAnyMore", [](ScriptedVm& vm) { vm.containers[0].mounts.clear(); }, "has no bind mount any more"},
    {"HostUnreachable",
     [](ScriptedVm& vm) { vm.onProbe = [] { return fail(ErrorCode::Timeout, "too slow today"); }; },
     "too slow today"},
    {"PutBack", [](ScriptedVm& vm) { vm.containers[0].mounts[0].host = vm.containers[0].mounts[0].inside; },
     "nothing calls for a restart"},
};

class GuardTest : public test::RestartRig, public ::testing::WithParamInterface<Change> {};

TEST_P(GuardTest, RefusesAndNothingIsExecuted) {
    const RestartPlan before = plan();
    GetParam().happens(vm);
    const RestartResult result = run(before, order());
    EXPECT_EQ(result.status, RestartStatus::Refused) << result.text;
    EXPECT_NE(result.text.find(GetParam().says), std::string::npos) << result.text;
    EXPECT_TRUE(transport.commands().empty()) << transport.commands().front();
    EXPECT_EQ(words(), std::vector<std::string>{"refused refused"})
        << "a refusal is on record, an intent is not";
}

INSTANTIATE_TEST_SUITE_P(Changes, GuardTest, ::testing::ValuesIn(Changes),
                         [](const auto& one) { return std::string(one.param.name); });

class GuardRulesTest : public test::RestartRig {};

TEST_F(GuardRulesTest, EachCheckOfAGoodPlanPasses) {
    const RestartPlan good = plan();
    const auto checks = guard(good, scanner.scanHost(host, cancel));
    EXPECT_GE(checks.size(), 3u);
    for (const GuardCheck& check : checks)
        EXPECT_TRUE(check.passed) << check.what << ": " << check.detail;
}

/// A scan of the whole host: what is wrong with a neighbour does not stand in the way.
TEST_F(GuardRulesTest, ANeighboursMissingSourceIsNotThisOnes) {
    vm.containers[1].mounts[0].host.error = "missing";
    const RestartPlan good = plan();
    for (const GuardCheck& check : guard(good, scanner.scanHost(host, cancel)))
        EXPECT_TRUE(check.passed) << check.what << ": " << check.detail;
}

TEST_F(GuardRulesTest, AFileThatWasEmptyAllAlongMayStayEmpty) {
    vm.containers[0].mounts[0].inside.content = "";
    vm.containers[0].mounts[0].host.content = "";
    EXPECT_EQ(run().status, RestartStatus::Verified);
}

TEST_F(GuardRulesTest, ARestartNeedsAReason) {
    RestartOrder without = order();
    without.reason = " \t\n";
    EXPECT_EQ(run(plan(), without).status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
}

TEST_F(GuardRulesTest, AProtectedHostNeedsItsConfirmation) {
    host.isProtected = true;
    RestartOrder how = order();
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
    how.protectedConfirmed = true;
    EXPECT_EQ(run(plan(), how).status, RestartStatus::Verified);
}

TEST_F(GuardRulesTest, WhatIsInSyncIsRestartedOnlyWhenToldSo) {
    std::swap(vm.containers[0], vm.containers[1]);
    const RestartPlan synced = plan("shop/web");
    RestartOrder how = order();
    EXPECT_EQ(run(synced, how).status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
    how.evenIfInSync = true;
    EXPECT_EQ(run(synced, how).status, RestartStatus::Verified);
    EXPECT_EQ(vm.restarts, 1);
}

TEST_F(GuardRulesTest, WhatWasCancelledBeforeIsNotBegun) {
    const RestartPlan before = plan();
    const auto result = run(before, order(), [&](const StepEvent&) { cancel.request(); });
    EXPECT_EQ(result.status, RestartStatus::Refused);
    EXPECT_EQ(vm.restarts, 0);
    EXPECT_EQ(words(), std::vector<std::string>{"refused refused"});
}

} // namespace
} // namespace inodeck
