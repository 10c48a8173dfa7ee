#include "core/restart/vm_lock.h"

#include <csignal>
#include <gtest/gtest.h>

#include "core/transport/local_transport.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;

/// On this machine, by its real flock; others on it may hold the lock meanwhile.
class VmLockTest : public ::testing::Test {
protected:
    VmLockTest() {
        host.name = "local";
        host.local = true;
        request.holder = "tester@here\x1b[2J";
        request.wait = 60s;
    }
    Result<std::unique_ptr<VmLock>> acquire() {
        return VmLock::acquire(transport, pool, host, request, cancel);
    }
    std::string run(const std::string& command) {
        std::string output;
        EXPECT_TRUE(
            pool.with(host, Deadline::after(10s), cancel, false, [&](Session& session) -> Result<void> {
                const auto answer = session.exec({command, {}, 1 << 20}, Deadline::after(10s), cancel);
                output = answer ? answer->output : answer.error().message;
                return {};
            }));
        return output;
    }

    LocalTransport transport;
    SessionPool pool{transport};
    Host host;
    VmLock::Request request;
    Cancel cancel;
};

TEST_F(VmLockTest, TheSecondIsToldWhoAndSinceWhen) {
    auto first = acquire();
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_TRUE((*first)->held());
    request.wait = 0s;
    const auto second = acquire();
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("tester@here"), std::string::npos) << second.error().message;
    EXPECT_NE(second.error().message.find(", since 2"), std::string::npos) << second.error().message;
    EXPECT_EQ(second.error().message.find('\x1b'), std::string::npos);
    EXPECT_TRUE((*first)->held());
}

TEST_F(VmLockTest, ItEndsWithItsHolderAndTheOneWhoWaitsGetsIt) {
    auto first = acquire();
    ASSERT_TRUE(first) << first.error().message;
    std::string told;
    request.onBusy = [&](const std::string& who) {
        told += who;
        first->reset(); // the first is done while the second waits
    };
    const auto second = acquire();
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_NE(told.find("tester@here"), std::string::npos) << told;
}

/// What holds it is killed on the VM: nothing more may be done under it.
TEST_F(VmLockTest, ALostLockIsSeen) {
    auto lock = acquire();
    ASSERT_TRUE(lock) << lock.error().message;
    const Deadline bound = Deadline::after(20s);
    run("for p in /proc/[0-9]*; do case $(tr '\\0' ' ' <$p/cmdline 2>/dev/null) in "
        "'flock -n '*'tester@here'* | 'sh -c echo \"locked '*'tester@here'*) kill -9 ${p#/proc/} ;; esac; "
        "done");
    while ((*lock)->held() && !bound.passed())
        run("true");
    EXPECT_FALSE((*lock)->held());
}

TEST_F(VmLockTest, WhoWaitsCanBeStopped) {
    auto first = acquire();
    ASSERT_TRUE(first) << first.error().message;
    request.onBusy = [&](const std::string&) { cancel.request(); };
    const auto second = acquire();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Cancelled);
}

TEST(DescribeHolder, HostileArgumentsAreShownAsTheyAre) {
    EXPECT_NE(describeHolder("").find("cannot be seen"), std::string::npos);
    EXPECT_NE(describeHolder("pid 7\nvim\n").find("(pid 7)"), std::string::npos);
    const std::string text = describeHolder("pid 7\nflock\ninodeck-lock\ntok\n\x1b[2J<b>\n2026\n");
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("since 2026"), std::string::npos) << text;
}

} // namespace
} // namespace inodeck
