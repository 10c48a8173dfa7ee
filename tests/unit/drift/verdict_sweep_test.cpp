#include <gtest/gtest.h>
#include <vector>

#include "core/base/text.h"
#include "core/drift/verdict.h"
#include "tests/unit/drift/observations.h"

namespace inodeck {
namespace {

using namespace test;

/// Everything that can be read of one side, sane or not.
std::vector<Side> allSides(const std::vector<std::uint64_t>& numbers) {
    std::vector<Side> sides{Side{},
                            missing(),
                            unreadable(),
                            Side{"contradiction.", true, facts()},
                            Side{{}, true, facts()},
                            Side{"contradiction.", false, facts()}};
    const std::array<std::optional<Sha256>, 3> hashes{std::nullopt, Sha256::of("new"), Sha256::of("old")};
    for (const FileType type : {FileType::Regular, FileType::Directory, FileType::Socket, FileType::Fifo,
                                FileType::CharDevice, FileType::BlockDevice, FileType::Other})
        for (const std::uint64_t dev : numbers)
            for (const std::uint64_t inode : numbers)
                for (const auto& hash : hashes)
                    for (const bool overLimit : {false, true})
                        for (const TimePoint ctime : {Started - 1h, Started + 1h})
                            sides.push_back(read({type, dev, inode, 3, ctime, hash, overLimit}));
    return sides;
}

bool sameFile(const Facts& a, const Facts& b) {
    return a.type == b.type && a.type != FileType::Other && a.dev == b.dev && a.inode == b.inode;
}

/// Either both were hashed, with one result, or both are too large for it.
bool sameContent(const Facts& a, const Facts& b) {
    if (a.type != FileType::Regular)
        return true;
    return a.overLimit == b.overLimit && a.sha256 == b.sha256 && (a.sha256 || a.overLimit);
}

/// The process has read what the file holds now, as far as that can be known.
bool loaded(const Observation& o, const std::optional<Sha256>& baseline) {
    const Facts& host = *o.hostSide.facts;
    const bool regular = host.type == FileType::Regular;
    if (regular && baseline && host.sha256)
        return *baseline == *host.sha256;
    if (!regular && !(host.type == FileType::Directory && o.readOnly))
        return true;
    const auto start = o.container.startedAt;
    return start && host.ctime < *start && o.containerSide.facts->ctime < *start;
}

/// What must hold before anybody may say "in sync".
bool mayBeInSync(const Observation& o, const std::optional<Sha256>& baseline) {
    const bool bothRead = o.hostSide.problem.empty() && o.containerSide.problem.empty() &&
                          !o.hostSide.missing && !o.containerSide.missing && o.hostSide.facts &&
                          o.containerSide.facts;
    return o.container.running && bothRead && sameFile(*o.hostSide.facts, *o.containerSide.facts) &&
           sameContent(*o.hostSide.facts, *o.containerSide.facts) && loaded(o, baseline);
}

bool oneHarmlessLine(const std::string& text) {
    return text.size() > 1 && text.ends_with('.') && printable(text) == text;
}

struct Counts {
    long all = 0;
    long inSync = 0;
};

/// Both directions: never in sync without grounds, and never anything else where everything agrees.
void check(const Observation& o, const std::optional<Sha256>& baseline, Counts& counts) {
    const Judgement j = judge(o, baseline);
    ++counts.all;
    counts.inSync += j.verdict == Verdict::InSync;
    ASSERT_EQ(j.verdict == Verdict::InSync, mayBeInSync(o, baseline)) << toString(j.verdict);
    ASSERT_TRUE(oneHarmlessLine(j.reason)) << j.reason;
    ASSERT_EQ(j.verdict == Verdict::NotRunning, !o.container.running);
    if (!o.hostSide.problem.empty() || !o.containerSide.problem.empty()) {
        ASSERT_TRUE(j.verdict == Verdict::Unknown || j.verdict == Verdict::NotRunning);
    }
}

TEST(VerdictSweepTest, InSyncIsSaidExactlyWhereBothSidesAreKnownToAgree) {
    const auto hostSides = allSides({1});
    const auto insideSides = allSides({1, 2});
    const std::array<std::optional<Sha256>, 3> baselines{std::nullopt, Sha256::of("new"), Sha256::of("old")};
    Counts counts;
    for (const Side& host : hostSides)
        for (const Side& inside : insideSides) {
            Observation o = observation(host, inside);
            for (const bool running : {true, false})
                for (const bool readOnly : {true, false})
                    for (const auto& startedAt : {std::optional<TimePoint>{}, std::optional(Started)})
                        for (const auto& baseline : baselines) {
                            o.container.running = running;
                            o.readOnly = readOnly;
                            o.container.startedAt = startedAt;
                            check(o, baseline, counts);
                            if (HasFatalFailure())
                                return;
                        }
        }
    EXPECT_EQ(counts.all, static_cast<long>(hostSides.size() * insideSides.size()) * 24);
    EXPECT_GT(counts.inSync, 1000); // the sweep does reach it
}

} // namespace
} // namespace inodeck
