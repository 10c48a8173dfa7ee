#include "tests/unit/ssh/ssh_fixture.h"

namespace inodeck::test {
namespace {

class SshRouteTest : public SshTest {
protected:
    void SetUp() override {
        SshTest::SetUp();
        if (IsSkipped())
            return;
        m_target = std::make_unique<SshServer>();
        m_target->trust();
    }
    static std::size_t logins(const SshServer& server) {
        std::size_t count = 0;
        const auto log = server.log();
        for (auto at = log.find("Accepted publickey"); at != std::string::npos;
             at = log.find("Accepted publickey", at + 1))
            ++count;
        return count;
    }

    std::unique_ptr<SshServer> m_target;
};

TEST_F(SshRouteTest, UserPortAndAliasFromTheConfiguration) {
    const std::string included = m_target->dir().file("more.conf");
    writeFile(included, "Host b*x\n  Port " + std::to_string(m_target->port()) +
                            "\nMatch originalhost box\n  IdentityFile " + m_target->userKey().path + "\n");
    const std::string config = m_target->dir().file("config");
    writeFile(config,
              "Include " + included + "\nHost !boxing box\n  HostName 127.0.0.1\n  UserKnownHostsFile " +
                  m_target->knownHostsFile() + "\n  GlobalKnownHostsFile none\n  IdentityAgent none\n");
    EXPECT_EQ(greet(config, "box"), "ok\n");
}

TEST_F(SshRouteTest, UserAndPortFromTheCommandLineWin) {
    const std::string config = m_target->clientConfig("Host 127.0.0.1\n  Port 1\n  User nobody-here\n");
    std::string user = runOrThrow({"id", "-un"});
    user.pop_back();
    EXPECT_EQ(greet(config, user + "@" + m_target->endpoint()), "ok\n");
}

TEST_F(SshRouteTest, AChangedConfigurationIsReadAgain) {
    SshTransport transport(options(m_target->clientConfig("Host box\n  HostName 127.0.0.1\n  Port 1\n")));
    EXPECT_EQ(connect(transport, "box").error().code, ErrorCode::Unreachable);
    m_target->clientConfig(m_target->hostBlock("box"));
    EXPECT_TRUE(connect(transport, "box"));
}

TEST_F(SshRouteTest, ABrokenConfigurationIsAConfigError) {
    const std::string config = m_target->dir().file("broken");
    writeFile(config, "Host *\n  NoSuchThing yes\n");
    const auto session = connect(config, "box");
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::Config);
    EXPECT_NE(session.error().message.find("nosuchthing"), std::string::npos) << session.error().message;
}

TEST_F(SshRouteTest, NamesThatCouldBeOptionsAreRefused) {
    EXPECT_EQ(connect(m_target->clientConfig({}), "-oProxyCommand=id").error().code, ErrorCode::Usage);
}

TEST_F(SshRouteTest, AConfigurationThatHangsIsBounded) {
    const std::string config = m_target->dir().file("hanging");
    writeFile(config, "Match exec \"sleep 20\"\n  Port 1\n");
    EXPECT_LT(
        timed([&] { EXPECT_EQ(connect(config, "box", nullptr, 500ms).error().code, ErrorCode::Timeout); }),
        2s);
}

TEST_F(SshRouteTest, WithoutOpenSshTheLibraryReadsTheConfigurationAndWarns) {
    auto with = options(m_target->clientConfig(m_target->hostBlock("box")));
    with.sshProgram = "no-such-ssh-program";
    SshTransport transport(with);
    auto session = connect(transport, "box");
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_EQ(exec(**session, "echo ok")->output, "ok\n");
    ASSERT_EQ(transport.warnings().size(), 1u);
    EXPECT_NE(transport.warnings().front().find("openssh-client"), std::string::npos);
    EXPECT_TRUE(SshTransport(options({})).warnings().empty());
}

TEST_F(SshRouteTest, NobodyThereIsUnreachable) {
    const auto session =
        connect(m_target->clientConfig({}), "127.0.0.1:" + std::to_string(freePort("127.0.0.1")));
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::Unreachable);
    EXPECT_NE(session.error().message.find("refused"), std::string::npos) << session.error().message;
    const auto nameless = connect(m_target->clientConfig({}), "no-such-host.invalid");
    ASSERT_FALSE(nameless);
    EXPECT_EQ(nameless.error().code, ErrorCode::Unreachable) << nameless.error().message;
}

