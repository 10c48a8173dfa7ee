#include "core/audit/verify_source.h"
#include "tests/unit/reconcile/reconcile_rig.h"

namespace inodeck {
namespace {

using test::staleContainer;
using test::syncedContainer;
using Words = std::vector<std::string>;

class ReconcileTest : public test::ReconcileRig {};

TEST_F(ReconcileTest, ExactlyWhatNeedsItIsRestartedOnceAndProven) {
    containers = {staleContainer('a', "edge"), syncedContainer('b', "web")};
    const Report first = run();
    EXPECT_EQ(words(first), (Words{"edge restarted", "web in_sync"}));
    EXPECT_EQ(static_cast<int>(first.verdict()), 0) << first.stopped;
    EXPECT_EQ(restarted, Words{"edge"});
    const Report second = run();
    EXPECT_EQ(words(second), (Words{"edge in_sync", "web in_sync"}));
    EXPECT_EQ(restarted, Words{"edge"}) << "a second deploy restarts nothing";
}

TEST_F(ReconcileTest, TheEventsTellTheSameStoryAsTheRecords) {
    containers = {staleContainer('a', "edge"), syncedContainer('b', "web")};
    run();
    EXPECT_EQ(sink.words(), (Words{"shop/edge in_progress", "shop/edge success"}));
    const auto records = onDisk();
    ASSERT_EQ(records.size(), 2u);
    for (const Event& event : sink.events) {
        EXPECT_EQ(event.opId, records[0].opId);
        EXPECT_EQ(event.host, "vm");
        EXPECT_EQ(event.env, "test");
        EXPECT_EQ(event.configPath, "/srv/app.conf");
        EXPECT_EQ(event.oldSha256, Sha256::of("old\n"));
        EXPECT_EQ(event.newSha256, Sha256::of("new\n"));
        EXPECT_EQ(event.commit, "abc123");
    }
    EXPECT_EQ(sink.events[0].verdict, "stale_inode");
    EXPECT_EQ(sink.events[1].verdict, "in_sync");
    EXPECT_TRUE(sink.events[1].durationMs);
}

TEST_F(ReconcileTest, TheEndOfARestartIsToldWithACheckpointThatTheLogMustExtend) {
    containers = {staleContainer('a', "edge")};
    run();
    EXPECT_EQ(sink.events[0].checkpoint, "");
    const std::string log = folder / "audit" / "audit.sqlite";
    const std::string kept = hashFile(sink.events[1].checkpoint);
    EXPECT_EQ(verifyLog({log, {kept}}, cancel).value().anchored, 3u);
    std::filesystem::remove_all(folder / "audit"); // somebody begins it anew
    std::filesystem::remove_all(folder / "state");
    containers = {staleContainer('a', "edge")};
    run();
    EXPECT_EQ(verifyLog({log, {kept}}, cancel).value().standing(), VerifyReport::Standing::Broken);
}

TEST_F(ReconcileTest, ABrokenSinkFailsNothing) {
    containers = {staleContainer('a', "edge")};
    sink.broken = true;
    Words notices;
    watch.onNotice = [&](const std::string& sentence) { notices.push_back(sentence); };
    EXPECT_EQ(static_cast<int>(run().verdict()), 0);
    EXPECT_EQ(restarted, Words{"edge"});
    EXPECT_FALSE(notices.empty());
}

TEST_F(ReconcileTest, ADryRunDoesNothingAndTellsWhatItFound) {
    containers = {staleContainer('a', "edge")};
    order.dryRun = true;
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge planned"});
    EXPECT_EQ(static_cast<int>(report.verdict()), 1);
    EXPECT_EQ(report.hosts[0].items[0].argv, (Words{"docker", "restart", "-t", "1", test::containerId('a')}));
    EXPECT_TRUE(restarted.empty());
    ASSERT_EQ(sink.events.size(), 1u);
    EXPECT_EQ(sink.events[0].type, EventType::ConfigDrift);
    EXPECT_EQ(sink.events[0].status, EventStatus::Found);
    EXPECT_TRUE(sink.events[0].opId.empty());
    EXPECT_FALSE(std::filesystem::exists(folder / "audit"));
}

TEST_F(ReconcileTest, InTheOrderOfTheFleetFileThenOfDependencies) {
    containers = {staleContainer('a', "alloy"), staleContainer('b', "db"), staleContainer('c', "edge"),
                  staleContainer('d', "web")};
    containers[0].dependsOn = "db:service_started:false";
    serviceEntry("web");
    run();
    EXPECT_EQ(restarted, (Words{"web", "db", "alloy", "edge"}));
}

TEST_F(ReconcileTest, TheFirstFailureStopsTheRest) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b"), staleContainer('c', "c")};
    onRestart = [](test::ContainerText& container) -> Result<ExecResult> {
        if (container.service == "b")
            return ExecResult{{}, "no such image", 1};
        return restartNow(container);
    };
    const Report report = run();
    EXPECT_EQ(words(report), (Words{"a restarted", "b failed", "c not_reached"}));
    EXPECT_EQ(restarted, (Words{"a", "b"}));
    EXPECT_EQ(static_cast<int>(report.verdict()), 4);
    EXPECT_NE(report.stopped.find("shop/b"), std::string::npos) << report.stopped;
    EXPECT_EQ(sink.words(), (Words{"shop/a in_progress", "shop/a success", "shop/b in_progress",
                                   "shop/b failed", "shop/c found"}));
}

TEST_F(ReconcileTest, AnUnhealthyServiceLeavesTheLaterOnesUntouched) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    onRestart = [](test::ContainerText& container) {
        container.health = "unhealthy";
        return restartNow(container);
    };
    EXPECT_EQ(words(run()), (Words{"a failed", "b not_reached"}));
}

