// What a run puts on record besides its restarts: what it refused, and what an earlier one left open.
#include <algorithm>

#include "tests/unit/reconcile/reconcile_rig.h"

namespace inodeck {
namespace {

using test::staleContainer;
using test::syncedContainer;
using Words = std::vector<std::string>;

class RecordTest : public test::ReconcileRig {
protected:
    /// "refused edge", … in the order of the log.
    Words records() const {
        Words list;
        for (const RecordDraft& record : onDisk())
            list.push_back(std::string(toString(record.type)) + " " + record.target.service);
        return list;
    }
    /// Each event that says "failed" is of the operation of the record beside it.
    void expectAnnounced() const {
        Words recorded;
        Words announced;
        for (const RecordDraft& record : onDisk())
            if (record.type == RecordType::Refused)
                recorded.push_back(record.opId);
        for (const Event& event : sink.events)
            if (event.status == EventStatus::Failed)
                announced.push_back(event.opId);
        EXPECT_EQ(recorded, announced);
    }
    void append(const RecordDraft& draft) const {
        auto store = openAuditStore(folder / "audit" / "audit.sqlite");
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_TRUE((*store)->append(draft, Deadline::after(std::chrono::seconds{5})));
    }
    /// A run of `account` was killed after it had begun to restart the container, which started since.
    RecordDraft killed(const std::string& account = "tester") const {
        RecordDraft draft;
        draft.type = RecordType::Intent;
        draft.opId = newUuid();
        draft.actor.account = account;
        draft.reason = "deploy";
        draft.target.vm = "vm";
        draft.target.project = "shop";
        draft.target.service = "edge";
        draft.target.containerId = test::containerId('a');
        draft.target.startedAt = *parseRfc3339("2026-11-24T14:40:00Z");
        AuditEvidence evidence;
        evidence.source = "/srv/app.conf";
        evidence.destination = "/etc/app.conf";
        evidence.verdict = "stale_inode";
        evidence.host.sha256 = Sha256::of("new\n");
        evidence.container.sha256 = Sha256::of("old\n");
        draft.evidence = {evidence};
        return draft;
    }
    bool hasOpen() const {
        const auto log = openAuditReader(folder / "audit" / "audit.sqlite");
        return log && !(*log)->openIntents().value().empty();
    }
};

TEST_F(RecordTest, AMassRestartIsRefusedOnRecordOnceForEachService) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b"), syncedContainer('c', "c")};
    order.maxRestarts = 1;
    EXPECT_EQ(static_cast<int>(run().verdict()), 4);
    EXPECT_EQ(records(), (Words{"refused a", "refused b"}));
    expectAnnounced();
    const RecordDraft record = onDisk().front();
    EXPECT_EQ(record.actor.account, "tester");
    EXPECT_EQ(record.reason, "deploy");
    EXPECT_EQ(record.target.containerId, test::containerId('a'));
    EXPECT_EQ(record.argv, (Words{"docker", "restart", "-t", "1", test::containerId('a')}));
    ASSERT_EQ(record.evidence.size(), 1u);
    EXPECT_EQ(record.evidence[0].verdict, "stale_inode");
    EXPECT_EQ(record.evidence[0].host.sha256, Sha256::of("new\n"));
    ASSERT_TRUE(record.result);
    EXPECT_EQ(record.result->status, "refused");
    EXPECT_NE(record.result->stderrTail.find("--max"), std::string::npos) << record.result->stderrTail;
}

/// A timer whose runs are refused every minute: a record each, and the loop guard counts none of them.
TEST_F(RecordTest, RefusalsDoNotStandInTheWayOfWhatIsRightLater) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    order.maxRestarts = 1;
    for (int i = 0; i < 10; ++i)
        run();
    EXPECT_EQ(records().size(), 20u);
    order.maxRestarts = 2;
    EXPECT_EQ(static_cast<int>(run().verdict()), 0);
    EXPECT_EQ(restarted, (Words{"a", "b"}));
}

