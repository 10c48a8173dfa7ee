#include <gtest/gtest.h>

#include "tests/unit/reconcile/rows.h"

namespace inodeck {
namespace {

using namespace test;

const Sha256 Old = Sha256::of("old");
const Sha256 New = Sha256::of("new");

struct Case {
    const char* name;
    std::vector<Observation> mounts;
    Action action;
    Verdict verdict;
    Service service = {};
    Hints hints = {};
    bool detachedToo = false;
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

Service live() {
    Service service;
    service.reload = ReloadPolicy::Live;
    return service;
}

Service about(std::vector<std::string> paths) {
    Service service;
    service.configPaths = std::move(paths);
    return service;
}

Hints started(const Sha256& hash) {
    Hints hints;
    hints.baselines["/etc/app.conf"] = hash;
    return hints;
}

Hints says(Loaded loaded, std::optional<Sha256> baseline = {}) {
    Hints hints;
    hints.loaded["/etc/app.conf"] = {loaded, "it says so."};
    if (baseline)
        hints.baselines["/etc/app.conf"] = *baseline;
    return hints;
}

const Case Cases[] = {
    {"InSync", {mount()}, Action::None, Verdict::InSync},
    {"Stale", {replaced()}, Action::Restart, Verdict::StaleInode},
    {"Edited", {editedInPlace()}, Action::Restart, Verdict::ChangedSinceStart},
    {"Detached", {detached()}, Action::Leave, Verdict::DetachedInode},
    {"DetachedWanted", {detached()}, Action::Restart, Verdict::DetachedInode, {}, {}, true},
    {"Missing", {missing()}, Action::Refuse, Verdict::SourceMissing},
    {"Retyped", {retyped()}, Action::Refuse, Verdict::SourceTypeChanged},
    {"Unreadable", {unreadable()}, Action::Unknown, Verdict::Unknown},
    {"UnreadableInside", {unreadableInside()}, Action::Unknown, Verdict::Unknown},
    {"Stopped", {stopped()}, Action::Leave, Verdict::NotRunning},
    {"NoMount", {}, Action::Unknown, Verdict::Unknown},

    {"LiveEdited", {editedInPlace()}, Action::None, Verdict::ChangedSinceStart, live()},
    {"LiveStale", {replaced()}, Action::Restart, Verdict::StaleInode, live()},
    {"LiveMissing", {missing()}, Action::Refuse, Verdict::SourceMissing, live()},

    {"BaselineSame", {editedInPlace()}, Action::None, Verdict::InSync, {}, started(New)},
    {"BaselineOther", {editedInPlace()}, Action::Restart, Verdict::NotLoaded, {}, started(Old)},
    {"BaselineOtherByClockInSync", {mount()}, Action::Restart, Verdict::NotLoaded, {}, started(New)},
    {"MatchingHashAndStaleInode", {replaced()}, Action::Restart, Verdict::StaleInode, {}, started(New)},
    {"BaselineDoesNotHealUnknown", {unreadable()}, Action::Unknown, Verdict::Unknown, {}, started(Old)},
    {"BaselineDoesNotHealMissing", {missing()}, Action::Refuse, Verdict::SourceMissing, {}, started(Old)},
    {"BaselineDoesNotSettleDetached", {detached()}, Action::Leave, Verdict::DetachedInode, {}, started(Old)},

    {"LoadedYes", {editedInPlace()}, Action::None, Verdict::InSync, {}, says(Loaded::Yes)},
    {"LoadedNo", {editedInPlace()}, Action::Restart, Verdict::NotLoaded, {}, says(Loaded::No)},
    {"LoadedSilent",
     {editedInPlace()},
     Action::Restart,
     Verdict::ChangedSinceStart,
     {},
     says(Loaded::Unanswered)},
    {"LoadedNeverHealsStale", {replaced()}, Action::Restart, Verdict::StaleInode, {}, says(Loaded::Yes)},
    {"LoadedNeverHealsUnknown", {unreadable()}, Action::Unknown, Verdict::Unknown, {}, says(Loaded::Yes)},
    {"LoadedYesBeforeOldHash", {editedInPlace()}, Action::None, Verdict::InSync, {}, says(Loaded::Yes, Old)},
    {"LoadedNoBeforeSameHash",
     {editedInPlace()},
     Action::Restart,
     Verdict::NotLoaded,
     {},
     says(Loaded::No, New)},

    {"OneOfTwo", {mount(), replaced("/etc/b")}, Action::Restart, Verdict::StaleInode},
    {"StaleAndMissing", {replaced(), missing("/etc/b")}, Action::Refuse, Verdict::SourceMissing},
    {"StaleAndUnreadable", {replaced(), unreadable("/etc/b")}, Action::Unknown, Verdict::Unknown},
    {"StaleAndUnreadableInside",
     {replaced(), unreadableInside("/etc/b")},
     Action::Restart,
     Verdict::StaleInode},
    {"InSyncAndUnreadable", {mount(), unreadable("/etc/b")}, Action::Unknown, Verdict::Unknown},

    {"OtherMountStale",
     {mount(), replaced("/data")},
     Action::None,
     Verdict::InSync,
     about({"/etc/app.conf"})},
    {"OtherMountMissing",
     {mount(), missing("/data")},
     Action::None,
     Verdict::InSync,
     about({"/etc/app.conf"})},
    {"RestartNeedsOtherMount",
     {replaced(), missing("/data")},
     Action::Refuse,
     Verdict::SourceMissing,
     about({"/etc/app.conf"})},
    {"RestartNeedsToSeeOtherMount",
     {replaced(), unreadable("/data")},
     Action::Unknown,
     Verdict::Unknown,
     about({"/etc/app.conf"})},
    {"BySource",
     {replaced(), mount("/b")},
     Action::Restart,
     Verdict::StaleInode,
     about({"/srv/etc/app.conf"})},
    {"PathThatIsNotMounted",
     {mount()},
     Action::Unknown,
     Verdict::Unknown,
     about({"/etc/app.conf", "/etc/x"})},
};

class DecisionTest : public ::testing::TestWithParam<Case> {};

TEST_P(DecisionTest, IsWhatTheMeasuredStateCallsFor) {
    const Case& one = GetParam();
    const Decision decision = decide(judged(one.mounts), one.service, one.hints, {one.detachedToo});
    EXPECT_EQ(toString(decision.action), toString(one.action)) << decision.cause;
    EXPECT_EQ(toString(decision.verdict), toString(one.verdict)) << decision.cause;
    EXPECT_FALSE(decision.cause.empty());
}

INSTANTIATE_TEST_SUITE_P(Cases, DecisionTest, ::testing::ValuesIn(Cases),
                         [](const auto& one) { return std::string(one.param.name); });

const std::vector<Observation (*)(const std::string&)> Kinds{
    mount, replaced, detached, editedInPlace, missing, retyped, unreadable, unreadableInside, stopped};

/// Whatever two mounts, policy and hints come together.
TEST(DecisionSweep, NothingIsRestartedIntoAnOutageAndNothingUnseenIsCalledGood) {
    int restarts = 0;
    for (const auto& first : Kinds)
        for (const auto& second : Kinds)
            for (const ReloadPolicy policy : {ReloadPolicy::Restart, ReloadPolicy::Live})
                for (const Loaded loaded : {Loaded::NotAsked, Loaded::Unanswered, Loaded::Yes, Loaded::No})
                    for (const int baseline : {0, 1, 2}) {
                        const auto rows = judged({first("/etc/app.conf"), second("/etc/b")});
                        Service service;
                        service.reload = policy;
                        Hints hints = says(loaded);
                        if (baseline)
                            hints.baselines["/etc/app.conf"] = baseline == 1 ? Old : New;
                        const Decision d = decide(rows, service, hints);
                        restarts += d.action == Action::Restart;
                        for (const Row& row : rows) {
                            const Verdict v = row.judgement.verdict;
                            const bool gone = v == Verdict::SourceMissing || v == Verdict::SourceTypeChanged;
                            EXPECT_FALSE(d.action == Action::Restart &&
                                         (gone || !row.observation.hostSide.problem.empty()));
                            EXPECT_FALSE(d.action == Action::None &&
                                         (gone || v == Verdict::Unknown || v == Verdict::StaleInode ||
                                          v == Verdict::DetachedInode || v == Verdict::NotRunning));
                        }
                    }
    EXPECT_GT(restarts, 100);
}

TEST(Decision, HostileNamesAreMadeHarmless) {
    Observation o = replaced("/etc/\x1b[2J\n::error::x");
    EXPECT_EQ(decide(judged({o}), {}, {}).cause.find_first_of("\x1b\n"), std::string::npos);
}

} // namespace
} // namespace inodeck
