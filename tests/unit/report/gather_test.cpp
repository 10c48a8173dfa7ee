#include "core/report/gather.h"
#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

class GatherTest : public test::RestartRig {
protected:
    GatherTest() {
        vm.onCommand = [this](const ExecRequest& request, const Deadline&, const Cancel&) {
            const test::MountText& mount = vm.containers.front().mounts.front();
            const bool ofHost = (request.command + request.input).find("read_side=h ") != std::string::npos;
            return Result<ExecResult>(ExecResult{
                "inodeck-probe 1\ncontent\n" + (ofHost ? mount.host : mount.inside).content, {}, 0});
        };
        options.auditWhere = auditFile().string();
    }
    report::Incident incident() {
        report::Incident made;
        made.generatedAt = Clock::system().now();
        const HostScan scan = scanner.scanHost(host, cancel);
        for (const Row& row : scan.rows)
            made.mounts.push_back({scan.host, row, false, std::nullopt, {}});
        return made;
    }
    Result<void> gather(report::Incident& into) {
        return report::gather(into, scanner.sessions(), {host}, options, cancel);
    }
    report::GatherOptions options;
};

TEST_F(GatherTest, ReadsWhatDiffersAndMasksIt) {
    vm.containers.front().mounts.front().host.content = "interval: 5\npassword: hunter2\n";
    vm.containers.front().mounts.front().inside.content = "interval: 9\npassword: hunter1\n";
    auto made = incident();
    ASSERT_TRUE(gather(made));
    ASSERT_TRUE(made.mounts[0].diff) << made.mounts[0].noDiff;
    EXPECT_FALSE(made.mounts[1].diff) << "it is in sync: nothing is read";
    const std::string html = report::toHtml(report::incidentDocument(made));
    EXPECT_NE(html.find("-interval: 9"), std::string::npos);
    EXPECT_NE(html.find("+interval: 5"), std::string::npos);
    EXPECT_EQ(html.find("hunter"), std::string::npos);
    EXPECT_NE(html.find("Something that is masked differs."), std::string::npos);
}

TEST_F(GatherTest, FindsTheRestartsOfTheseContainersAndVerifiesTheLog) {
    ASSERT_EQ(run().status, RestartStatus::Verified);
    RestartPlan other = plan("shop/web");
    RestartOrder refused = order();
    refused.reason = "nothing calls for this one";
    EXPECT_EQ(run(other, refused).status, RestartStatus::Refused);
    auto made = incident();
    made.mounts.resize(1);
    ASSERT_TRUE(gather(made));
    ASSERT_EQ(made.log.records.size(), 2u);
    EXPECT_EQ(made.log.records[0].record.draft.type, RecordType::Intent);
    EXPECT_EQ(made.log.records[1].record.draft.result->status, "verified");
    EXPECT_EQ(made.log.records[0].record.draft.opId, made.log.records[1].record.draft.opId);
    ASSERT_TRUE(made.log.check);
    EXPECT_EQ(made.log.check->records, 4u);
    EXPECT_FALSE(made.log.check->bad);
    bool stored = false;
    ASSERT_TRUE(open()->each({}, [&](const StoredRecord& record) {
        stored |= Sha256::of(record.line).hex() == made.log.records[1].hash;
        return true;
    }));
    EXPECT_TRUE(stored);
}

TEST_F(GatherTest, SaysWhatItCouldNotHave) {
    options.auditWhere = (folder / "none" / "audit.sqlite").string();
    auto made = incident();
    vm.onCommand = [](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return fail(ErrorCode::Unreachable, "The script says so.");
    };
    ASSERT_TRUE(gather(made));
    EXPECT_EQ(made.mounts[0].noDiff, "The script says so.");
    EXPECT_FALSE(made.log.error.empty());
    EXPECT_FALSE(made.log.check);
}

TEST_F(GatherTest, ReadsNoMoreFilesThanItMay) {
    options.maxDiffs = 0;
    auto made = incident();
    ASSERT_TRUE(gather(made));
    EXPECT_EQ(made.mounts[0].noDiff, "only the first 0 of a report are read.");
    options.diffs = false;
    made = incident();
    ASSERT_TRUE(gather(made));
    EXPECT_TRUE(made.mounts[0].noDiff.empty());
}

TEST_F(GatherTest, ACancelIsAnError) {
    auto made = incident();
    cancel.request();
    const auto done = gather(made);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
}

TEST_F(GatherTest, ASecretServiceShowsNoHash) {
    host.secretServices = {"shop/edge"};
    auto made = incident();
    ASSERT_TRUE(gather(made));
    EXPECT_TRUE(made.mounts[0].secret);
    EXPECT_FALSE(made.mounts[1].secret);
    EXPECT_FALSE(made.mounts[0].diff);
    const std::string html = report::toHtml(report::incidentDocument(made));
    EXPECT_EQ(html.find(Sha256::of("new\n").hex()), std::string::npos);
}

} // namespace
} // namespace inodeck
