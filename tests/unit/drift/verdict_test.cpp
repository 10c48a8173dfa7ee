#include "core/drift/verdict.h"

#include <gtest/gtest.h>
#include <set>

#include "core/base/text.h"
#include "tests/unit/drift/observations.h"

namespace inodeck {
namespace {

using namespace test;

constexpr std::array AllTypes{FileType::Regular,    FileType::Directory,   FileType::Socket, FileType::Fifo,
                              FileType::CharDevice, FileType::BlockDevice, FileType::Other};

// Rows of the truth table, in its order.

TEST(VerdictTest, AContainerThatDoesNotRunReadsNothingWhateverTheSidesAre) {
    const std::array sides{read(facts()), read(facts(FileType::Regular, 12, "old")), missing(), unreadable(),
                           Side{}};
    for (const Side& host : sides) {
        Observation o = observation(host, Side{});
        o.container.running = false;
        o.container.status = "exited";
        const Judgement j = judge(o, Sha256::of("x"));
        EXPECT_EQ(j.verdict, Verdict::NotRunning);
        EXPECT_EQ(j.reason, "The container is exited: nothing is reading this config.");
        EXPECT_FALSE(j.since);
    }
}

TEST(VerdictTest, ASideThatCouldNotBeReadIsUnknownWithTheReason) {
    EXPECT_EQ(judge(observation(unreadable(), read(facts()))).reason,
              "The host side could not be read: the account may not read it.");
    EXPECT_EQ(judge(observation(read(facts()), unreadable("it raced."))).reason,
              "The container side could not be read: it raced.");
    for (const auto& o : {observation(unreadable(), read(facts())), observation(read(facts()), unreadable()),
                          observation(unreadable(), unreadable()), observation(missing(), unreadable()),
                          observation(read(facts()), missing()), observation(Side{}, read(facts())),
                          observation(read(facts()), Side{}), observation(missing(), Side{}),
                          observation(missing(), missing())})
        EXPECT_EQ(judge(o, Sha256::of("new")).verdict, Verdict::Unknown);
}

TEST(VerdictTest, AMissingHostFileIsAnOutageToCome) {
    for (const FileType type : AllTypes) {
        const Judgement j = judge(observation(missing(), read(facts(type))));
        EXPECT_EQ(j.verdict, Verdict::SourceMissing);
        EXPECT_NE(j.reason.find("/srv/alloy/config.alloy"), std::string::npos) << j.reason;
        EXPECT_NE(j.reason.find("a restart would fail"), std::string::npos) << j.reason;
    }
}

TEST(VerdictTest, AnotherTypeOnTheHostIsAnOutageToCome) {
    for (const FileType host : AllTypes)
        for (const FileType inside : AllTypes) {
            const auto verdict =
                judge(observation(read(facts(host)), read(facts(inside))), Sha256::of("new")).verdict;
            EXPECT_EQ(verdict == Verdict::SourceTypeChanged, host != inside)
                << toString(host) << " " << toString(inside);
        }
}

TEST(VerdictTest, ATypeThatNobodyKnowsIsUnknown) {
    EXPECT_EQ(judge(observation(read(facts(FileType::Other)), read(facts(FileType::Other)))).verdict,
              Verdict::Unknown);
}

TEST(VerdictTest, OtherInodesWithOtherBytesAreStale) {
    const Judgement j = judge(observation(read(facts()), read(facts(FileType::Regular, 12, "old"))));
    EXPECT_EQ(j.verdict, Verdict::StaleInode);
    EXPECT_NE(j.reason.find("A reload cannot help"), std::string::npos) << j.reason;
}

TEST(VerdictTest, OtherInodesOfWhatHasNoBytesAreStale) {
    for (const FileType type :
         {FileType::Directory, FileType::Socket, FileType::Fifo, FileType::CharDevice, FileType::BlockDevice})
        EXPECT_EQ(judge(observation(read(facts(type)), read(facts(type, 12)))).verdict, Verdict::StaleInode)
            << toString(type);
}

TEST(VerdictTest, TheSameInodeNumberOfAnotherFilesystemIsAnotherFile) {
    Facts elsewhere = facts(FileType::Regular, 11, "old");
    elsewhere.dev = 2050;
    EXPECT_EQ(judge(observation(read(facts()), read(elsewhere))).verdict, Verdict::StaleInode);
    elsewhere = facts(FileType::Directory);
    elsewhere.dev = 2050;
    EXPECT_EQ(judge(observation(read(facts(FileType::Directory)), read(elsewhere))).verdict,
              Verdict::StaleInode);
}

TEST(VerdictTest, WhereOneSideWasNotHashedTheInodeDecides) {
    for (const bool hostHashed : {true, false}) {
        Facts host = facts();
        Facts inside = facts(FileType::Regular, 12);
        (hostHashed ? inside : host).sha256.reset();
        (hostHashed ? inside : host).overLimit = true;
        const Judgement j = judge(observation(read(host), read(inside)));
        EXPECT_EQ(j.verdict, Verdict::StaleInode);
        EXPECT_NE(j.reason.find("the inode decides"), std::string::npos) << j.reason;
    }
}

TEST(VerdictTest, OtherInodesWithTheSameBytesAreDetached) {
    EXPECT_EQ(judge(observation(read(facts()), read(facts(FileType::Regular, 12)))).verdict,
              Verdict::DetachedInode);
}

TEST(VerdictTest, ABaselineOfOtherContentMeansNotLoaded) {
    EXPECT_EQ(judge(observation(), Sha256::of("old")).verdict, Verdict::NotLoaded);
}

TEST(VerdictTest, ABaselineOfTheSameContentOutweighsTheChangeTime) {
    Facts touched = facts();
    touched.ctime = Started + 1h;
    EXPECT_EQ(judge(observation(read(touched), read(touched)), Sha256::of("new")).verdict, Verdict::InSync);
}

TEST(VerdictTest, AChangeAfterTheStartMayNotBeLoaded) {
    Facts touched = facts();
    touched.ctime = Started + 1h;
    const Judgement j = judge(observation(read(touched), read(touched)));
    EXPECT_EQ(j.verdict, Verdict::ChangedSinceStart);
    EXPECT_EQ(j.since, touched.ctime);
}

TEST(VerdictTest, OtherwiseInSync) {
    const Judgement j = judge(observation());
    EXPECT_EQ(j.verdict, Verdict::InSync);
    EXPECT_EQ(j.reason, "Both sides are the same inode with the same content.");
    EXPECT_FALSE(j.since);
}

// Where a row has edges.

TEST(VerdictTest, TheChangeTimeOfEitherSideCounts) {
    Facts touched = facts();
    touched.ctime = Started + 1ns;
    EXPECT_EQ(judge(observation(read(facts()), read(touched))).verdict, Verdict::ChangedSinceStart);
    EXPECT_EQ(judge(observation(read(touched), read(facts()))).verdict, Verdict::ChangedSinceStart);
}

TEST(VerdictTest, AChangeWithinTheClocksGrainOfTheStartIsNotHidden) {
    for (const auto& [before, verdict] :
         {std::pair{0ms, Verdict::ChangedSinceStart}, std::pair{20ms, Verdict::ChangedSinceStart},
          std::pair{26ms, Verdict::InSync}}) {
        Facts touched = facts();
        touched.ctime = Started - before;
        EXPECT_EQ(judge(observation(read(touched), read(touched))).verdict, verdict) << before.count();
    }
}

TEST(VerdictTest, AProcessThatIsOlderThanDockersStartMayHaveReadEarlier) {
    Facts touched = facts();
    touched.ctime = Started - 1min;
    Observation o = observation(read(touched), read(touched));
    o.container.processStart = Started - 2min;
    EXPECT_EQ(judge(o).verdict, Verdict::ChangedSinceStart);
    o.container.processStart = Started + 2min; // a process of a later time proves nothing newer
    EXPECT_EQ(judge(o).verdict, Verdict::InSync);
    touched.ctime = Started + 1min;
    o.hostSide = o.containerSide = read(touched);
    EXPECT_EQ(judge(o).verdict, Verdict::ChangedSinceStart);
}

TEST(VerdictTest, WithoutAStartTimeNothingIsCalledGood) {
    Observation o = observation();
    o.container.startedAt.reset();
    EXPECT_EQ(judge(o).verdict, Verdict::Unknown);
    EXPECT_EQ(judge(o, Sha256::of("new")).verdict, Verdict::InSync);
}

TEST(VerdictTest, AFileThatChangedWhileItWasReadIsUnknown) {
    EXPECT_EQ(judge(observation(read(facts()), read(facts(FileType::Regular, 11, "old")))).verdict,
              Verdict::Unknown);
    Facts grown = facts();
    grown.sha256.reset();
    grown.overLimit = true;
    EXPECT_EQ(judge(observation(read(facts()), read(grown))).verdict, Verdict::Unknown);
}

TEST(VerdictTest, AFileWithoutHashThatIsNotTooLargeIsUnknown) {
    Facts bare = facts();
    bare.sha256.reset();
    EXPECT_EQ(judge(observation(read(bare), read(bare))).verdict, Verdict::Unknown);
}

TEST(VerdictTest, ALargeFileIsJudgedByInodeAndChangeTimeWhateverTheBaseline) {
    Facts large = facts();
    large.sha256.reset();
    large.overLimit = true;
    EXPECT_EQ(judge(observation(read(large), read(large)), Sha256::of("old")).verdict, Verdict::InSync);
    EXPECT_NE(judge(observation(read(large), read(large))).reason.find("too large to hash"),
              std::string::npos);
    large.ctime = Started + 1s;
    EXPECT_EQ(judge(observation(read(large), read(large)), Sha256::of("old")).verdict,
              Verdict::ChangedSinceStart);
}

TEST(VerdictTest, AWritableDirectoryMayChangeAReadOnlyOneMayNot) {
    Facts touched = facts(FileType::Directory);
    touched.ctime = Started + 1h;
    Observation o = observation(read(touched), read(touched));
    EXPECT_EQ(judge(o).verdict, Verdict::InSync);
    EXPECT_NE(judge(o).reason.find("were not compared"), std::string::npos);
    o.readOnly = true;
    EXPECT_EQ(judge(o).verdict, Verdict::ChangedSinceStart);
}

TEST(VerdictTest, TheAgeOfASocketMeansNothing) {
    Facts touched = facts(FileType::Socket);
    touched.ctime = Started + 1h;
    EXPECT_EQ(judge(observation(read(touched), read(touched))).verdict, Verdict::InSync);
}

TEST(VerdictTest, SinceIsSaidOnlyWhereItIsKnown) {
    Facts fresh = facts();
    fresh.ctime = Started + 5min;
    const auto old = read(facts(FileType::Regular, 12, "old"));
    EXPECT_EQ(judge(observation(read(fresh), old)).since, Started + 5min);
    EXPECT_FALSE(judge(observation(read(facts()), old)).since); // an older inode took the place
}

// Words.

TEST(VerdictTest, HostileNamesStayOneHarmlessLine) {
    Observation o = observation(missing());
    o.source = "/srv/\x1b[2J\n\xff\u202e";
    EXPECT_EQ(judge(o).reason, "The host has no file at /srv/\\x1b[2J\\n\\xff\\u202e: a restart would fail "
                               "now. Restore it first.");
    o = observation(read(facts()), missing());
    o.destination = "/a\rb";
    EXPECT_EQ(judge(o).reason, "The container has nothing at /a\\rb any more.");
    o.container.running = false;
    o.container.status = "up\n\x07";
    EXPECT_EQ(judge(o).reason, "The container is up\\n\\x07: nothing is reading this config.");
    EXPECT_EQ(judge(observation(unreadable("no\n\x1b[31m"), read(facts()))).reason,
              "The host side could not be read: no\\n\\x1b[31m");
}

TEST(VerdictTest, EveryVerdictHasItsWord) {
    std::set<std::string_view> words;
    for (const Verdict v : AllVerdicts) {
        EXPECT_EQ(verdictFromString(toString(v)), v);
        words.insert(toString(v));
    }
    EXPECT_EQ(words, (std::set<std::string_view>{"source_missing", "source_type_changed", "stale_inode",
                                                 "unknown", "not_loaded", "changed_since_start",
                                                 "detached_inode", "not_running", "in_sync"}));
    for (const char* word : {"", "In_sync", "in_sync ", "in sync", "insync"})
        EXPECT_FALSE(verdictFromString(word)) << word;
}

TEST(VerdictTest, WhatIsNotKnownIsNoDriftAndNoSync) {
    for (const Verdict v : AllVerdicts)
        EXPECT_EQ(isDrift(v), v != Verdict::InSync && v != Verdict::Unknown && v != Verdict::NotRunning);
}

} // namespace
} // namespace inodeck
