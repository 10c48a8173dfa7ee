#include "core/ssh/known_hosts.h"
#include "tests/unit/ssh/ssh_fixture.h"

namespace inodeck::test {
namespace {

class SshHostKeyTest : public SshTest {
protected:
    void SetUp() override {
        SshTest::SetUp();
        if (IsSkipped())
            return;
        m_server = std::make_unique<SshServer>();
        m_config = m_server->clientConfig(m_server->hostBlock("box"));
        m_other = makeKey(m_server->dir().file("other"));
    }
    void known(const std::string& text) { writeFile(m_server->knownHostsFile(), text + "\n"); }
    std::string name() const { return "[" + m_server->address() + "]:" + std::to_string(m_server->port()); }
    Error refusal(Prompter* prompter = nullptr) {
        const auto session = connect(m_config, "box", prompter);
        EXPECT_FALSE(session);
        // Refused before any authentication: the server has seen no user name.
        EXPECT_EQ(m_server->log().find("user"), std::string::npos) << m_server->log();
        return session ? Error{} : session.error();
    }
    Result<ServerKey> fetch() {
        return fetchServerKey({"box", false}, options(m_config), Deadline::after(20s), m_cancel);
    }

    std::unique_ptr<SshServer> m_server;
    std::string m_config;
    KeyPair m_other;
};

TEST_F(SshHostKeyTest, UnknownIsRefusedWithTheFingerprintAndWhatToDo) {
    const auto error = refusal();
    EXPECT_EQ(error.code, ErrorCode::HostKeyUnknown);
    EXPECT_NE(error.message.find(m_server->hostKey().fingerprint()), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("inodeck trust box"), std::string::npos) << error.message;
    EXPECT_FALSE(error.transient());
}

TEST_F(SshHostKeyTest, StrictHostKeyCheckingNeverWeakensIt) {
    m_config = m_server->clientConfig(m_server->hostBlock("box") + "  StrictHostKeyChecking no\n");
    EXPECT_EQ(refusal().code, ErrorCode::HostKeyUnknown);
    known(name() + " " + m_other.publicKey());
    EXPECT_EQ(refusal().code, ErrorCode::HostKeyChanged);
}

TEST_F(SshHostKeyTest, UnknownIsAcceptedAndRecordedByTheOperator) {
    ScriptedPrompter prompter;
    EXPECT_EQ(refusal(&prompter).code, ErrorCode::HostKeyUnknown);
    prompter.accept = true;
    EXPECT_EQ(greet(m_config, "box", &prompter), "ok\n");
    ASSERT_EQ(prompter.hostKeys.size(), 2u);
    EXPECT_EQ(prompter.hostKeys[1].host, name());
    EXPECT_EQ(prompter.hostKeys[1].keyType, "ssh-ed25519");
    EXPECT_EQ(prompter.hostKeys[1].fingerprint, m_server->hostKey().fingerprint());
    EXPECT_EQ(readFile(m_server->knownHostsFile()), m_server->knownHostsLine() + "\n");
    EXPECT_EQ(greet(m_config, "box"), "ok\n");
}

TEST_F(SshHostKeyTest, TheSameQuestionIsAskedOnce) {
    ScriptedPrompter prompter;
    prompter.accept = true;
    SshTransport transport(options(m_config, &prompter));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { EXPECT_TRUE(connect(transport, "box")); });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(prompter.hostKeys.size(), 1u);
}

TEST_F(SshHostKeyTest, ChangedIsRefusedWithBothFingerprintsAndNeverAsked) {
    known(name() + " " + m_other.publicKey());
    ScriptedPrompter prompter;
    prompter.accept = true;
    const auto error = refusal(&prompter);
    EXPECT_EQ(error.code, ErrorCode::HostKeyChanged);
    EXPECT_NE(error.message.find(m_server->hostKey().fingerprint()), std::string::npos) << error.message;
    EXPECT_NE(error.message.find(m_other.fingerprint()), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("ssh-keygen -R"), std::string::npos) << error.message;
    EXPECT_TRUE(prompter.hostKeys.empty());
}

TEST_F(SshHostKeyTest, AnotherTypeThanTheKnownOneIsRefused) {
    const auto ecdsa = makeKey(m_server->dir().file("ecdsa"), "ecdsa");
    known(name() + " " + ecdsa.publicKey());
    const auto error = refusal();
    EXPECT_EQ(error.code, ErrorCode::HostKeyChanged);
    EXPECT_NE(error.message.find(ecdsa.fingerprint()), std::string::npos) << error.message;
    EXPECT_NE(error.message.find(m_server->hostKey().fingerprint()), std::string::npos) << error.message;
}

TEST_F(SshHostKeyTest, AServerWithSeveralKeysIsAskedForTheKnownType) {
    SshServer server({.address = "127.0.0.1", .hostKeyTypes = {"ed25519", "ecdsa", "rsa"}});
    for (const char* type : {"ed25519", "ecdsa", "rsa"}) {
        writeFile(server.knownHostsFile(), server.knownHostsLine(type) + "\n");
        auto session = connect(server.clientConfig({}), server.endpoint());
        ASSERT_TRUE(session) << type << ": " << session.error().message;
        EXPECT_EQ((*session)->peer().hostKeyFingerprint, server.hostKey(type).fingerprint());
    }
}

TEST_F(SshHostKeyTest, RevokedIsRefusedEvenWhenItIsKnownToo) {
    known(m_server->knownHostsLine() + "\n@revoked * " + m_server->hostKey().publicKey());
    const auto error = refusal();
    EXPECT_EQ(error.code, ErrorCode::HostKeyChanged);
    EXPECT_NE(error.message.find("@revoked"), std::string::npos) << error.message;
}

TEST_F(SshHostKeyTest, ACertificateAuthorityIsSaidToBeUnsupported) {
    known("@cert-authority * " + m_other.publicKey());
    const auto error = refusal();
    EXPECT_EQ(error.code, ErrorCode::HostKeyUnknown);
    EXPECT_NE(error.message.find("certificate authority"), std::string::npos) << error.message;
}

TEST_F(SshHostKeyTest, KnownInWhateverForm) {
    const std::string key = m_server->hostKey().publicKey();
    const ssh::PublicKey parsed{"ssh-ed25519", key.substr(key.find(' ') + 1)};
    for (const auto& text :
         {name() + " " + key, "127.0.0.1 " + key, "127.*,!127.0.0.2 " + key, "[127.0.0.?]:* " + key,
          ssh::knownHostsLine(name(), parsed, true), "odd future-type AAAA\n" + name() + "\t" + key}) {
        known(text);
        EXPECT_EQ(greet(m_config, "box"), "ok\n") << text;
    }
}

TEST_F(SshHostKeyTest, AliasAndSeveralFiles) {
    writeFile(m_server->dir().file("kh2"), "vm " + m_server->hostKey().publicKey() + "\n");
    writeFile(m_server->dir().file("kh3"), "vm " + m_server->hostKey().publicKey() + "\n");
    const std::string missing = m_server->dir().file("missing");
    EXPECT_EQ(
        greet(m_server->clientConfig("Host box\n  HostKeyAlias vm\n  UserKnownHostsFile " + missing + " " +
                                     m_server->dir().file("kh2") + "\n" + m_server->hostBlock("box")),
              "box"),
        "ok\n");
    EXPECT_EQ(greet(m_server->clientConfig("Host box\n  HostKeyAlias vm\n  GlobalKnownHostsFile " +
                                           m_server->dir().file("kh3") + "\n" + m_server->hostBlock("box")),
                    "box"),
              "ok\n");
}

TEST_F(SshHostKeyTest, TrustShowsAndRecordsTheKey) {
    auto key = fetch();
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->state, ServerKey::State::Unknown);
    EXPECT_EQ(key->host, name());
    EXPECT_EQ(key->address, m_server->endpoint());
    EXPECT_EQ(key->keyType, "ssh-ed25519");
    EXPECT_EQ(key->fingerprint, m_server->hostKey().fingerprint());
    EXPECT_EQ(key->knownHostsFile, m_server->knownHostsFile());
    EXPECT_EQ(m_server->log().find("user"), std::string::npos) << m_server->log();
    ASSERT_TRUE(recordServerKey(*key));
    EXPECT_EQ(fetch()->state, ServerKey::State::Known);
    EXPECT_EQ(greet(m_config, "box"), "ok\n");
}

TEST_F(SshHostKeyTest, TrustRefusesWhatIsNotUnknown) {
    known(name() + " " + m_other.publicKey());
    const auto changed = fetch();
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->state, ServerKey::State::Changed);
    EXPECT_EQ(changed->knownFingerprint, m_other.fingerprint());
    EXPECT_EQ(recordServerKey(*changed).error().code, ErrorCode::HostKeyChanged);
    known("@revoked * " + m_server->hostKey().publicKey());
    const auto revoked = fetch();
    ASSERT_TRUE(revoked);
    EXPECT_EQ(revoked->state, ServerKey::State::Revoked);
    EXPECT_FALSE(recordServerKey(*revoked));
}

TEST_F(SshHostKeyTest, TrustHashesNamesWhereTheConfigurationSaysSo) {
    m_config = m_server->clientConfig(m_server->hostBlock("box") + "  HashKnownHosts yes\n");
    const auto key = fetch();
    ASSERT_TRUE(key);
    EXPECT_EQ(key->knownHostsLine.substr(0, 3), "|1|");
    ASSERT_TRUE(recordServerKey(*key));
    EXPECT_EQ(greet(m_config, "box"), "ok\n");
}

} // namespace
} // namespace inodeck::test
