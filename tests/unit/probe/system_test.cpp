#include <gtest/gtest.h>

#include "core/base/hex.h"
#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

using test::AnswerText;
using test::replaced;

System systemOf(const std::string& bytes) {
    const auto report = parseProbe(
        replaced(AnswerText{}.text(), "machine x61\n", "machine x61\nsystem x" + hexEncode(bytes) + "\n"));
    return report ? report->system : System{"error", report.error().message, std::nullopt};
}

TEST(ParseSystemTest, KernelNameAndUptime) {
    const System system = systemOf("6.1.0-18-amd64 \"Debian GNU/Linux 12 (bookworm)\"");
    EXPECT_EQ(system.kernel, "6.1.0-18-amd64");
    EXPECT_EQ(system.os, "Debian GNU/Linux 12 (bookworm)");
    EXPECT_EQ(system.uptime, std::chrono::seconds{100});
}

TEST(ParseSystemTest, QuotesAreTheShells) {
    EXPECT_EQ(systemOf("5.15 Alpine").os, "Alpine");
    EXPECT_EQ(systemOf("5.15 'A b'").os, "A b");
    EXPECT_EQ(systemOf("5.15 \"A \\\"b\\\" \\$c\"").os, "A \"b\" $c");
    EXPECT_EQ(systemOf("5.15 \"").os, "\"");
    EXPECT_EQ(systemOf("5.15 \\").os, "\\");
}

TEST(ParseSystemTest, WhatIsNotThereIsEmpty) {
    EXPECT_EQ(systemOf("").kernel, "");
    EXPECT_EQ(systemOf(" ").os, "");
    EXPECT_EQ(systemOf("6.1").os, "");
    const auto old = parseProbe(AnswerText{}.text()); // recorded before there was such a line
    ASSERT_TRUE(old);
    EXPECT_TRUE(old->system.kernel.empty() && old->system.os.empty());
}

TEST(ParseSystemTest, AMalformedLineSpoilsTheAnswer) {
    EXPECT_FALSE(parseProbe(replaced(AnswerText{}.text(), "machine x61\n", "machine x61\nsystem 6.1\n")));
}

} // namespace
} // namespace inodeck
