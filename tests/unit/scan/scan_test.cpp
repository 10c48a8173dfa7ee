#include "core/scan/scan.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <set>

#include "tests/support/scripted_transport.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using test::ScriptedTransport;

Host named(const std::string& name, std::chrono::seconds deadline = 30s) {
    Host host;
    host.name = name;
    host.deadline = deadline;
    return host;
}

std::string good() {
    return test::probeText({test::staleContainer('a', "edge"), test::syncedContainer('b', "web")});
}

class ScanTest : public ::testing::Test {
protected:
    Scanner scanner(int parallel = 64) { return Scanner(transport, Clock::system(), {parallel}); }

    ScriptedTransport transport;
    Cancel cancel;
};

TEST_F(ScanTest, RowsCarryWhatTheProbeSaidAndItsVerdict) {
    transport.host("vm", test::says(good()));
    Scanner scan = scanner();
    const HostScan result = scan.scanHost(named("vm"), cancel);
    ASSERT_EQ(result.status, HostStatus::Ok) << result.error.message;
    ASSERT_EQ(result.rows.size(), 2u);
    EXPECT_EQ(result.rows[0].observation.container.label(), "shop/edge");
    EXPECT_EQ(result.rows[0].judgement.verdict, Verdict::StaleInode);
    EXPECT_EQ(result.rows[1].judgement.verdict, Verdict::InSync);
    EXPECT_EQ(result.peer.address, "vm:22");
    EXPECT_EQ(result.access.level, AccessLevel::Root);
    EXPECT_EQ(result.runtime.version, "20.10.24");
    EXPECT_NE(result.scannedAt, TimePoint{});
}

TEST_F(ScanTest, ResultsKeepTheOrderOfTheHostsWhicheverIsFirst) {
    std::vector<Host> hosts;
    for (int i = 0; i < 8; ++i) {
        const std::string name = "vm" + std::to_string(i);
        transport.host(name, test::slow(std::chrono::milliseconds{(8 - i) * 15}, test::says(good())));
        hosts.push_back(named(name));
    }
    Scanner scan = scanner();
    const auto results = scan.scan(hosts, cancel);
    ASSERT_EQ(results.size(), hosts.size());
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        EXPECT_EQ(results[i].host, hosts[i].name);
        EXPECT_EQ(results[i].status, HostStatus::Ok);
    }
}

TEST_F(ScanTest, NeverMoreHostsAtOnceThanAllowedAndAsManyAsThat) {
    constexpr int Limit = 3;
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    int most = 0;
    const auto count = [&](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        std::unique_lock lock(mutex);
        most = std::max(most, ++inside);
        changed.notify_all();
        // Nobody leaves before the limit was reached once; then each leaves at once.
        const bool full = changed.wait_for(lock, 20s, [&] { return most >= Limit; });
        --inside;
        return full ? Result<ExecResult>(ExecResult{good(), {}, 0})
                    : fail(ErrorCode::Internal, "not parallel");
    };
    std::vector<Host> hosts;
    for (int i = 0; i < 12; ++i) {
        transport.host("vm" + std::to_string(i), count);
        hosts.push_back(named("vm" + std::to_string(i)));
    }
    Scanner scan = scanner(Limit);
    for (const HostScan& result : scan.scan(hosts, cancel))
        EXPECT_EQ(result.status, HostStatus::Ok) << result.error.message;
    EXPECT_EQ(most, Limit);
}

TEST_F(ScanTest, ALimitBelowOneStillScans) {
    transport.host("vm", test::says(good()));
    Scanner scan = scanner(0);
    EXPECT_EQ(scan.scan({named("vm")}, cancel).front().status, HostStatus::Ok);
}

TEST_F(ScanTest, NoHostsIsAnEmptyResult) {
    Scanner scan = scanner();
    EXPECT_TRUE(scan.scan({}, cancel).empty());
}

TEST_F(ScanTest, AHungHostCostsItsOwnRowOnly) {
    transport.host("bad", test::hangs());
    transport.host("good1", test::says(good()));
    transport.host("good2", test::says(good()));
    Scanner scan = scanner();
    const auto results = scan.scan({named("good1"), named("bad", 1s), named("good2")}, cancel);
    EXPECT_EQ(results[0].status, HostStatus::Ok);
    EXPECT_EQ(results[2].status, HostStatus::Ok);
    EXPECT_EQ(results[1].status, HostStatus::Failed);
    EXPECT_EQ(results[1].error.code, ErrorCode::Timeout);
    EXPECT_TRUE(results[1].rows.empty());
    EXPECT_LT(results[0].duration, 900ms) << "it waited for the hung one";
}