TEST_F(RecordTest, TheLoopGuardsRefusalIsOnRecord) {
    containers = {staleContainer('a', "edge")};
    onRestart = [](test::ContainerText& container) -> Result<ExecResult> {
        ++container.starts; // and reads the old config again
        return ExecResult{{}, {}, 0};
    };
    for (int i = 0; i < 3; ++i)
        run();
    sink.events.clear();
    EXPECT_EQ(static_cast<int>(run().verdict()), 4);
    EXPECT_EQ(sink.words(), Words{"shop/edge failed"}) << "nothing was in progress";
    const RecordDraft last = onDisk().back();
    EXPECT_EQ(last.type, RecordType::Refused);
    EXPECT_EQ(last.opId, sink.events[0].opId);
    EXPECT_NE(last.result->stderrTail.find("3 times"), std::string::npos) << last.result->stderrTail;
}

TEST_F(RecordTest, AMissingSourceAndAProtectedHostAreRefusedOnRecord) {
    containers = {staleContainer('a', "a"), syncedContainer('b', "b")};
    containers[0].mounts[0].host.error = "missing";
    EXPECT_EQ(static_cast<int>(run().verdict()), 4);
    EXPECT_EQ(records(), Words{"refused a"});
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    host.isProtected = true;
    run();
    EXPECT_EQ(records(), (Words{"refused a", "refused a", "refused b"}));
    expectAnnounced();
}

TEST_F(RecordTest, AGuardsRefusalIsOneRecordAndNotTwo) {
    containers = {staleContainer('a', "edge")};
    serviceEntry("edge").validate = {"check"};
    onCommand = [](const ExecRequest&) -> Result<ExecResult> { return ExecResult{{}, "line 3", 1}; };
    EXPECT_EQ(static_cast<int>(run().verdict()), 4);
    EXPECT_EQ(records(), Words{"refused edge"});
    expectAnnounced();
}

TEST_F(RecordTest, OfASecretServiceNoHashIsKept) {
    containers = {staleContainer('a', "edge")};
    serviceEntry("edge").secret = true;
    host.secretServices = {"shop/edge"};
    host.isProtected = true;
    run();
    ASSERT_EQ(onDisk().size(), 1u);
    EXPECT_FALSE(onDisk()[0].evidence[0].host.sha256);
    EXPECT_TRUE(onDisk()[0].evidence[0].host.hmac);
    EXPECT_FALSE(sink.events[0].newSha256);
}

TEST_F(RecordTest, ADryRunKeepsNoRecord) {
    containers = {staleContainer('a', "a"), staleContainer('b', "b")};
    containers[0].mounts[0].host.error = "missing";
    order.dryRun = true;
    order.maxRestarts = 1;
    run();
    EXPECT_FALSE(std::filesystem::exists(folder / "audit"));
}

TEST_F(RecordTest, ARefusalThatCannotBeRecordedSaysSo) {
    containers = {staleContainer('a', "edge")};
    containers[0].mounts[0].host.error = "missing";
    std::filesystem::create_directories(folder / "audit" / "audit.sqlite");
    const Report report = run();
    EXPECT_EQ(static_cast<int>(report.verdict()), 4) << "it was refused for another reason";
    EXPECT_NE(report.hosts[0].items[0].text.find("not on record"), std::string::npos)
        << report.hosts[0].items[0].text;
}

/// The killed run had cured: there is nothing left to do but to say so.
TEST_F(RecordTest, WhatAKilledRunHadCuredIsClosedByTheNext) {
    containers = {syncedContainer('a', "edge")};
    const RecordDraft intent = killed();
    append(intent);
    Words notices;
    watch.onNotice = [&](const std::string& sentence) { notices.push_back(sentence); };
    EXPECT_EQ(words(run()), Words{"edge in_sync"});
    EXPECT_TRUE(restarted.empty());
    EXPECT_EQ(records(), (Words{"intent edge", "recovered edge"}));
    EXPECT_EQ(onDisk()[1].opId, intent.opId);
    EXPECT_EQ(onDisk()[1].result->status, "done");
    EXPECT_EQ(onDisk()[1].result->verdict, "in_sync");
    EXPECT_FALSE(hasOpen());
    ASSERT_EQ(notices.size(), 1u);
    EXPECT_NE(notices[0].find("record 1"), std::string::npos) << notices[0];
    ASSERT_EQ(sink.words(), Words{"shop/edge success"}) << "the event that it did not live to send";
    EXPECT_EQ(sink.events[0].opId, intent.opId);
    EXPECT_EQ(sink.events[0].configPath, "/srv/app.conf");
    EXPECT_EQ(sink.events[0].newSha256, Sha256::of("new\n"));
    run();
    EXPECT_EQ(records().size(), 2u) << "once";
}

