#include <gtest/gtest.h>
#include <sstream>

#include "app/cli/diff_output.h"

namespace inodeck {
namespace {

/// What `inodeck diff` says of what it read; that it reads it is for the lab's tests.
class DiffOutputTest : public ::testing::Test {
protected:
    DiffOutputTest() {
        row.observation.container.name = "app";
        row.observation.destination = "/etc/app.conf";
        row.observation.source = "/srv/app.conf";
        row.observation.hostSide.facts = Facts{};
        row.observation.containerSide.facts = Facts{};
        inodes(1, 2);
    }
    void inodes(std::uint64_t inside, std::uint64_t host) {
        row.observation.containerSide.facts->inode = inside;
        row.observation.hostSide.facts->inode = host;
    }
    void sides(const std::string& inside, const std::string& host, bool cut) {
        both = {{inside, cut}, {host, cut}};
    }
    int run(int (*print)(const Row&, const BothSides&, cli::Context&)) {
        out.str("");
        err.str("");
        cli::Context context{{in, out, err}, {}, cancel};
        return print(row, both, context);
    }
    /// With and without the content the answer is the same.
    void expectCode(int code) {
        EXPECT_EQ(run(cli::printWithoutContent), code) << err.str();
        EXPECT_EQ(run(cli::printDiff), code) << out.str() << err.str();
    }
    bool says(const std::string& words) const {
        return (out.str() + err.str()).find(words) != std::string::npos;
    }

    const std::string binary = std::string("\0\1\2", 3);
    Row row;
    BothSides both;
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Cancel cancel;
};

TEST_F(DiffOutputTest, WhatIsEqualIsZeroAndSilent) {
    for (const std::string& content : {std::string("a\n"), binary}) {
        sides(content, content, false);
        expectCode(0);
        EXPECT_EQ(out.str() + err.str(), "");
    }
}

/// Neither a false alarm, nor a false "in sync".
TEST_F(DiffOutputTest, WhatIsEqualSoFarIsThreeUnlessItIsOneFile) {
    for (const std::string& content : {std::string("a\n"), binary}) {
        sides(content, content, true);
        inodes(1, 2);
        expectCode(3);
        EXPECT_TRUE(
            says("app:/etc/app.conf: the first 16 MiB are the same; what lies beyond was not compared."))
            << err.str();
        EXPECT_EQ(out.str(), "");
        inodes(7, 7);
        expectCode(0);
        EXPECT_EQ(out.str() + err.str(), "");
        row.observation.hostSide.facts->dev = 9;
        expectCode(3);
        row.observation.hostSide.facts->dev = 0;
    }
}

/// It was one file when it was scanned, and grew or was replaced before it was read.
TEST_F(DiffOutputTest, OneSideThatIsLongerIsNotCalledTheSame) {
    both = {{"a\n", false}, {"a\n", true}};
    inodes(7, 7);
    expectCode(3);
    row.observation.hostSide.facts.reset();
    expectCode(3);
}

TEST_F(DiffOutputTest, BinaryFilesThatDifferAreOne) {
    sides(binary, binary + "x", false);
    expectCode(1);
    EXPECT_TRUE(says("sha256 " + Sha256::of(binary).hex() + " in the container")) << out.str();
    sides(binary, binary + "x", true);
    expectCode(1);
    EXPECT_TRUE(says("Binary files differ within the first 16 MiB\n")) << out.str();
    EXPECT_FALSE(says("sha256")) << "that of a part is not the file's: " << out.str();
}

TEST_F(DiffOutputTest, TextThatDiffersIsShown) {
    sides("a\n", "b\n", false);
    expectCode(1);
    EXPECT_TRUE(says("-a\n+b\n")) << out.str();
    sides("a\n", "b\n", true);
    EXPECT_EQ(run(cli::printDiff), 3);
    EXPECT_TRUE(says("-a\n+b\n") && says("what lies beyond was not compared")) << out.str() << err.str();
    EXPECT_EQ(run(cli::printWithoutContent), 1);
}

TEST_F(DiffOutputTest, ASecretIsNeitherShownNorHashed) {
    for (const bool cut : {false, true}) {
        sides("hunter2\n", "hunter3\n", cut);
        EXPECT_EQ(run(cli::printWithoutContent), 1);
        EXPECT_TRUE(says("app:/etc/app.conf differs, and is not shown")) << err.str();
        EXPECT_FALSE(says("hunter")) << err.str();
        EXPECT_FALSE(says(Sha256::of("hunter2\n").hex())) << err.str();
    }
}

} // namespace
} // namespace inodeck