TEST_F(ReconcileTest, AConfigThatDoesNotValidateIsRefused) {
    containers = {staleContainer('a', "edge")};
    serviceEntry("edge").validate = {"check"};
    onCommand = [](const ExecRequest&) -> Result<ExecResult> { return ExecResult{{}, "line 3: what?", 1}; };
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge refused"});
    EXPECT_EQ(static_cast<int>(report.verdict()), 4);
    EXPECT_TRUE(restarted.empty());
    EXPECT_EQ(sink.words().back(), "shop/edge failed");
    EXPECT_NE(sink.events.back().message.find("line 3"), std::string::npos);
}

/// Others, whose sources are there, are not held up by it.
TEST_F(ReconcileTest, AMissingSourceIsRefused) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    containers[0].mounts[0].host.error = "missing";
    const Report report = run();
    EXPECT_EQ(words(report), (Words{"a refused", "b restarted"}));
    EXPECT_EQ(static_cast<int>(report.verdict()), 4);
    EXPECT_EQ(sink.words().back(), "shop/a failed");
}

TEST_F(ReconcileTest, WhatIsUnknownIsNotRestartedAndNotGood) {
    containers = {staleContainer('a', "edge")};
    containers[0].mounts[0].host.error = "denied";
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge unknown"});
    EXPECT_EQ(static_cast<int>(report.verdict()), 3);
    EXPECT_TRUE(restarted.empty());
}

TEST_F(ReconcileTest, AMassRestartIsNotDoneAtAll) {
    for (const char digit : {'a', 'b', 'c'})
        containers.push_back(staleContainer(digit, std::string(1, digit)));
    order.maxRestarts = 2;
    const Report report = run();
    EXPECT_EQ(words(report), (Words{"a refused", "b refused", "c refused"}));
    EXPECT_EQ(static_cast<int>(report.verdict()), 4);
    EXPECT_TRUE(restarted.empty());
    order.maxRestarts = 3;
    EXPECT_EQ(static_cast<int>(run().verdict()), 0);
}

TEST_F(ReconcileTest, ARestartThatDoesNotCureIsNotTriedForEver) {
    containers = {staleContainer('a', "edge")};
    onRestart = [](test::ContainerText& container) -> Result<ExecResult> {
        ++container.starts; // and reads the old config again
        return ExecResult{{}, {}, 0};
    };
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(words(run()), Words{"edge failed"});
    const Report fourth = run();
    EXPECT_EQ(words(fourth), Words{"edge refused"});
    EXPECT_NE(fourth.hosts[0].items[0].text.find("3 times"), std::string::npos);
    EXPECT_EQ(restarted.size(), 3u);
    EXPECT_EQ(static_cast<int>(fourth.verdict()), 4);
}

TEST_F(ReconcileTest, FourGoodDeploysInTenMinutesAreNoLoop) {
    containers = {staleContainer('a', "edge")};
    Service& service = serviceEntry("edge");
    for (const bool secret : {false, true}) // of a secret one, HMACs are on record
        for (int i = 0; i < 5; ++i) {
            service.secret = secret;
            containers[0].mounts[0].host.inode += 1;
            containers[0].mounts[0].host.content = "release " + std::to_string(i) + "\n";
            EXPECT_EQ(words(run()), Words{"edge restarted"}) << secret << i;
        }
}

