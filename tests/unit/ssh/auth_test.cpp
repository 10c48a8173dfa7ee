#include <cstdlib>
#include <sys/socket.h>
#include <sys/un.h>

#include "core/transport/child_process.h"
#include "tests/unit/ssh/ssh_fixture.h"

namespace inodeck::test {
namespace {

/// A real ssh-agent on a socket of its own.
class AgentProcess {
public:
    explicit AgentProcess(const TempDir& dir)
        : m_socket(dir.file("agent"))
        , m_child(*ChildProcess::start({"ssh-agent", "-D", "-a", m_socket}, {})) {
        if (!eventually([&] { return std::filesystem::exists(m_socket); }))
            throw std::runtime_error("ssh-agent does not start");
    }
    const std::string& socket() const { return m_socket; }
    void add(const std::string& key) const {
        runOrThrow({"env", "SSH_AUTH_SOCK=" + m_socket, "ssh-add", "-q", key});
    }

private:
    std::string m_socket;
    ChildProcess m_child;
};

class SshAuthTest : public SshTest {
protected:
    void SetUp() override {
        SshTest::SetUp();
        if (!IsSkipped())
            serve({});
    }
    void serve(std::vector<std::string> config) {
        m_server = std::make_unique<SshServer>(
            SshServer::Options{.address = "127.0.0.1", .config = std::move(config)});
        m_server->trust();
    }
    std::string file(const std::string& name) const { return m_server->dir().file(name); }
    /// Reaches the server with these lines in place of the authorized key.
    std::string config(const std::string& lines) const {
        const std::string path = file("auth_config");
        writeFile(path, "Host box\n  HostName 127.0.0.1\n  Port " + std::to_string(m_server->port()) +
                            "\n  GlobalKnownHostsFile none\n  UserKnownHostsFile " +
                            m_server->knownHostsFile() + "\n" + lines);
        return path;
    }
    Error refusal(const std::string& lines, Prompter* prompter = nullptr) {
        const auto session = connect(config(lines), "box", prompter);
        EXPECT_FALSE(session);
        return session ? Error{} : session.error();
    }
    std::size_t offers(const std::string& fingerprint) const {
        std::size_t count = 0;
        const auto log = m_server->log();
        for (auto at = log.find(fingerprint); at != std::string::npos; at = log.find(fingerprint, at + 1))
            ++count;
        return count;
    }

    std::unique_ptr<SshServer> m_server;
};

TEST_F(SshAuthTest, NoKeyThatFitsSaysWhatWasTriedAndWhatIsTaken) {
    const auto stranger = makeKey(file("stranger"));
    const auto error = refusal("  IdentityAgent none\n  IdentityFile " + stranger.path + "\n");
    EXPECT_EQ(error.code, ErrorCode::AuthFailed);
    EXPECT_NE(error.message.find("publickey " + stranger.path), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("accepts publickey"), std::string::npos) << error.message;
    EXPECT_EQ(refusal("  IdentityAgent none\n  IdentityFile none\n").code, ErrorCode::AuthFailed);
    EXPECT_EQ(refusal("  IdentityAgent none\n  PubkeyAuthentication no\n  IdentityFile " +
                      m_server->userKey().path + "\n")
                  .code,
              ErrorCode::AuthFailed);
}

TEST_F(SshAuthTest, KeyTypesAndFormats) {
    for (const auto& [type, more] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"ecdsa", {}}, {"rsa", {"-b", "2048"}}, {"rsa", {"-b", "2048", "-m", "PEM"}}}) {
        const auto key = makeKey(file("k" + std::to_string(more.size()) + type), type, {}, more);
        m_server->authorize(key.publicKey());
        std::filesystem::remove(key.path + ".pub");
        EXPECT_EQ(greet(config("  IdentityAgent none\n  IdentityFile " + key.path + "\n"), "box"), "ok\n")
            << type << more.size();
    }
}

