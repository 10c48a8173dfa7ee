#include "core/base/sha256.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::linesOf;
using test::Ran;
using test::staleContainer;
using test::syncedContainer;

class ScanCommandTest : public test::CliTest {
protected:
    Ran scan(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), "scan");
        return inodeck(replay(more));
    }
};

TEST_F(ScanCommandTest, InSyncIsZero) {
    record("vm1", {syncedContainer('a', "web")});
    const Ran ran = scan();
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("in_sync"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("1 mount on 1 host: 1 in_sync"), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, DriftIsOneAndComesFirst) {
    record("vm1", {syncedContainer('a', "web"), staleContainer('b', "edge")});
    const Ran ran = scan();
    EXPECT_EQ(ran.status, 1) << ran.out;
    EXPECT_LT(ran.out.find("stale_inode"), ran.out.find("in_sync")) << ran.out;
    EXPECT_NE(ran.out.find("A reload cannot help; restart."), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, BothHashesStandSideBySide) {
    record("vm1", {staleContainer('b', "edge")});
    const std::string row = linesOf(scan().out).at(1);
    const std::string host = Sha256::of("new\n").hex().substr(0, 12);
    const std::string inside = Sha256::of("old\n").hex().substr(0, 12);
    EXPECT_NE(row.find(host + "  " + inside), std::string::npos) << row;
}

TEST_F(ScanCommandTest, DriftOnlyLeavesOutWhatIsGoodButNotTheSum) {
    record("vm1", {syncedContainer('a', "web"), staleContainer('b', "edge")});
    const Ran ran = scan({"--drift"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out.find("shop/web"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("2 mounts on 1 host"), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, OnlyTheNamedHostsAreLookedAt) {
    record("vm1", {syncedContainer('a', "web")});
    record("vm2", {staleContainer('b', "edge")});
    EXPECT_EQ(scan({"vm1"}).status, 0);
    EXPECT_EQ(scan({"vm2"}).status, 1);
    EXPECT_EQ(scan({"vm1", "vm2"}).status, 1);
}

TEST_F(ScanCommandTest, AMountThatCannotBeReadIsThreeEvenBesideDrift) {
    auto blind = syncedContainer('a', "web");
    blind.mounts.front().inside.error = "tool";
    record("vm1", {blind, staleContainer('b', "edge")});
    const Ran ran = scan();
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.out.find("unknown"), std::string::npos) << ran.out;
}

struct Blind {
    const char* name;
    std::string answer;
};
class BlindTest : public ScanCommandTest, public ::testing::WithParamInterface<Blind> {};

/// Never an empty table that looks like "nothing wrong": the host is named, with the reason.
TEST_P(BlindTest, IsThreeAndNamesTheHost) {
    record("good", {syncedContainer('a', "web")});
    record("vm9", GetParam().answer);
    const Ran ran = scan();
    EXPECT_EQ(ran.status, 3) << ran.out;
    const std::string name = "vm9: not observed\n";
    const std::size_t at = ran.out.find(name);
    ASSERT_NE(at, std::string::npos) << ran.out;
    EXPECT_TRUE(ran.out.substr(at + name.size()).starts_with("    ")) << "no reason: " << ran.out;
    EXPECT_NE(ran.out.find("1 host not observed"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("shop/web"), std::string::npos) << "the other host's rows stay: " << ran.out;
}

INSTANTIATE_TEST_SUITE_P(Cli, BlindTest,
                         ::testing::Values(Blind{"NoRight", test::refusedText("permission denied")},
                                           Blind{"Nothing", ""}, Blind{"Motd", "Welcome to Ubuntu\n"},
                                           Blind{"CutOff", "inodeck-probe 1\nuser 0 0 x726f6f74\n"}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST_F(ScanCommandTest, AHostThatWasNeverRecordedIsThree) {
    record("vm1", {syncedContainer('a', "web")});
    const Ran ran = scan({"vm1", "vm2"});
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.out.find("vm2: not observed"), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, ThisMachineWithoutDockerIsThree) {
    const Ran ran = inodeck({"scan", "--local", "--docker", "inodeck-no-such-docker"});
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.out.find("local: not observed"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("VERDICT"), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, AHostThatRefusesConnectionsIsThree) {
    const Ran ran = inodeck({"scan", "127.0.0.1:1"});
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.out.find("127.0.0.1:1: not observed"), std::string::npos) << ran.out;
}

TEST_F(ScanCommandTest, ARecordingIsNeverTakenForTheRealThing) {
    record("vm1", {syncedContainer('a', "web")});
    EXPECT_NE(scan().err.find("recorded fleet"), std::string::npos);
}

/// Names come from containers and labels: whatever they hold, a terminal shows it and does not obey it.
TEST_F(ScanCommandTest, HostileNamesAreShownNotObeyed) {
    auto hostile = staleContainer('a', "edge");
    hostile.project = "\\u001b]0;owned\\u0007"; // JSON's own escapes, as Docker prints them
    hostile.service = "a\\nb\\u202ec";          // a newline, and a right-to-left override
    hostile.mounts.front().destination = "/etc/$(id)\n\x1b[31m\xff\tx";
    hostile.mounts.front().source = "/srv/`id`\r\x07";
    record("vm1", {hostile});
    const Ran ran = scan();
    EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
    for (const char c : ran.out)
        ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << ran.out;
    EXPECT_EQ(ran.out.find("\u202e"), std::string::npos);
    EXPECT_NE(ran.out.find("\\x1b]0;owned\\x07/a\\nb\\u202ec"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("/etc/$(id)\\n\\x1b[31m\\xff\\tx"), std::string::npos) << ran.out;
}

} // namespace
} // namespace inodeck
