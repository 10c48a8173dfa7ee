#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <random>

#include "core/base/deadline.h"
#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

using test::AnswerText;
using test::Id;
using test::reasonOf;
using test::replaced;
using test::verdictOf;

bool isError(const std::string& verdict) {
    return verdict.starts_with("error: ");
}

TEST(ParseProbeTest, ReadsEverything) {
    const auto report = parseProbe(AnswerText{}.text());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->access.level, AccessLevel::Root);
    EXPECT_EQ(report->access.user, "root");
    EXPECT_EQ(report->runtime.name, "docker");
    EXPECT_EQ(report->runtime.version, "20.10.24");
    EXPECT_TRUE(report->raced.empty());
    ASSERT_EQ(report->observations.size(), 1U);
    const Observation& o = report->observations[0];
    EXPECT_EQ(o.container.name, "app");
    EXPECT_EQ(o.source, "/srv/app.conf");
    EXPECT_EQ(o.destination, "/etc/app.conf");
    EXPECT_EQ(o.mountRoot, "/srv/app.conf");
    EXPECT_TRUE(o.readOnly);
    ASSERT_TRUE(o.hostSide.facts && o.containerSide.facts);
    EXPECT_EQ(o.hostSide.facts->inode, 9001U);
    EXPECT_EQ(o.hostSide.facts->ctime, *parseRfc3339("2026-02-10T09:14:03.123456789Z"));
    EXPECT_EQ(verdictOf(AnswerText{}.text()), "in_sync");
}

TEST(ParseProbeTest, CutAtAnyByteIsNoAnswer) {
    const std::string whole = AnswerText{}.text();
    for (std::size_t size = 0; size < whole.size(); ++size)
        ASSERT_FALSE(parseProbe(whole.substr(0, size))) << size;
}

TEST(ParseProbeTest, WordsOfALoginShellBeforeItAreSkipped) {
    EXPECT_EQ(verdictOf("Welcome!\ninodeck-probe 11\n" + AnswerText{}.text()), "in_sync");
    EXPECT_TRUE(isError(verdictOf("x" + AnswerText{}.text())));
    EXPECT_TRUE(isError(verdictOf(replaced(AnswerText{}.text(), "inodeck-probe 1", "inodeck-probe 2"))));
}

TEST(ParseProbeTest, TheLastLineCountsTheMounts) {
    const std::string whole = AnswerText{}.text();
    EXPECT_TRUE(isError(verdictOf(replaced(whole, "end 1\n", "end 2\n"))));
    EXPECT_TRUE(isError(verdictOf(replaced(whole, "end 1\n", "end 0\n"))));
    EXPECT_TRUE(isError(verdictOf(replaced(whole, "end 1\n", "end\n"))));
    AnswerText lost;
    lost.mounts.clear(); // the sides are of a mount that nobody described
    EXPECT_TRUE(isError(verdictOf(lost.text())));
}

TEST(ParseProbeTest, ASideWithoutAllOfItsFactsIsUnknown) {
    const std::string good = AnswerText{}.text();
    const std::string hash = Sha256::of("new\n").hex();
    for (const std::string& line :
         {"H 0h " + hash + "\n", "H 0c " + hash + "\n",
          std::string("S 0h 65024 9001 4 81a4 2026-02-10 09:14:03.123456789 +0000\n"),
          std::string("S 0c 65024 9001 4 81a4 2026-02-10 09:14:03.123456789 +0000\n")})
        EXPECT_EQ(verdictOf(replaced(good, line, "")), "unknown") << line;
}

TEST(ParseProbeTest, WhatMakesNoSenseIsUnknown) {
    const std::string facts = "65024 9001 4 81a4 2026-02-10 09:14:03.123456789 +0000";
    for (const std::string& bad :
         {std::string{}, std::string("-1 9001 4 81a4 2026-02-10 09:14:03.123456789 +0000"),
          std::string("65024 9001 4 zzzz 2026-02-10 09:14:03.123456789 +0000"),
          std::string("65024 99999999999999999999999 4 81a4 2026-02-10 09:14:03.123456789 +0000"),
          std::string("65024 9001 4 81a4 2026-02-31 09:14:03.123456789 +0000"),
          std::string("65024 9001 4 81a4 2026-02-10 09:14:03"), std::string("65024 9001 4 81a4"), facts + " ",
          facts.substr(0, facts.size() - 1)})
        EXPECT_EQ(verdictOf(replaced(AnswerText{}.text(), "S 0c " + facts, "S 0c " + bad)), "unknown") << bad;
    for (const std::string& more :
         {"S 0h " + facts, std::string("E 0h denied"), std::string("E 0h missing"), std::string("L 0h"),
          std::string("H 0h ") + std::string(64, '0'), std::string("C 0h"), std::string("T 0h"),
          std::string("Z 0h"), std::string("E 0h")})
        EXPECT_EQ(verdictOf(replaced(AnswerText{}.text(), "@ end", more + "\n@ end")), "unknown") << more;
}

