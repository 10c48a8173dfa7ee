#include <gtest/gtest.h>

#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using test::AnswerText;
using test::Id;

/// Says one text after the other, the last one again and again.
class Says final : public Session {
public:
    explicit Says(std::vector<std::string> texts)
        : m_texts(std::move(texts)) {}
    Result<ExecResult> exec(const ExecRequest& request, const Deadline&, const Cancel&) override {
        requests.push_back(request);
        return ExecResult{m_texts[std::min(requests.size(), m_texts.size()) - 1], {}, status};
    }
    bool alive() const override { return true; }
    PeerInfo peer() const override { return {}; }

    std::vector<ExecRequest> requests;
    int status = 0;

private:
    std::vector<std::string> m_texts;
};

Result<ProbeReport> ask(Says& session) {
    const Cancel cancel;
    return probe(session, {}, Deadline::after(5s), cancel);
}

std::string racedText() {
    AnswerText answer;
    answer.again = "again " + Id + " 777\n";
    return answer.text();
}

TEST(ProbeTest, RacedContainersAreReadAgainAndOnlyThey) {
    Says session({racedText(), AnswerText{}.text()});
    const auto report = ask(session);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->raced.empty());
    ASSERT_EQ(report->observations.size(), 1U);
    EXPECT_EQ(judge(report->observations[0]).verdict, Verdict::InSync);
    ASSERT_EQ(session.requests.size(), 2U);
    EXPECT_NE(session.requests[0].input.find("\nonly=''\n"), std::string::npos);
    EXPECT_NE(session.requests[1].input.find("\nonly='" + Id + "'\n"), std::string::npos);
}

TEST(ProbeTest, WhatAlwaysRacesStaysUnknown) {
    Says session({racedText()});
    const auto report = ask(session);
    ASSERT_TRUE(report);
    EXPECT_EQ(session.requests.size(), 3U);
    ASSERT_EQ(report->observations.size(), 1U);
    EXPECT_EQ(judge(report->observations[0]).verdict, Verdict::Unknown);
    EXPECT_EQ(report->raced.size(), 1U);
}

TEST(ProbeTest, ARacedContainerThatIsGoneIsNoRow) {
    AnswerText nothing;
    nothing.mounts.clear();
    nothing.sides.clear();
    nothing.processes.clear();
    nothing.again.clear();
    Says session({racedText(), nothing.text()});
    const auto report = ask(session);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->observations.empty());
}

TEST(ProbeTest, WhenDockerFailsAtTheSecondLookTheRowStaysUnknown) {
    Says session({racedText(), "inodeck-probe 1\nuser 0 0 x\nno_docker x6e6f\nend 0\n"});
    const auto report = ask(session);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->observations.size(), 1U);
    EXPECT_EQ(judge(report->observations[0]).verdict, Verdict::Unknown);
}

TEST(ProbeTest, AnAnswerThatIsNoneIsQuoted) {
    Says session({"This account is currently not available.\n"});
    const auto report = ask(session);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::Protocol);
}

TEST(ReadSideTest, IsOnlyWhatFollowsTheMarkerAndUpToTheLimit) {
    const Cancel cancel;
    Observation o;
    o.container.id = *ContainerId::parse(Id);
    o.source = "/srv/'$(x)\n";
    o.destination = "/etc/y";
    Says session({"inodeck-probe 1\ncontent\nabc"});
    auto side = readSide(session, {}, o, SideName::Host, 100, Deadline::after(5s), cancel);
    ASSERT_TRUE(side);
    EXPECT_EQ(side->bytes, "abc");
    EXPECT_FALSE(side->truncated);
    side = readSide(session, {}, o, SideName::Host, 2, Deadline::after(5s), cancel);
    EXPECT_EQ(side->bytes, "ab");
    EXPECT_TRUE(side->truncated);
    EXPECT_EQ(session.requests[0].input.find(o.source), std::string::npos);
    EXPECT_NE(session.requests[0].input.find("read_side=h read_source=x2f7372762f272428782"),
              std::string::npos);
    session.status = 1; // half of a file is no content
    EXPECT_FALSE(readSide(session, {}, o, SideName::Host, 100, Deadline::after(5s), cancel));
    Says silent({"inodeck-probe 1\nE 0h missing\n"});
    side = readSide(silent, {}, o, SideName::Host, 100, Deadline::after(5s), cancel);
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, ErrorCode::NotFound);
    EXPECT_EQ(side.error().message.find('\n'), std::string::npos);
}

} // namespace
} // namespace inodeck