TEST_F(ReconcileTest, AProtectedHostNeedsItsConfirmation) {
    containers = {staleContainer('a', "edge")};
    host.isProtected = true;
    EXPECT_EQ(words(run()), Words{"edge refused"});
    EXPECT_TRUE(restarted.empty());
    order.protectedConfirmed = true;
    EXPECT_EQ(words(run()), Words{"edge restarted"});
}

TEST_F(ReconcileTest, OnlyWhatIsNamed) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    for (const char* name : {"b", "shop/b", "shop_b_1"}) {
        order.scope.only = {name};
        order.dryRun = true;
        EXPECT_EQ(words(run()), Words{"b planned"}) << name;
    }
    order.dryRun = false;
    order.scope.only = {"b", "typo"};
    const Report report = run();
    EXPECT_EQ(static_cast<int>(report.verdict()), 2);
    EXPECT_NE(report.usage.find("'typo'"), std::string::npos) << report.usage;
    EXPECT_TRUE(restarted.empty()) << "half an order is not carried out";
}

TEST_F(ReconcileTest, WithoutALogNothingIsDone) {
    containers = {staleContainer('a', "edge")};
    std::filesystem::create_directories(folder / "audit" / "audit.sqlite");
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge refused"});
    EXPECT_EQ(static_cast<int>(report.verdict()), 5);
    EXPECT_TRUE(restarted.empty());
}

TEST_F(ReconcileTest, OneRestartThatIsForTwoContainersIsNotDoneTwice) {
    containers = {staleContainer('a', "edge"), staleContainer('b', "edge")};
    containers[1].name = "shop_edge_2";
    serviceEntry("edge").restart = {"bounce", "edge"};
    int bounced = 0;
    onCommand = [&](const ExecRequest& request) -> Result<ExecResult> {
        if (request.command != "bounce edge")
            return ExecResult{{}, {}, 127};
        ++bounced;
        for (test::ContainerText& container : containers)
            static_cast<void>(restartNow(container));
        return ExecResult{{}, {}, 0};
    };
    const Report report = run();
    EXPECT_EQ(words(report), (Words{"edge restarted", "edge in_sync"}));
    EXPECT_EQ(bounced, 1);
}

/// A run that was killed between intent and outcome: the next one looks, records, and does the rest.
TEST_F(ReconcileTest, AnOpenIntentOfOursIsRecoveredFirst) {
    containers = {staleContainer('a', "edge")};
    RecordDraft killed;
    killed.type = RecordType::Intent;
    killed.opId = newUuid();
    killed.actor.account = "tester";
    killed.target.vm = "vm";
    killed.target.project = "shop";
    killed.target.service = "edge";
    killed.target.containerId = test::containerId('a');
    killed.target.startedAt = *parseRfc3339("2026-11-24T14:40:00Z"); // it has started again since
    {
        auto store = openAuditStore(folder / "audit" / "audit.sqlite");
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_TRUE((*store)->append(killed, Deadline::after(std::chrono::seconds{5})));
    }
    EXPECT_EQ(words(run()), Words{"edge restarted"});
    const auto records = onDisk();
    ASSERT_EQ(records.size(), 4u);
    EXPECT_EQ(records[1].type, RecordType::Recovered);
    EXPECT_EQ(records[1].opId, killed.opId);
    EXPECT_EQ(records[3].result->status, "verified");
}

TEST_F(ReconcileTest, AnOpenIntentOfSomebodyElseIsRespected) {
    containers = {staleContainer('a', "edge")};
    RecordDraft theirs;
    theirs.type = RecordType::Intent;
    theirs.opId = newUuid();
    theirs.actor.account = "colleague";
    theirs.target.vm = "vm";
    theirs.target.containerId = test::containerId('a');
    {
        auto store = openAuditStore(folder / "audit" / "audit.sqlite");
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_TRUE((*store)->append(theirs, Deadline::after(std::chrono::seconds{5})));
    }
    EXPECT_EQ(words(run()), Words{"edge refused"});
    EXPECT_TRUE(restarted.empty());
}

TEST_F(ReconcileTest, AHostThatDoesNotAnswerIsIncomplete) {
    host.name = "nobody";
    const Report report = run();
    EXPECT_EQ(static_cast<int>(report.verdict()), 3);
    EXPECT_FALSE(report.hosts[0].observed);
}

} // namespace
} // namespace inodeck
