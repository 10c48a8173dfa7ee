#include "app/cli/ci_output.h"

#include <fstream>

#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

/// A report with one item whose names and texts are somebody's attempt.
Report hostile() {
    Item item;
    item.container.name = "x\n::error::forged";
    item.container.project = "a,b:c";
    item.container.service = "100%\r\n::set-output name=x::y";
    item.status = ItemStatus::Refused;
    item.text = "50% | <img src=x> [a](http://evil) `x` \n::stop-commands::t";
    HostReport host;
    host.host.name = "vm1";
    host.observed = true;
    host.items = {item};
    host.warnings = {"careful"};
    Report report;
    report.hosts = {host};
    return report;
}

TEST(Annotations, NoNameMakesACommand) {
    const std::string text = cli::annotations(hostile());
    const auto lines = test::linesOf(text);
    ASSERT_EQ(lines.size(), 2u) << text;
    EXPECT_EQ(lines[0], "::warning title=vm1::careful");
    EXPECT_TRUE(lines[1].starts_with("::error title=a%2Cb%3Ac/100%25")) << text;
    const auto title = lines[1].substr(0, lines[1].find("::", 2));
    EXPECT_EQ(title.find(',', 14), std::string::npos) << title;
    EXPECT_NE(lines[1].find("50%25"), std::string::npos) << text;
}

TEST(Annotations, WhatIsInSyncIsSilent) {
    Report report = hostile();
    report.hosts[0].items[0].status = ItemStatus::InSync;
    report.hosts[0].warnings.clear();
    EXPECT_TRUE(cli::annotations(report).empty());
}

TEST(StepSummary, NothingOfAValueIsMarkdown) {
    const std::string text = cli::stepSummary(hostile());
    const auto lines = test::linesOf(text);
    ASSERT_GE(lines.size(), 4u);
    for (const std::string& line : lines)
        if (line.starts_with("| vm1")) {
            EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 5) << line;
        }
    for (const char* what : {"<img", "](", "`", "::", "http:"})
        EXPECT_EQ(text.find(what), std::string::npos) << what << "\n" << text;
}

class SummaryFile : public test::CliTest {};

TEST_F(SummaryFile, IsAppendedToAndAFailureIsASentence) {
    const std::string path = folder / "summary.md";
    std::ofstream(path) << "before\n";
    EXPECT_EQ(cli::appendSummary(hostile(), {{"GITHUB_STEP_SUMMARY", path}}), "");
    std::ifstream in(path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(text.starts_with("before\n### ")) << text;
    EXPECT_NE(cli::appendSummary(hostile(), {{"GITHUB_STEP_SUMMARY", "/proc/nope/x"}}), "");
    EXPECT_EQ(cli::appendSummary(hostile(), {}), "");
}

/// The program against a recorded fleet: what is found is told; what cannot be done in a recording is
/// refused.
class ReconcileCommand : public test::CliTest {
protected:
    test::Ran reconcile(std::vector<std::string> more) const {
        more.insert(more.begin(), {"reconcile", "vm1"});
        return inodeck(replay(more));
    }
};

TEST_F(ReconcileCommand, DryRunsAreOneWithDriftAndZeroWithout) {
    record("vm1", {test::staleContainer('a', "edge"), test::syncedContainer('b', "web")});
    const test::Ran ran = reconcile({"--dry-run"});
    EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("docker restart -t 10 " + test::containerId('a')), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("1 planned, 1 in sync"), std::string::npos) << ran.out;
    EXPECT_EQ(reconcile({"--only", "web"}).status, 0);
}

TEST_F(ReconcileCommand, UsageErrorsAreTwoAndSayWhatIsWrong) {
    record("vm1", {test::syncedContainer('b', "web")});
    EXPECT_EQ(reconcile({"--only", "nobody"}).status, 2);
    EXPECT_NE(reconcile({"--only", "nobody"}).err.find("'nobody'"), std::string::npos);
    EXPECT_EQ(reconcile({"--json", "--events", "-"}).status, 2);
    EXPECT_EQ(reconcile({"--reason", " "}).status, 2);
    EXPECT_EQ(reconcile({"--max", "0"}).status, 2);
    EXPECT_EQ(inodeck({"reconcile"}).status, 2);
    EXPECT_EQ(inodeck({"restart-if-changed", "x", "conf", "hash", "--host", "vm1"}).status, 2);
}

TEST_F(ReconcileCommand, WhatCannotBeLockedIsNotRestarted) {
    record("vm1", {test::staleContainer('a', "edge")});
    const test::Ran ran = reconcile({});
    EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("refused"), std::string::npos) << ran.out;
}

TEST_F(ReconcileCommand, UnknownIsThree) {
    auto container = test::staleContainer('a', "edge");
    container.mounts.front().host.error = "denied";
    record("vm1", {container});
    EXPECT_EQ(reconcile({}).status, 3);
}

} // namespace
} // namespace inodeck
