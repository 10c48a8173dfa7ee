#include "tests/unit/reconcile/reconcile_rig.h"

namespace inodeck {
namespace {

using test::staleContainer;
using test::syncedContainer;
using Words = std::vector<std::string>;

/// The hash file beside a service, and what it has to say.
class ReconcileHashTest : public test::ReconcileRig {};

TEST_F(ReconcileHashTest, TheHashIsWrittenAfterTheProofOnly) {
    containers = {staleContainer('a', "edge")};
    Service& service = serviceEntry("edge");
    service.hashFile = hashFile(Sha256::of("old\n").hex() + "\n");
    const std::string before = contentOf(service.hashFile);
    onRestart = [](test::ContainerText&) -> Result<ExecResult> { return ExecResult{{}, "no", 1}; };
    run();
    EXPECT_EQ(contentOf(service.hashFile), before);
    onRestart = restartNow;
    run();
    EXPECT_EQ(contentOf(service.hashFile), Sha256::of("new\n").hex() + "\n");
}

/// The hash gate of old would have said: nothing to do.
TEST_F(ReconcileHashTest, AMatchingHashWithAStaleInodeRestartsToo) {
    containers = {staleContainer('a', "edge")};
    serviceEntry("edge").hashFile = hashFile(Sha256::of("new\n").hex() + "\n");
    EXPECT_EQ(words(run()), Words{"edge restarted"});
}

/// Scripted containers started long ago: the file just written is a baseline of the running process.
TEST_F(ReconcileHashTest, AHashThatDiffersCallsForARestart) {
    containers = {syncedContainer('a', "edge")};
    serviceEntry("edge").hashFile = hashFile(Sha256::of("older\n").hex() + "  /srv/app.conf\r\n");
    EXPECT_EQ(words(run()), Words{"edge restarted"});
    EXPECT_EQ(words(run()), Words{"edge in_sync"});
}

TEST_F(ReconcileHashTest, GarbageInTheHashFileIsToldAndReplacedByWhatIsProven) {
    containers = {syncedContainer('a', "edge")};
    Service& service = serviceEntry("edge");
    service.hashFile = hashFile("<html>");
    const Report report = run();
    EXPECT_EQ(words(report), Words{"edge in_sync"});
    ASSERT_EQ(report.hosts[0].warnings.size(), 1u);
    EXPECT_NE(report.hosts[0].warnings[0].find("does not hold a SHA-256"), std::string::npos);
    EXPECT_EQ(contentOf(service.hashFile), Sha256::of("old\n").hex() + "\n");
}

TEST_F(ReconcileHashTest, AnEntryOfItsOwnIsForOneServiceOnly) {
    containers = {staleContainer('a', "edge"), staleContainer('b', "edge")};
    containers[1].project = "other";
    order.scope.service = ServiceWords{};
    order.scope.only = {"edge"};
    const Report report = run();
    EXPECT_EQ(static_cast<int>(report.verdict()), 2) << "two projects have a service of that name";
    EXPECT_TRUE(restarted.empty());
    order.scope.only = {"other/edge"};
    EXPECT_EQ(words(run()), Words{"edge restarted"});
}

} // namespace
} // namespace inodeck