TEST(ParseProbeTest, LinesThatBelongToNoSideAreNoAnswer) {
    for (const char* bad : {"E 0x denied", "E h denied", "E", "D 0", "E -1h denied", "E 1h denied",
                            "E 99999999999999999999h x", "nonsense", "container", "container {}", "mount",
                            "clock", "proc x", "again", "undescribed abc", "user", "end of it"})
        EXPECT_TRUE(isError(verdictOf(replaced(AnswerText{}.text(), "@ end", std::string(bad) + "\n@ end"))))
            << bad;
}

TEST(ParseProbeTest, AChangeWhileItWasReadIsSaid) {
    EXPECT_NE(reasonOf(replaced(AnswerText{}.text(), "@ end", "C 0c\n@ end")).find("while it was being read"),
              std::string::npos);
    EXPECT_NE(
        reasonOf(replaced(AnswerText{}.text(), "@ end", "T 0h\nT 0c\n@ end")).find("did not end in time"),
        std::string::npos);
}

TEST(ParseProbeTest, TheTwoHashesMustBeTheSame) {
    const std::string other = replaced(AnswerText{}.text(), "H 0c " + Sha256::of("new\n").hex(),
                                       "H 0c " + Sha256::of("old\n").hex());
    EXPECT_EQ(verdictOf(other), "unknown");
}

TEST(ParseProbeTest, AContainerThatIsAnotherOneAfterwardsIsRaced) {
    for (const std::string& again : {std::string{}, "again " + Id + " 501\n", "again " + Id + " 0\n"}) {
        AnswerText answer;
        answer.again = again;
        EXPECT_EQ(verdictOf(answer.text()), "unknown") << again;
        EXPECT_EQ(parseProbe(answer.text())->raced, std::vector{*ContainerId::parse(Id)});
    }
    AnswerText unseen;
    unseen.processes = "proc " + Id + " 4711 0 0\n";
    unseen.again = "again " + Id + " 0\n";
    EXPECT_EQ(verdictOf(unseen.text()), "unknown");
}

TEST(ParseProbeTest, AContainerThatDockerDidNotDescribeIsARowThatIsUnknown) {
    const std::string id(64, 'b');
    const auto report =
        parseProbe(replaced(AnswerText{}.text(), "container {", "undescribed " + id + "\ncontainer {"));
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->observations.size(), 2U);
    const auto& row = report->observations[1];
    EXPECT_EQ(row.container.id.hex(), id);
    EXPECT_EQ(judge(row).verdict, Verdict::Unknown);
    EXPECT_NE(judge(row).reason.find("did not describe"), std::string::npos);
}

TEST(ParseProbeTest, WritableOrNotIsSaidInFull) {
    AnswerText answer;
    answer.mounts = {AnswerText::mountLine("/srv", "/srv", "fblse")};
    EXPECT_TRUE(isError(verdictOf(answer.text())));
}

TEST(ParseProbeTest, WithoutDockerThereIsNoAccess) {
    const auto report = parseProbe("inodeck-probe 1\nmachine x\nuser 1000 0 x6f70\nruntime x\nno_docker x" +
                                   std::string("1b5b33316d0a0a") + "\nend 0\n");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->access.level, AccessLevel::None);
    EXPECT_NE(report->access.missing.find("\\x1b[31m"), std::string::npos) << report->access.missing;
    EXPECT_EQ(report->access.missing.find_first_of("\n\x1b"), std::string::npos);
    EXPECT_NE(report->access.missing.find("grant"), std::string::npos);
}

TEST(ParseProbeTest, AHostOfManyRacedContainersIsReadInTime) {
    constexpr int Count = 20'000;
    AnswerText answer;
    const std::string one = answer.container;
    answer.mounts.clear();
    answer.sides.clear();
    answer.again.clear();
    for (int i = 0; i < Count; ++i) {
        std::array<char, 65> id{};
        std::snprintf(id.data(), id.size(), "%064x", i);
        answer.container += "\ncontainer " + replaced(one, Id, id.data());
        answer.mounts.push_back(replaced(AnswerText::mountLine("/a", "/b"), Id, id.data()));
    }
    const auto deadline = Deadline::after(std::chrono::seconds{20});
    const auto report = parseProbe(answer.text());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->raced.size(), std::size_t{Count});
    EXPECT_FALSE(deadline.passed());
}

TEST(ParseProbeTest, AnyBytesGiveAReportOrAnError) {
    std::mt19937 random(5);
    static constexpr const char* Words[] = {"S 0h ",   "E 0c ",   "H 0h ", "container ", "mount ",
                                            "end 0\n", "end 1\n", "{}",    "x",          "user 0 0 x\n",
                                            "\n",      " ",       "proc ", "again ",     "clock 1.1 1.11\n",
                                            "R 0c \\", "\xff",    "@ "};
    for (int i = 0; i < 20'000; ++i) {
        std::string text = "inodeck-probe 1\n";
        for (unsigned n = random() % 20; n > 0; --n)
            text += random() % 4 ? Words[random() % std::size(Words)]
                                 : std::string(1, static_cast<char>(random() % 256));
        const auto report = parseProbe(text);
        if (!report) {
            ASSERT_EQ(report.error().code, ErrorCode::Protocol);
            ASSERT_EQ(report.error().message.find('\n'), std::string::npos);
        }
    }
}

} // namespace
} // namespace inodeck
