#include "core/base/text.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::has;
using test::Ran;
using Words = std::vector<std::string>;

/// An answer that nobody gets is none: a pipeline must not go on as if it had it.
class OutputTest : public test::CliTest {
protected:
    void SetUp() override {
        record("vm1", {test::syncedContainer('a', "web")});
        record("vm2", {test::staleContainer('b', "edge")});
    }
    Ran toFull(const Words& arguments) const { return byShell("exec \"$@\" >/dev/full", arguments); }
};

TEST_F(OutputTest, WhatCannotBeWrittenIsThree) {
    for (const Words& command : {Words{"scan", "vm1", "--json"}, Words{"scan", "vm1"}, Words{"scan", "vm2"},
                                 Words{"doctor", "vm1"}}) {
        const Ran ran = toFull(replay(command));
        EXPECT_EQ(ran.status, 3) << command[0];
        EXPECT_TRUE(has(ran.err, "inodeck: cannot write the output: No space left on device.\n")) << ran.err;
    }
    EXPECT_EQ(toFull({"--help"}).status, 3);
    EXPECT_EQ(toFull({"--version"}).status, 3);
}

/// More than a buffer: then it is not the last flush that fails.
TEST_F(OutputTest, NorIsMuchOfIt) {
    std::vector<test::ContainerText> many;
    for (int i = 0; i < 300; ++i) {
        many.push_back(test::syncedContainer('a', "web" + std::to_string(i)));
        const std::string number = std::to_string(1000 + i);
        many.back().id.replace(0, number.size(), number);
    }
    record("vm1", many);
    EXPECT_GT(inodeck(replay({"scan", "vm1", "--json"})).out.size(), 100'000U);
    const Ran ran = toFull(replay({"scan", "vm1", "--json"}));
    EXPECT_EQ(ran.status, 3);
    EXPECT_TRUE(has(ran.err, "cannot write the output: No space left on device.\n")) << ran.err;
}

TEST_F(OutputTest, AHigherCodeStays) {
    EXPECT_EQ(toFull(replay({"restart", "vm2", "shop/edge", "--reason", "x"})).status, 4);
    EXPECT_EQ(toFull(replay({"scan", "vm1", "nowhere"})).status, 3);
    const Ran usage = toFull({"scan"});
    EXPECT_EQ(usage.status, 2);
    EXPECT_FALSE(has(usage.err, "cannot write")) << "it had nothing to say there: " << usage.err;
}

/// The reader has gone before a byte was written: the fifo says so.
TEST_F(OutputTest, AReaderThatIsGoneCountsToo) {
    const std::string fifo = shellQuote((folder / "gone").string());
    const Ran ran = byShell("mkfifo " + fifo + "; { read -r _ <" + fifo +
                                "; \"$@\"; echo \"status $?\" >&2; } | { exec <&-; echo >" + fifo + "; }",
                            replay({"scan", "vm1", "--json"}));
    EXPECT_TRUE(has(ran.err, "cannot write the output: Broken pipe.\n")) << ran.err;
    EXPECT_TRUE(has(ran.err, "status 3\n")) << ran.err;
}

} // namespace
} // namespace inodeck