TEST_F(RecordTest, ADryRunTellsWhatIsOpenAndLeavesIt) {
    containers = {syncedContainer('a', "edge")};
    append(killed());
    order.dryRun = true;
    Words notices;
    watch.onNotice = [&](const std::string& sentence) { notices.push_back(sentence); };
    EXPECT_EQ(static_cast<int>(run().verdict()), 0);
    ASSERT_EQ(notices.size(), 1u);
    EXPECT_NE(notices[0].find("has no outcome yet"), std::string::npos) << notices[0];
    EXPECT_TRUE(hasOpen());
}

TEST_F(RecordTest, WhatOthersLeftOpenIsTheirs) {
    containers = {syncedContainer('a', "edge")};
    append(killed("colleague"));
    RecordDraft elsewhere = killed();
    elsewhere.target.vm = "other";
    append(elsewhere);
    run();
    EXPECT_EQ(records(), (Words{"intent edge", "intent edge"}));
}

TEST_F(RecordTest, NothingToDoAndNothingOpenMakesNoLog) {
    containers = {syncedContainer('a', "edge")};
    run();
    EXPECT_FALSE(std::filesystem::exists(folder / "audit"));
}

/// restart-if-changed: what the command line does not say is as the fleet file says.
TEST_F(RecordTest, TheCommandLineWinsOverTheFleetFileAndTheRestOfItHolds) {
    containers = {staleContainer('a', "edge")};
    Service& service = serviceEntry("edge");
    service.validate = {"check"};
    service.restart = {"by-file"};
    service.configPaths = {"/no/such/path"};
    order.scope.service = ServiceWords{{"/srv/app.conf"}, folder / "app.sha256", {"by-line"}, {}};
    order.scope.only = {"edge"};
    Words commands;
    onCommand = [&](const ExecRequest& request) -> Result<ExecResult> {
        commands.push_back(request.command);
        return request.command == "by-line" || request.command == "by-file" ? restartNow(containers[0])
                                                                            : ExecResult{{}, "no", 1};
    };
    EXPECT_EQ(words(run()), Words{"edge refused"});
    EXPECT_EQ(commands, Words{"check"}) << "what does not validate is not restarted";
    service.validate.clear();
    EXPECT_EQ(words(run()), Words{"edge restarted"});
    EXPECT_EQ(commands, (Words{"check", "by-line"}));
    EXPECT_EQ(contentOf(folder / "app.sha256"), Sha256::of("new\n").hex() + "\n");
    containers = {staleContainer('a', "edge")};
    order.scope.service->restart.clear();
    EXPECT_EQ(words(run()), Words{"edge restarted"});
    EXPECT_EQ(commands.back(), "by-file");
}

TEST_F(RecordTest, TheDefaultsOfTheFleetFileHoldForServicesThatItDoesNotName) {
    containers = {staleContainer('a', "edge")};
    fleet.serviceDefaults.healthTimeout = std::chrono::seconds{7};
    EXPECT_EQ(run().hosts[0].items[0].service.healthTimeout, std::chrono::seconds{7});
}

TEST_F(RecordTest, ARestartLeavesWhatCannotBeReadUnknown) {
    containers = {staleContainer('a', "edge")};
    test::MountText other{"/srv/other.conf", "/etc/other.conf", {}, {}};
    other.inside.error = "other_mount";
    containers[0].mounts.push_back(other);
    onRestart = [&](test::ContainerText& container) {
        auto done = restartNow(container);
        container.mounts[1] = other;
        return done;
    };
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge restarted"});
    EXPECT_EQ(onDisk().back().result->verdict, "unknown");
    EXPECT_EQ(report.verdict(), ReportVerdict::Incomplete);
}

} // namespace
} // namespace inodeck