/// Connect and probe share one deadline: a host that is slow twice does not get it twice.
TEST_F(ScanTest, TheDeadlineIsForTheWholeHost) {
    transport.host("slow", test::hangs(), [](const Deadline& deadline, const Cancel& c) -> Result<void> {
        if (!test::slow(700ms, test::says(""))({}, deadline, c))
            return fail(ErrorCode::Timeout, "connecting took too long");
        return {};
    });
    Scanner scan = scanner();
    const HostScan result = scan.scanHost(named("slow", 1s), cancel);
    EXPECT_EQ(result.error.code, ErrorCode::Timeout);
    EXPECT_GE(result.duration, 950ms);
    EXPECT_LT(result.duration, 1500ms) << "the probe had a deadline of its own";
}

/// A container that restarts each time it is looked at is asked about again, but within the same deadline.
TEST_F(ScanTest, RepeatedLooksShareTheDeadlineToo) {
    std::string raced = good();
    const std::string honest = "again " + test::containerId('a');
    raced.replace(raced.find(honest), honest.size() + 8, honest + " 9999999");
    transport.host("vm", test::slow(400ms, test::says(raced)));
    Scanner scan = scanner();
    const HostScan result = scan.scanHost(named("vm", 1s), cancel);
    EXPECT_EQ(result.status, HostStatus::Failed);
    EXPECT_EQ(result.error.code, ErrorCode::Timeout);
    EXPECT_TRUE(result.rows.empty());
    EXPECT_LT(result.duration, 1500ms);
}

TEST_F(ScanTest, CancellingEndsAFleetOfHungHostsAtOnce) {
    std::vector<Host> hosts;
    for (int i = 0; i < 20; ++i) {
        transport.host("vm" + std::to_string(i), test::hangs());
        hosts.push_back(named("vm" + std::to_string(i)));
    }
    transport.host("quick", test::says(good()));
    hosts.insert(hosts.begin(), named("quick"));
    Scanner scan = scanner(4);
    std::atomic<int> reported{0};
    const auto begin = std::chrono::steady_clock::now();
    const auto results = scan.scan(hosts, cancel, [&](const HostScan& host) {
        ++reported;
        if (host.host == "quick")
            cancel.request();
    });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << "a hung host has 30 s";
    ASSERT_EQ(results.size(), hosts.size());
    EXPECT_EQ(reported, 21) << "hosts that nobody looked at any more are reported too";
    EXPECT_EQ(results[0].status, HostStatus::Ok) << "what was known before the cancel stays";
    for (std::size_t i = 1; i < results.size(); ++i) {
        EXPECT_EQ(results[i].host, hosts[i].name);
        EXPECT_EQ(results[i].status, HostStatus::Cancelled);
        EXPECT_FALSE(results[i].error.message.empty());
        EXPECT_TRUE(results[i].rows.empty());
    }
}

TEST_F(ScanTest, ProgressIsReportedOnceAHostAndNeverTwiceAtATime) {
    std::vector<Host> hosts;
    for (int i = 0; i < 16; ++i) {
        const std::string name = "vm" + std::to_string(i);
        transport.host(name, i % 3 ? test::says(good()) : test::fails(ErrorCode::Disconnected));
        hosts.push_back(named(name));
    }
    std::multiset<std::string> seen;
    std::atomic<int> inside{0};
    bool overlapped = false;
    Scanner scan = scanner();
    const auto results = scan.scan(hosts, cancel, [&](const HostScan& host) {
        overlapped |= ++inside != 1;
        seen.insert(host.host + std::string(toString(host.status)));
        --inside;
    });
    EXPECT_FALSE(overlapped);
    ASSERT_EQ(seen.size(), hosts.size());
    for (const HostScan& result : results)
        EXPECT_EQ(seen.count(result.host + std::string(toString(result.status))), 1u);
}

/// What cannot be observed is an error, never an empty table that reads as "all is well".
struct Unobservable {
    const char* name;
    test::Answer answer;
    ErrorCode code;
};
class UnobservableTest : public ::testing::TestWithParam<Unobservable> {};

