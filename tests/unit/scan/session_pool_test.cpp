#include <future>
#include <gtest/gtest.h>

#include "core/scan/scan.h"
#include "tests/support/scripted_transport.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using test::ScriptedTransport;

std::string good() {
    return test::probeText({test::syncedContainer('b', "web")});
}

class SessionPoolTest : public ::testing::Test {
protected:
    SessionPoolTest()
        : scanner(transport, Clock::system()) {
        host.name = "vm";
        host.deadline = 5s;
    }
    /// The answers in turn; the last one for good.
    void answers(std::vector<test::Answer> list) {
        auto turn = std::make_shared<std::size_t>(0);
        transport.host("vm", [list = std::move(list), turn](const ExecRequest& request,
                                                            const Deadline& deadline, const Cancel& c) {
            const std::size_t now = std::min((*turn)++, list.size() - 1);
            return list[now](request, deadline, c);
        });
    }
    HostStatus scan() { return scanner.scanHost(host, cancel).status; }

    ScriptedTransport transport;
    Cancel cancel;
    Scanner scanner;
    Host host;
};

TEST_F(SessionPoolTest, ASessionIsKeptForTheNextScan) {
    answers({test::says(good())});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(transport.connects("vm"), 1);
    EXPECT_EQ(transport.openSessions(), 1);
}

TEST_F(SessionPoolTest, AKeptSessionThatDiedMeanwhileIsReplacedWithinTheScan) {
    answers({test::says(good()), test::fails(ErrorCode::Disconnected), test::says(good())});
    EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(transport.connects("vm"), 2);
    EXPECT_EQ(transport.openSessions(), 1);
}

TEST_F(SessionPoolTest, AFreshSessionThatDiesIsNotTriedAgain) {
    answers({test::fails(ErrorCode::Disconnected)});
    EXPECT_EQ(scan(), HostStatus::Failed);
    EXPECT_EQ(transport.connects("vm"), 1);
    EXPECT_EQ(transport.openSessions(), 0);
}

TEST_F(SessionPoolTest, ASessionThatTimedOutIsDroppedAndNotTriedAgain) {
    host.deadline = 1s;
    answers({test::hangs(), test::says(good())});
    EXPECT_EQ(scan(), HostStatus::Failed);
    EXPECT_EQ(transport.connects("vm"), 1);
    EXPECT_EQ(transport.openSessions(), 0);
    EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(transport.connects("vm"), 2);
}

TEST_F(SessionPoolTest, ASessionThatAnsweredNonsenseIsDropped) {
    answers({test::says("what?\n"), test::says(good())});
    EXPECT_EQ(scan(), HostStatus::Failed);
    EXPECT_EQ(transport.openSessions(), 0);
    EXPECT_EQ(scan(), HostStatus::Ok);
}

TEST_F(SessionPoolTest, AnExceptionLeavesNoHalfUsedSession) {
    answers({[](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
                 throw std::runtime_error("half-way");
             },
             test::says(good())});
    EXPECT_EQ(scan(), HostStatus::Failed);
    EXPECT_EQ(transport.openSessions(), 0);
    EXPECT_EQ(scan(), HostStatus::Ok) << "the slot must not stay locked";
}

TEST_F(SessionPoolTest, WhatMustNotBeRepeatedIsNotRepeated) {
    answers({test::says(good()), test::fails(ErrorCode::Disconnected), test::says(good())});
    ASSERT_EQ(scan(), HostStatus::Ok);
    int runs = 0;
    const auto done = scanner.sessions().with(
        host, Deadline::after(5s), cancel, false, [&](Session& session) -> Result<void> {
            ++runs;
            auto answer = session.exec({"docker restart x", {}, 1000}, Deadline::after(5s), cancel);
            return answer ? Result<void>{} : tl::unexpected(answer.error());
        });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Disconnected);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(transport.connects("vm"), 1);
}

TEST_F(SessionPoolTest, ForgetClosesTheKeptSession) {
    answers({test::says(good())});
    ASSERT_EQ(scan(), HostStatus::Ok);
    scanner.sessions().forget("vm");
    EXPECT_EQ(transport.openSessions(), 0);
    EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(transport.connects("vm"), 2);
}

TEST_F(SessionPoolTest, ThisMachineAndAVmOfThatNameDoNotShareASession) {
    answers({test::says(good())});
    ASSERT_EQ(scan(), HostStatus::Ok);
    host.local = true;
    EXPECT_EQ(scan(), HostStatus::Ok);
    EXPECT_EQ(transport.connects("vm"), 2);
    scanner.sessions().forget("vm");
    EXPECT_EQ(transport.openSessions(), 0);
}

/// A session belongs to one thread at a time: who comes second waits, bounded by its own deadline and cancel.
class BusySessionTest : public SessionPoolTest {
protected:
    BusySessionTest() { answers({test::says(good())}); }
    void SetUp() override {
        auto lent = std::make_shared<std::promise<void>>();
        const std::shared_future<void> returned = giveBack.get_future().share();
        first = std::async(std::launch::async, [this, lent, returned] {
            return scanner.sessions().with(host, Deadline::after(60s), never, true,
                                           [&](Session&) -> Result<void> {
                                               lent->set_value();
                                               returned.wait_for(60s);
                                               return {};
                                           });
        });
        ASSERT_EQ(lent->get_future().wait_for(30s), std::future_status::ready);
    }
    void TearDown() override {
        if (first.valid())
            finish();
    }
    void finish() {
        giveBack.set_value();
        EXPECT_TRUE(first.get());
    }
    Result<void> second(std::chrono::milliseconds timeout) {
        return scanner.sessions().with(host, Deadline::after(timeout), cancel, true,
                                       [](Session&) { return Result<void>{}; });
    }

    Cancel never;
    std::promise<void> giveBack;
    std::future<Result<void>> first;
};

TEST_F(BusySessionTest, WaitingForItEndsWithTheDeadline) {
    const auto done = second(100ms);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Timeout);
}

TEST_F(BusySessionTest, WaitingForItEndsWithACancel) {
    auto waiting = std::async(std::launch::async, [&] { return second(60s); });
    EXPECT_EQ(waiting.wait_for(20ms), std::future_status::timeout);
    cancel.request();
    ASSERT_EQ(waiting.wait_for(5s), std::future_status::ready);
    EXPECT_EQ(waiting.get().error().code, ErrorCode::Cancelled);
}

TEST_F(BusySessionTest, ForgettingItClosesItOnceItIsGivenBack) {
    scanner.sessions().forget("vm");
    EXPECT_EQ(transport.openSessions(), 1) << "closed under the hands of its user";
    finish();
    EXPECT_EQ(transport.openSessions(), 0);
}

} // namespace
} // namespace inodeck