TEST_F(SshAuthTest, APassphraseIsAskedForOnceAndOnlyWhenTheKeyIsWanted) {
    const auto locked = makeKey(file("locked"), "ed25519", "secret");
    const auto unwanted = makeKey(file("unwanted"), "ed25519", "secret");
    m_server->authorize(locked.publicKey());
    ScriptedPrompter prompter;
    prompter.answers = {"wrong", "secret"};
    SshTransport transport(options(config("  IdentityAgent none\n  IdentityFile " + unwanted.path +
                                          "\n  IdentityFile " + locked.path + "\n"),
                                   &prompter));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { EXPECT_TRUE(connect(transport, "box")); });
    for (auto& thread : threads)
        thread.join();
    ASSERT_EQ(prompter.secrets.size(), 2u);
    EXPECT_EQ(prompter.secrets[0].kind, SecretQuestion::Kind::Passphrase);
    EXPECT_EQ(prompter.secrets[0].subject, locked.path);
    EXPECT_EQ(prompter.secrets[0].attempt, 1);
    EXPECT_EQ(prompter.secrets[1].attempt, 2);
}

TEST_F(SshAuthTest, ALockedKeyWithoutAnOperatorIsRefused) {
    const auto locked = makeKey(file("locked"), "ed25519", "secret");
    m_server->authorize(locked.publicKey());
    const std::string lines = "  IdentityAgent none\n  IdentityFile " + locked.path + "\n";
    EXPECT_EQ(refusal(lines).code, ErrorCode::AuthFailed);
    ScriptedPrompter declining;
    EXPECT_EQ(refusal(lines, &declining).code, ErrorCode::AuthFailed);
    EXPECT_EQ(declining.secrets.size(), 1u);
    ScriptedPrompter unheard;
    EXPECT_EQ(refusal(lines + "  BatchMode yes\n", &unheard).code, ErrorCode::AuthFailed);
    EXPECT_TRUE(unheard.secrets.empty());
}

TEST_F(SshAuthTest, TheAgentSigns) {
    const AgentProcess agent(m_server->dir());
    const auto key = makeKey(file("held"));
    m_server->authorize(key.publicKey());
    agent.add(key.path);
    std::filesystem::remove(key.path);
    std::filesystem::remove(key.path + ".pub");
    EXPECT_EQ(greet(config("  IdentityFile none\n  IdentityAgent " + agent.socket() + "\n"), "box"), "ok\n");
    ::setenv("SSH_AUTH_SOCK", agent.socket().c_str(), 1);
    EXPECT_EQ(greet(config("  IdentityFile none\n"), "box"), "ok\n");
    ::unsetenv("SSH_AUTH_SOCK");
}

TEST_F(SshAuthTest, IdentitiesOnlyKeepsTheAgentsOtherKeysBack) {
    const AgentProcess agent(m_server->dir());
    const auto mine = makeKey(file("mine"));
    const auto other = makeKey(file("other"));
    agent.add(other.path);
    agent.add(mine.path);
    m_server->authorize(mine.publicKey());
    std::filesystem::remove(mine.path); // the agent has it; the public half says which
    const std::string lines = "  IdentityAgent " + agent.socket() + "\n  IdentityFile " + mine.path + "\n";
    EXPECT_EQ(greet(config(lines + "  IdentitiesOnly yes\n"), "box"), "ok\n");
    EXPECT_EQ(offers(other.fingerprint()), 0u);
    EXPECT_GE(offers(mine.fingerprint()), 1u);

    m_server->authorize(other.publicKey());
    EXPECT_EQ(greet(config("  IdentityAgent " + agent.socket() + "\n  IdentityFile none\n"), "box"), "ok\n");
    EXPECT_GE(offers(other.fingerprint()), 1u);
}