TEST_P(UnobservableTest, IsAnError) {
    ScriptedTransport transport;
    transport.host("vm", GetParam().answer);
    Scanner scan(transport, Clock::system());
    const Cancel cancel;
    const HostScan result = scan.scanHost(named("vm", 2s), cancel);
    EXPECT_EQ(result.status, HostStatus::Failed);
    EXPECT_EQ(result.error.code, GetParam().code) << result.error.message;
    EXPECT_FALSE(result.error.message.empty());
    EXPECT_TRUE(result.rows.empty());
}

std::string without(std::string text, const std::string& what) {
    const std::size_t at = text.find(what);
    return text.erase(at, what.size());
}

INSTANTIATE_TEST_SUITE_P(
    Scan, UnobservableTest,
    ::testing::Values(
        Unobservable{"NoRight", test::says(test::refusedText("permission denied")),
                     ErrorCode::PermissionDenied},
        Unobservable{"NoInspect", test::says(test::refusedText("Error: No such object", "no_inspect")),
                     ErrorCode::PermissionDenied},
        Unobservable{"Silence", test::says(""), ErrorCode::Protocol},
        Unobservable{"NoShell", test::says("This account is not available.\n"), ErrorCode::Protocol},
        Unobservable{"CutOff", test::says(without(good(), "end 2\n")), ErrorCode::Protocol},
        Unobservable{"CutInTheLastLine", test::says(good().substr(0, good().size() - 1)),
                     ErrorCode::Protocol},
        Unobservable{"OnlyTheHeader", test::says("inodeck-probe 1\n"), ErrorCode::Protocol},
        Unobservable{"Garbage", test::says("inodeck-probe 1\n\x01\xff nonsense\nend 1\n"),
                     ErrorCode::Protocol},
        Unobservable{"OtherFormat", test::says("inodeck-probe 2\nend 1\n"), ErrorCode::Protocol},
        Unobservable{"Ended", test::fails(ErrorCode::Disconnected), ErrorCode::Disconnected},
        Unobservable{"TooMuch", test::fails(ErrorCode::TooLarge), ErrorCode::TooLarge},
        Unobservable{"Throws",
                     [](const ExecRequest&, const Deadline&,
                        const Cancel&) -> Result<ExecResult> { throw std::runtime_error("out of anything"); },
                     ErrorCode::Internal}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(ScanTest, AHostThatCannotBeReachedIsReportedWithItsError) {
    Scanner scan = scanner();
    const HostScan result = scan.scanHost(named("nowhere"), cancel);
    EXPECT_EQ(result.status, HostStatus::Failed);
    EXPECT_EQ(result.error.code, ErrorCode::Unreachable);
    EXPECT_EQ(result.host, "nowhere");
}

TEST_F(ScanTest, ARowWhoseSideCannotBeReadIsUnknown) {
    test::ContainerText container = test::syncedContainer('a', "web");
    container.mounts.front().inside.error = "denied";
    transport.host("vm", test::says(test::probeText({container})));
    Scanner scan = scanner();
    const HostScan result = scan.scanHost(named("vm"), cancel);
    ASSERT_EQ(result.rows.size(), 1u);
    EXPECT_EQ(result.rows[0].judgement.verdict, Verdict::Unknown);
}

TEST_F(ScanTest, OnlyTheNamedContainersAreAskedAbout) {
    const auto all = std::vector{test::staleContainer('a', "edge"), test::syncedContainer('b', "web")};
    transport.host("vm",
                   [&](const ExecRequest& request, const Deadline&, const Cancel&) -> Result<ExecResult> {
                       std::vector<test::ContainerText> wanted;
                       for (const auto& container : all)
                           if (test::asksFor(request, container))
                               wanted.push_back(container);
                       return ExecResult{test::probeText(wanted), {}, 0};
                   });
    Scanner scan = scanner();
    EXPECT_EQ(scan.scanHost(named("vm"), cancel).rows.size(), 2u);
    const HostScan one = scan.scanHost(named("vm"), cancel, {*ContainerId::parse(test::containerId('b'))});
    ASSERT_EQ(one.rows.size(), 1u);
    EXPECT_EQ(one.rows[0].observation.container.service, "web");
}

} // namespace
} // namespace inodeck
