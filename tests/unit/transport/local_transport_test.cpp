#include "core/transport/local_transport.h"

#include <chrono>
#include <csignal>
#include <dirent.h>
#include <gtest/gtest.h>
#include <thread>

#include "core/transport/child_process.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;

int openDescriptors() {
    int count = 0;
    DIR* folder = ::opendir("/proc/self/fd");
    while (::readdir(folder))
        ++count;
    ::closedir(folder);
    return count;
}

class LocalTransportTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto session = LocalTransport().connect({"local", true}, Deadline::after(1s), m_cancel);
        ASSERT_TRUE(session);
        m_session = *std::move(session);
    }
    Result<ExecResult> exec(const std::string& command, std::string input = {},
                            std::chrono::milliseconds timeout = 10s, std::size_t limit = 64 << 20) {
        return m_session->exec({command, std::move(input), limit}, Deadline::after(timeout), m_cancel);
    }
    /// Whether that process is gone, within five seconds.
    static bool ends(pid_t pid) {
        const auto deadline = Deadline::after(5s);
        while (::kill(pid, 0) == 0 && !deadline.passed())
            std::this_thread::sleep_for(2ms);
        return ::kill(pid, 0) != 0;
    }

    Cancel m_cancel;
    std::unique_ptr<Session> m_session;
};

TEST_F(LocalTransportTest, GivesOutputErrorAndStatus) {
    const std::string input("in\0put", 6);
    const auto result = exec("cat; echo err >&2; exit 3", input);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->output, input);
    EXPECT_EQ(result->error, "err\n");
    EXPECT_EQ(result->exitStatus, 3);
}

TEST_F(LocalTransportTest, ASignalIsNoExitStatus) {
    EXPECT_EQ(exec("kill -9 $$")->exitStatus, -1);
}

TEST_F(LocalTransportTest, TenMegabytesGoInAndComeOutUnchanged) {
    std::string bytes(10 << 20, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 2654435761u >> 13);
    const auto result = exec("cat", bytes);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->output == bytes);
}

TEST_F(LocalTransportTest, ACommandThatReadsNothingDoesNotBlockOnItsInput) {
    const auto result = exec("exec <&-; echo done", std::string(4 << 20, 'x'));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->output, "done\n");
}

TEST_F(LocalTransportTest, BothStreamsAreDrained) {
    const auto result = exec("head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->output.size(), 3000000u);
    EXPECT_EQ(result->error.size(), 3000000u);
}

TEST_F(LocalTransportTest, TooMuchOutputIsStopped) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = exec("yes", {}, 10s, 100000);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::TooLarge);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_EQ(exec("yes >&2", {}, 10s, 100000).error().code, ErrorCode::TooLarge);
}

TEST_F(LocalTransportTest, TheDeadlineEndsTheWholeGroup) {
    // A grandchild that ignores TERM, in the background, with the output held open.
    const auto start = std::chrono::steady_clock::now();
    const auto pidFile = testing::TempDir() + "inodeck-local-pid";
    const auto result = exec(
        "sh -c 'trap \"\" TERM; echo $$ > " + pidFile + "; while :; do sleep 1; done' & wait", {}, 300ms);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    FILE* file = ::fopen(pidFile.c_str(), "r");
    ASSERT_NE(file, nullptr);
    int pid = 0;
    EXPECT_EQ(::fscanf(file, "%d", &pid), 1);
    ::fclose(file);
    ::remove(pidFile.c_str());
    EXPECT_TRUE(ends(pid));
}

TEST_F(LocalTransportTest, CancelEndsItWithinABound) {
    const std::string mark = testing::TempDir() + "inodeck-local-mark";
    auto start = std::chrono::steady_clock::now();
    std::thread canceller([&] {
        const auto deadline = Deadline::after(10s);
        while (::access(mark.c_str(), F_OK) != 0 && !deadline.passed())
            std::this_thread::sleep_for(2ms);
        start = std::chrono::steady_clock::now();
        m_cancel.request();
    });
    const auto result = exec("touch " + mark + "; sleep 60", {}, 60s);
    canceller.join();
    ::remove(mark.c_str());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

TEST_F(LocalTransportTest, LeaksNoDescriptorIntoTheChildOrHere) {
    const int before = openDescriptors();
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(exec("ls /proc/self/fd")->output, "0\n1\n2\n3\n"); // 3 is ls's own
    (void)exec("yes", {}, 10s, 1000);
    EXPECT_EQ(openDescriptors(), before);
}

TEST_F(LocalTransportTest, SaysWhoItIs) {
    EXPECT_TRUE(m_session->alive());
    EXPECT_EQ(m_session->peer().address, "local");
    EXPECT_EQ(m_session->peer().user + "\n", exec("id -un")->output);
}

TEST(ChildProcessTest, AMissingProgramIsNotFound) {
    const Cancel never;
    const auto result = runProcess({"inodeck-no-such-program"}, {}, 10, "It", Deadline::after(5s), never);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::NotFound);
}

TEST(ChildProcessTest, ArgumentsAreNotAShellsWords) {
    const Cancel never;
    const auto result =
        runProcess({"printf", "%s|", "a b", "$(id)", "'\n"}, {}, 100, "printf", Deadline::after(5s), never);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->output, "a b|$(id)|'\n|");
}

} // namespace
} // namespace inodeck