TEST_F(SshAuthTest, AHungAgentCostsOnlyItsBound) {
    const std::string path = file("hung");
    const Fd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); // accepts nothing, answers nothing
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener.get(), 8), 0);
    EXPECT_EQ(greet(config("  IdentityAgent " + path + "\n  IdentityFile " + m_server->userKey().path + "\n"),
                    "box"),
              "ok\n");
}

TEST_F(SshAuthTest, CertificatesLogIn) {
    const TempDir keys;
    const auto ca = makeKey(keys.file("ca"));
    const auto key = makeKey(keys.file("certified"));
    std::string user = runOrThrow({"id", "-un"});
    user.pop_back();
    runOrThrow({"ssh-keygen", "-q", "-s", ca.path, "-I", "tester", "-n", user, key.path + ".pub"});
    serve({"TrustedUserCAKeys " + ca.path + ".pub"});
    const std::string identity = "  IdentityFile " + key.path + "\n";
    EXPECT_EQ(greet(config("  IdentityAgent none\n" + identity), "box"), "ok\n"); // certified-cert.pub
    std::filesystem::rename(key.path + "-cert.pub", keys.file("elsewhere.pub"));
    EXPECT_EQ(refusal("  IdentityAgent none\n" + identity).code, ErrorCode::AuthFailed);
    const std::string certificate = "  CertificateFile " + keys.file("elsewhere.pub") + "\n" + identity;
    EXPECT_EQ(greet(config("  IdentityAgent none\n" + certificate), "box"), "ok\n");

    // The certificate on disk, the key in the agent only.
    const AgentProcess agent(keys);
    agent.add(key.path);
    std::filesystem::remove(key.path);
    EXPECT_EQ(greet(config("  IdentityAgent " + agent.socket() + "\n" + certificate), "box"), "ok\n");
}

TEST_F(SshAuthTest, TooManyKeysAreNamedAsTheReason) {
    serve({"MaxAuthTries 2"});
    std::string lines = "  IdentityAgent none\n";
    for (int i = 0; i < 6; ++i)
        lines += "  IdentityFile " + makeKey(file("stranger" + std::to_string(i))).path + "\n";
    Error error;
    EXPECT_LT(timed([&] { error = refusal(lines); }), 5s);
    EXPECT_EQ(error.code, ErrorCode::AuthFailed) << error.message;
    EXPECT_NE(error.message.find("too many tries"), std::string::npos) << error.message;
}

TEST_F(SshAuthTest, TwoKeysInARowArePartialSuccesses) {
    serve({"AuthenticationMethods publickey,publickey"});
    const auto second = makeKey(file("second"));
    m_server->authorize(second.publicKey());
    const std::string first = "  IdentityAgent none\n  IdentityFile " + m_server->userKey().path + "\n";
    EXPECT_EQ(refusal(first).code, ErrorCode::AuthFailed);
    EXPECT_EQ(greet(config(first + "  IdentityFile " + second.path + "\n"), "box"), "ok\n");
}

TEST_F(SshAuthTest, AWrongPasswordIsAskedForThreeTimesAndRefused) {
    serve({"PasswordAuthentication yes"});
    ScriptedPrompter prompter;
    prompter.answers = {"wrong"};
    const auto error = refusal("  IdentityAgent none\n  IdentityFile none\n", &prompter);
    EXPECT_EQ(error.code, ErrorCode::AuthFailed) << error.message;
    EXPECT_NE(error.message.find("tried publickey"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("password"), std::string::npos) << error.message;
    ASSERT_EQ(prompter.secrets.size(), 3u);
    EXPECT_EQ(prompter.secrets[2].kind, SecretQuestion::Kind::Password);
    EXPECT_EQ(prompter.secrets[2].attempt, 3);
    const auto nobody = refusal("  IdentityAgent none\n  IdentityFile none\n");
    EXPECT_NE(nobody.message.find("nobody to ask"), std::string::npos) << nobody.message;
}

} // namespace
} // namespace inodeck::test
