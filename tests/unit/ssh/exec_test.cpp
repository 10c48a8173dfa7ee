#include <dirent.h>

#include "tests/unit/ssh/ssh_fixture.h"

namespace inodeck::test {
namespace {

int openDescriptors() {
    int count = 0;
    DIR* folder = ::opendir("/proc/self/fd");
    while (::readdir(folder))
        ++count;
    ::closedir(folder);
    return count;
}

class SshExecTest : public SshTest {
protected:
    void SetUp() override {
        SshTest::SetUp();
        if (IsSkipped())
            return;
        m_server = std::make_unique<SshServer>();
        m_server->trust();
        m_config = m_server->clientConfig(m_server->hostBlock("box"));
        auto session = connect(m_config, "box");
        ASSERT_TRUE(session) << session.error().message << m_server->log();
        m_session = *std::move(session);
    }

    std::unique_ptr<SshServer> m_server;
    std::string m_config;
    std::unique_ptr<Session> m_session;
};

TEST_F(SshExecTest, GivesOutputErrorAndStatus) {
    const std::string input("in\0put", 6);
    const auto result = exec(*m_session, "cat; echo err >&2; exit 3", input);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->output, input);
    EXPECT_EQ(result->error, "err\n");
    EXPECT_EQ(result->exitStatus, 3);
    EXPECT_EQ(exec(*m_session, "kill -9 $$")->exitStatus, -1);
}

TEST_F(SshExecTest, SaysWhomItTalksTo) {
    EXPECT_EQ(m_session->peer().address, m_server->endpoint());
    EXPECT_EQ(m_session->peer().user + "\n", exec(*m_session, "id -un")->output);
    EXPECT_EQ(m_session->peer().hostKeyFingerprint, m_server->hostKey().fingerprint());
}

TEST_F(SshExecTest, TenMegabytesGoInAndComeOutUnchanged) {
    std::string bytes(10 << 20, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 2654435761u >> 13);
    const auto result = exec(*m_session, "cat", bytes);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(result->output == bytes);
}

TEST_F(SshExecTest, BothStreamsAreDrained) {
    const auto result = exec(*m_session, "head -c 5000000 /dev/zero >&2; head -c 5000000 /dev/zero");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->output.size(), 5000000u);
    EXPECT_EQ(result->error.size(), 5000000u);
}

TEST_F(SshExecTest, ACommandThatReadsNothingDoesNotBlockOnItsInput) {
    const auto result = exec(*m_session, "exec <&-; echo done", std::string(8 << 20, 'x'));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->output, "done\n");
}

TEST_F(SshExecTest, TooMuchOutputIsStoppedAndTheSessionLives) {
    for (const char* command : {"yes", "yes >&2"}) {
        const auto result = exec(*m_session, command, {}, 10s, 100000);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::TooLarge);
        ASSERT_TRUE(m_session->alive());
    }
    EXPECT_EQ(exec(*m_session, "echo ok")->output, "ok\n");
}

TEST_F(SshExecTest, OneSessionRunsMoreCommandsThanMaxSessionsAllowsAtOnce) {
    for (int i = 0; i < 20; ++i) {
        const auto result = exec(*m_session, "echo " + std::to_string(i));
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result->output, std::to_string(i) + "\n");
    }
}

TEST_F(SshExecTest, TheDeadlineEndsTheRemoteCommandToo) {
    const std::string mark = m_server->dir().file("mark");
    const auto took = timed([&] {
        const auto result = exec(*m_session, "echo $$ > " + mark + "; exec sleep 20", {}, 500ms);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::Timeout);
    });
    EXPECT_LT(took, 1s);
    EXPECT_FALSE(m_session->alive());
    EXPECT_EQ(exec(*m_session, "true").error().code, ErrorCode::Disconnected);
    // sshd passes signals on only from behind its privilege separation, which root's logins do not have.
    const long pid = std::stol(readFile(mark));
    EXPECT_TRUE(eventually([&] {
        return ::getuid() == 0
                   ? m_server->log().find("signalling requires privilege separation") != std::string::npos
                   : !isRunning(pid);
    })) << m_server->log();
}

TEST_F(SshExecTest, CancelEndsItWithinABound) {
    const std::string mark = m_server->dir().file("mark");
    auto start = std::chrono::steady_clock::now();
    std::thread canceller([&] {
        EXPECT_TRUE(eventually([&] { return std::filesystem::exists(mark); }));
        start = std::chrono::steady_clock::now();
        m_cancel.request();
    });
    const auto result = exec(*m_session, "touch " + mark + "; sleep 20", {}, 60s);
    const auto end = std::chrono::steady_clock::now();
    canceller.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    EXPECT_LT(end - start, 500ms);
    EXPECT_FALSE(m_session->alive());
}

TEST_F(SshExecTest, AKilledServerIsADisconnection) {
    const std::string mark = m_server->dir().file("mark");
    std::thread killer([&] {
        EXPECT_TRUE(eventually([&] { return std::filesystem::exists(mark); }));
        m_server->kill();
    });
    const auto result = exec(*m_session, "echo partial; touch " + mark + "; exec sleep 20", {}, 30s);
    killer.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Disconnected) << result.error().message;
    EXPECT_FALSE(m_session->alive());
}

TEST_F(SshExecTest, AnIdleSessionNoticesThatTheServerIsGone) {
    ASSERT_TRUE(exec(*m_session, "true"));
    m_server->kill();
    EXPECT_TRUE(eventually([&] { return !m_session->alive(); }));
    EXPECT_EQ(exec(*m_session, "true").error().code, ErrorCode::Disconnected);
}

TEST_F(SshExecTest, LeaksNoDescriptor) {
    SshTransport transport(options(m_config));
    { ASSERT_TRUE(connect(transport, "box")); }
    const int before = openDescriptors();
    for (int i = 0; i < 5; ++i) {
        auto session = connect(transport, "box");
        ASSERT_TRUE(session);
        ASSERT_TRUE(exec(**session, "true"));
        EXPECT_FALSE(exec(**session, "sleep 60", {}, 50ms));
    }
    writeFile(m_server->knownHostsFile(), "");
    EXPECT_FALSE(connect(transport, "box"));
    EXPECT_FALSE(connect(transport, "127.0.0.1:1"));
    EXPECT_EQ(openDescriptors(), before);
}

TEST_F(SshExecTest, ThirtyTwoConnectAtOnce) {
    SshTransport transport(options(m_config));
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 32; ++i) {
        threads.emplace_back([&, i] {
            auto session = connect(transport, "box", 60s);
            EXPECT_TRUE(session) << session.error().message;
            if (!session)
                return;
            const auto result = exec(**session, "cat", std::to_string(i));
            good += result && result->output == std::to_string(i) ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(good, 32);
}

TEST_F(SshExecTest, ServersThatLimitHandshakesAreRetried) {
    SshServer busy({.config = {"MaxStartups 2:90:4"}});
    busy.trust();
    SshTransport transport(options(busy.clientConfig({})));
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            auto session = connect(transport, busy.endpoint(), 60s);
            EXPECT_TRUE(session) << session.error().message;
            good += session ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(good, 8);
}

} // namespace
} // namespace inodeck::test
