#include "tests/unit/ssh/ssh_fixture.h"

namespace inodeck::test {
namespace {

class SshFaultTest : public SshTest {
protected:
    void SetUp() override {
        SshTest::SetUp();
        if (!IsSkipped())
            serve({});
    }
    void serve(std::vector<std::string> lines) {
        m_server = std::make_unique<SshServer>(
            SshServer::Options{.address = "127.0.0.1", .config = std::move(lines)});
        m_proxy = std::make_unique<FaultProxy>(m_server->address(), m_server->port());
        writeFile(m_server->knownHostsFile(), "[127.0.0.1]:" + std::to_string(m_proxy->port()) + " " +
                                                  m_server->hostKey().publicKey() + "\n");
        m_config = configWith({});
    }
    std::string configWith(const std::string& lines) const {
        return m_server->clientConfig("Host box\n  HostName 127.0.0.1\n  Port " +
                                      std::to_string(m_proxy->port()) + "\n" + lines);
    }
    std::unique_ptr<Session> session() {
        auto opened = connect(m_config, "box");
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? *std::move(opened) : nullptr;
    }

    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::string m_config;
};

TEST_F(SshFaultTest, AServerThatNeverSaysAWordCostsOnlyTheDeadline) {
    m_proxy->mute();
    const auto took = timed([&] {
        const auto opened = connect(m_config, "box", nullptr, 300ms);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::Timeout);
    });
    EXPECT_GE(took, 300ms);
    EXPECT_LT(took, 5s);
}

TEST_F(SshFaultTest, TheConnectTimeoutsHold) {
    m_proxy->mute();
    auto with = options(m_config);
    with.connectTimeout = 1s;
    SshTransport transport(with);
    EXPECT_LT(timed([&] { EXPECT_EQ(connect(transport, "box", 60s).error().code, ErrorCode::Timeout); }),
              10s);
    m_config = configWith("  ConnectTimeout 1\n");
    EXPECT_LT(
        timed([&] { EXPECT_EQ(connect(m_config, "box", nullptr, 60s).error().code, ErrorCode::Timeout); }),
        10s);
}

TEST_F(SshFaultTest, CancelEndsAHungConnect) {
    m_proxy->mute();
    auto start = std::chrono::steady_clock::now();
    std::thread canceller([&] {
        EXPECT_TRUE(eventually([&] { return m_proxy->connections() == 1; }));
        start = std::chrono::steady_clock::now();
        m_cancel.request();
    });
    const auto opened = connect(m_config, "box", nullptr, 60s);
    const auto end = std::chrono::steady_clock::now();
    canceller.join();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Cancelled);
    EXPECT_LT(end - start, 5s);
}

TEST_F(SshFaultTest, AStallAtAnyPointOfTheOpeningIsBounded) {
    std::uint64_t whole = 0;
    {
        ASSERT_NE(session(), nullptr);
        whole = m_proxy->bytesToClient();
    }
    for (std::uint64_t bytes = 1; bytes < whole; bytes += whole / 8) {
        m_proxy->resume();
        m_proxy->stallAfter(bytes);
        EXPECT_LT(timed([&] {
                      const auto opened = connect(m_config, "box", nullptr, 250ms);
                      ASSERT_FALSE(opened);
                      EXPECT_EQ(opened.error().code, ErrorCode::Timeout) << opened.error().message;
                  }),
                  5s)
            << bytes;
    }
}

TEST_F(SshFaultTest, AStallAfterTheLoginIsBounded) {
    const auto opened = session();
    ASSERT_NE(opened, nullptr);
    m_proxy->stallAfter(0);
    EXPECT_LT(timed([&] { EXPECT_EQ(exec(*opened, "true", {}, 300ms).error().code, ErrorCode::Timeout); }),
              5s);
    EXPECT_FALSE(opened->alive());
}

TEST_F(SshFaultTest, AServerThatTakesNoInputIsBounded) {
    const auto opened = session();
    ASSERT_NE(opened, nullptr);
    m_proxy->stallAfter(2000); // the channel opens, then nothing is read any more
    EXPECT_LT(timed([&] {
                  const auto result = exec(*opened, "cat", std::string(20 << 20, 'x'), 500ms);
                  EXPECT_EQ(result.error().code, ErrorCode::Timeout);
              }),
              5s);
}

TEST_F(SshFaultTest, OutputThatIsCutIsNeverAResult) {
    for (const std::uint64_t bytes : {100u, 5000u, 400000u}) {
        m_proxy->resume();
        const auto opened = session();
        ASSERT_NE(opened, nullptr);
        m_proxy->cutAfter(bytes);
        const auto result = exec(*opened, "head -c 1000000 /dev/zero");
        ASSERT_FALSE(result) << bytes;
        EXPECT_EQ(result.error().code, ErrorCode::Disconnected) << result.error().message;
        EXPECT_FALSE(opened->alive());
    }
}

TEST_F(SshFaultTest, CutAtAnyPointOfTheOpeningIsADisconnection) {
    std::uint64_t whole = 0;
    {
        ASSERT_NE(session(), nullptr);
        whole = m_proxy->bytesToClient();
    }
    for (std::uint64_t bytes = 1; bytes < whole; bytes += whole / 8) {
        m_proxy->resume();
        m_proxy->cutAfter(bytes);
        const auto opened = connect(m_config, "box", nullptr, 10s);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::Disconnected) << bytes << ": " << opened.error().message;
    }
}

TEST_F(SshFaultTest, ResetsBeforeTheLoginAreTriedAgain) {
    m_proxy->refuseNext(2);
    EXPECT_EQ(greet(m_config, "box"), "ok\n");
    EXPECT_EQ(m_proxy->connections(), 3);
}

TEST_F(SshFaultTest, ADistantServerWorks) {
    m_proxy->delay(20ms);
    const auto opened = session();
    ASSERT_NE(opened, nullptr);
    const std::string bytes(300000, 'x');
    EXPECT_TRUE(exec(*opened, "cat", bytes)->output == bytes);
}

TEST_F(SshFaultTest, TheServersKeepalivesAreAnsweredWhileIdle) {
    serve({"ClientAliveInterval 1", "ClientAliveCountMax 1"});
    const auto opened = session();
    ASSERT_NE(opened, nullptr);
    const auto before = m_proxy->bytesToServer();
    // Three answers and more: without them the server would have hung up after two seconds.
    EXPECT_TRUE(eventually([&] { return m_proxy->bytesToServer() >= before + 3 * 36; }, 15s));
    EXPECT_TRUE(opened->alive());
    EXPECT_EQ(exec(*opened, "echo ok")->output, "ok\n");
}

TEST_F(SshFaultTest, OurKeepalivesFindADeadServerWhileIdleAndAtWork) {
    m_config = configWith("  ServerAliveInterval 1\n  ServerAliveCountMax 1\n");
    const auto idle = session();
    const auto working = session();
    ASSERT_TRUE(idle && working);
    const auto before = m_proxy->bytesToServer();
    EXPECT_TRUE(eventually([&] { return m_proxy->bytesToServer() > before; })); // they are sent
    m_proxy->stallAfter(0);
    const auto result = exec(*working, "true", {}, 30s);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Disconnected);
    EXPECT_TRUE(eventually([&] { return !idle->alive(); }));
}

} // namespace
} // namespace inodeck::test
