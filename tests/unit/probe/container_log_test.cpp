#include "core/probe/container_log.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace inodeck {
namespace {

const std::string Exit = "\ninodeck-exit 0\n";

std::string at(int second, const std::string& text) {
    return "2026-11-24T10:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second) +
           ".000000001Z " + text + "\n";
}

std::vector<std::string> texts(const LogTail& tail) {
    std::vector<std::string> all;
    for (const LogLine& line : tail.lines)
        all.push_back(line.text);
    return all;
}

using Texts = std::vector<std::string>;

TEST(ContainerLog, StdoutAndStderrAreInTheOrderOfTheirTimes) {
    const auto tail = parseLog(at(1, "one") + at(3, "three") + at(2, "two") + Exit, {});
    ASSERT_TRUE(tail);
    EXPECT_EQ(texts(*tail), (Texts{"one", "two", "three"}));
    EXPECT_EQ(tail->end.stamp, "2026-11-24T10:00:03.000000001Z");
    EXPECT_EQ(tail->end.lines, 1u);
    EXPECT_FALSE(tail->gap);
}

TEST(ContainerLog, FollowingShowsNoLineTwiceAndLosesNone) {
    LogOptions options;
    const auto first = parseLog(at(1, "one") + at(2, "two a") + at(2, "two b") + Exit, options);
    ASSERT_TRUE(first);
    options.after = first->end;
    const auto second =
        parseLog(at(2, "two a") + at(2, "two b") + at(2, "two c") + at(3, "three") + Exit, options);
    ASSERT_TRUE(second);
    EXPECT_EQ(texts(*second), (Texts{"two c", "three"}));
    options.after = second->end;
    const auto third = parseLog(at(3, "three") + Exit, options);
    ASSERT_TRUE(third);
    EXPECT_TRUE(third->lines.empty());
    EXPECT_EQ(third->end.stamp, second->end.stamp);
    EXPECT_EQ(third->end.lines, 1u);
}

TEST(ContainerLog, MoreThanWasAskedForIsAGap) {
    LogOptions options;
    options.tail = 2;
    EXPECT_TRUE(parseLog(at(1, "a") + at(2, "b") + Exit, options)->gap);
    options.maxBytes = 60;
    const auto cut = parseLog("rest of a line\n" + at(1, "whole") + Exit, options);
    ASSERT_TRUE(cut);
    EXPECT_TRUE(cut->gap);
    EXPECT_EQ(texts(*cut), Texts{"whole"});
}

TEST(ContainerLog, WhatAContainerSaysIsShownAndNotObeyed) {
    const auto tail = parseLog(at(1, "\x1b[1;31mred\x1b[0m \x1b]0;title\x07 \xff \xe2\x80\xae"
                                     "evil \r") +
                                   at(2, "password=hunter1 Authorization: Bearer hunter2hunter2") +
                                   at(3, std::string(100'000, 'x')) + at(4, "inodeck-exit 7") + Exit,
                               {});
    ASSERT_TRUE(tail);
    ASSERT_EQ(tail->lines.size(), 4u);
    EXPECT_EQ(tail->lines[0].text, "red \\x1b]0;title\\x07 \\xff \\u202eevil ");
    EXPECT_EQ(tail->lines[1].text.find("hunter"), std::string::npos);
    EXPECT_LT(tail->lines[2].text.size(), 4100u);
    EXPECT_TRUE(tail->lines[2].text.ends_with("[cut]"));
    EXPECT_EQ(tail->lines[3].text, "inodeck-exit 7") << "only the last one is ours";
    for (const LogLine& line : tail->lines)
        EXPECT_TRUE(isUtf8(line.text));
}

TEST(ContainerLog, DockersRefusalIsAnErrorInItsWords) {
    const auto tail = parseLog("Error: No such container: abc\n\ninodeck-exit 1\n", {});
    ASSERT_FALSE(tail);
    EXPECT_EQ(tail.error().code, ErrorCode::CommandFailed);
    EXPECT_EQ(tail.error().message, "docker logs failed: Error: No such container: abc");
    EXPECT_FALSE(parseLog(at(1, "cut off"), {}));
    EXPECT_FALSE(parseLog("", {}));
    EXPECT_FALSE(parseLog("\ninodeck-exit x\n", {}));
}

TEST(ContainerLog, OnlyATimeReachesTheCommandLine) {
    const auto id = *ContainerId::parse(std::string(64, 'a'));
    LogOptions options;
    options.after.stamp = "'; reboot #";
    EXPECT_EQ(logRequest({"docker"}, AccessLevel::Root, id, options).command.find("reboot"),
              std::string::npos);
    options.after.stamp = "2026-11-24T10:00:03.000000001Z";
    const std::string command = logRequest({"docker"}, AccessLevel::Sudo, id, options).command;
    EXPECT_NE(command.find("--since 2026-11-24T10:00:03.000000001Z"), std::string::npos);
    EXPECT_NE(command.find("sudo -n"), std::string::npos);
}

} // namespace
} // namespace inodeck