TEST_F(SshRouteTest, FallsBackFromIpv6ToIpv4) {
    // localhost is ::1 first; the server listens on 127.0.0.1 only.
    writeFile(m_target->knownHostsFile(), "[localhost]:" + std::to_string(m_target->port()) + " " +
                                              m_target->hostKey().publicKey() + "\n");
    EXPECT_EQ(greet(m_target->clientConfig({}), "localhost:" + std::to_string(m_target->port())), "ok\n");
}

TEST_F(SshRouteTest, ThroughOneJumpHostWithOneSessionForAll) {
    SshServer bastion;
    bastion.trust();
    SshTransport transport(options(m_target->clientConfig(
        bastion.hostBlock("jump") + m_target->hostBlock("box") + "  ProxyJump jump\n")));
    std::vector<std::thread> threads;
    std::vector<std::unique_ptr<Session>> sessions(8);
    for (auto& session : sessions) {
        threads.emplace_back([&] {
            auto opened = connect(transport, "box");
            ASSERT_TRUE(opened) << opened.error().message;
            session = *std::move(opened);
            const std::string bytes(3 << 20, 'x');
            const auto result = exec(*session, "cat", bytes);
            ASSERT_TRUE(result) << result.error().message;
            EXPECT_TRUE(result->output == bytes);
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(logins(bastion), 1u);
    EXPECT_EQ(logins(*m_target), 8u);
    EXPECT_EQ(sessions.front()->peer().address, m_target->endpoint());

    bastion.kill();
    EXPECT_TRUE(eventually([&] { return !sessions.front()->alive(); }));
    const auto again = connect(transport, "box");
    ASSERT_FALSE(again);
    EXPECT_TRUE(again.error().transient()) << again.error().message;
}

TEST_F(SshRouteTest, ThroughAChainInTheRightOrder) {
    SshServer first;
    SshServer second;
    first.trust();
    second.trust();
    const std::string config = m_target->clientConfig(first.hostBlock("one") + second.hostBlock("two") +
                                                      m_target->hostBlock("box") + "  ProxyJump one,two\n");
    EXPECT_EQ(greet(config, "box"), "ok\n");
    EXPECT_EQ(logins(first), 1u);
    EXPECT_EQ(logins(second), 1u);
    // Without the first there is no way to the second, whatever the second's own configuration says.
    first.kill();
    EXPECT_NE(greet(config, "box"), "ok\n");
    EXPECT_EQ(logins(second), 1u);
}

TEST_F(SshRouteTest, AJumpHostsOwnProxyJumpIsFollowed) {
    SshServer first;
    SshServer second;
    first.trust();
    second.trust();
    const std::string config =
        m_target->clientConfig(first.hostBlock("one") + second.hostBlock("two") + "  ProxyJump one\n" +
                               m_target->hostBlock("box") + "  ProxyJump two\n");
    EXPECT_EQ(greet(config, "box"), "ok\n");
    EXPECT_EQ(logins(first), 1u);
    EXPECT_EQ(logins(second), 1u);
}

TEST_F(SshRouteTest, AJumpThatLeadsBackToItselfIsAConfigError) {
    const auto session =
        connect(m_target->clientConfig("Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n"), "a", nullptr, 5s);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::Config) << session.error().message;
}

TEST_F(SshRouteTest, WhatTheJumpHostCannotReachIsSaid) {
    SshServer bastion;
    bastion.trust();
    const auto session =
        connect(m_target->clientConfig(bastion.hostBlock("jump") + "Host box\n  HostName 127.0.0.1\n  Port " +
                                       std::to_string(freePort("127.0.0.1")) + "\n  ProxyJump jump\n"),
                "box");
    ASSERT_FALSE(session);
    EXPECT_TRUE(session.error().transient());
    EXPECT_NE(session.error().message.find("jump host jump"), std::string::npos) << session.error().message;
}

TEST_F(SshRouteTest, AnUnknownJumpHostIsRefusedByItsName) {
    SshServer bastion;
    const std::string config =
        m_target->clientConfig(bastion.hostBlock("jump") + m_target->hostBlock("box") + "  ProxyJump jump\n");
    const auto session = connect(config, "box");
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::HostKeyUnknown);
    EXPECT_NE(session.error().message.find("inodeck trust jump"), std::string::npos)
        << session.error().message;
    bastion.trust();
    writeFile(m_target->knownHostsFile(), "");
    const auto key =
        fetchServerKey({"box", false}, options(config), Deadline::after(20s), m_cancel); // through it
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->fingerprint, m_target->hostKey().fingerprint());
}

TEST_F(SshRouteTest, AProxyCommandCarriesTheConnectionAndEndsWithIt) {
    const std::string pid = m_target->dir().file("proxy-pid");
    const std::string config =
        m_target->clientConfig(m_target->hostBlock("box") + "  ProxyCommand sh -c 'echo $$ > " + pid +
                               "; trap \"\" TERM; exec 3<>/dev/null; exec bash -c \"exec 3<>/dev/tcp/%h/%p; "
                               "cat <&3 & cat >&3; wait\"'\n");
    auto session = connect(config, "box");
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_EQ(exec(**session, "echo ok")->output, "ok\n");
    const long proxy = std::stol(readFile(pid));
    EXPECT_TRUE(isRunning(proxy));
    *session = nullptr;
    EXPECT_TRUE(eventually([&] { return !isRunning(proxy); }));
}

TEST_F(SshRouteTest, AProxyCommandThatFailsIsQuoted) {
    const auto session = connect(
        m_target->clientConfig("Host box\n  ProxyCommand sh -c 'echo no way through >&2; exit 1'\n"), "box");
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::Disconnected);
    EXPECT_NE(session.error().message.find("no way through"), std::string::npos) << session.error().message;
}

TEST_F(SshRouteTest, AProxyCommandThatHangsIsEnded) {
    const std::string pid = m_target->dir().file("proxy-pid");
    const std::string config = m_target->clientConfig("Host box\n  ProxyCommand sh -c 'echo $$ > " + pid +
                                                      "; trap \"\" TERM; while :; do sleep 1; done'\n");
    EXPECT_LT(
        timed([&] { EXPECT_EQ(connect(config, "box", nullptr, 500ms).error().code, ErrorCode::Timeout); }),
        2s);
    const long proxy = std::stol(readFile(pid));
    EXPECT_TRUE(eventually([&] { return !isRunning(proxy); }));
}

TEST_F(SshRouteTest, ProxyCommandNoneIsNone) {
    EXPECT_EQ(greet(m_target->clientConfig("Host box\n  ProxyCommand none\n" + m_target->hostBlock("box") +
                                           "  ProxyCommand false\n"),
                    "box"),
              "ok\n");
}

TEST_F(SshRouteTest, AlgorithmsOfTheConfigurationAreUsed) {
    const std::string block = m_target->hostBlock("box");
    EXPECT_EQ(greet(m_target->clientConfig(block +
                                           "  KexAlgorithms ecdh-sha2-nistp256\n  Ciphers aes256-ctr\n  MACs "
                                           "hmac-sha2-512\n"),
                    "box"),
              "ok\n");
    const auto error = greet(m_target->clientConfig(block + "  HostKeyAlgorithms rsa-sha2-256\n"), "box");
    EXPECT_NE(error.find("no algorithm in common"), std::string::npos) << error;
}

} // namespace
} // namespace inodeck::test
