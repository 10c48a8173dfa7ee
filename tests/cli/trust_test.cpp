#include <filesystem>

#include "tests/cli/cli_rig.h"
#include "tests/support/ssh_server.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using test::has;
using test::Ran;
using Words = std::vector<std::string>;

/// Trust is for real servers.
class TrustTest : public test::CliTest {
protected:
    void SetUp() override {
        if (!test::SshServer::missing().empty())
            GTEST_SKIP() << test::SshServer::missing();
        m_server.emplace();
        m_config = m_server->clientConfig(m_server->hostBlock("box"));
    }
    Ran trust(Words more) const {
        more.insert(more.begin(), {"trust", "box", "--ssh-config", m_config});
        return inodeck(more);
    }
    std::optional<test::SshServer> m_server;
    std::string m_config;
};

TEST_F(TrustTest, WhatIsAcceptedIsOnRecord) {
    const std::string fingerprint = m_server->hostKey().fingerprint();
    const Ran ran = trust({"--fingerprint", fingerprint});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    EXPECT_TRUE(has(test::readFile(m_server->knownHostsFile()), "ssh-ed25519"));
    const Ran shown = inodeck({"audit", "show", "1"});
    EXPECT_TRUE(has(shown.out, "\"type\":\"hostkey_accepted\"")) << shown.out << shown.err;
    EXPECT_TRUE(has(shown.out, fingerprint)) << shown.out;
    EXPECT_TRUE(has(shown.out, "\"vm\":\"box\"")) << shown.out;
    EXPECT_EQ(inodeck({"audit", "verify"}).status, 0);
}

TEST_F(TrustTest, WithoutARecordNothingIsAccepted) {
    const Ran ran = trust({"--yes", "--audit", "/proc/inodeck/audit.sqlite"});
    EXPECT_EQ(ran.status, 5) << ran.out << ran.err;
    EXPECT_FALSE(fs::exists(m_server->knownHostsFile()) &&
                 has(test::readFile(m_server->knownHostsFile()), "ssh-ed25519"));
}

TEST_F(TrustTest, AChangedKeyIsRefusedOnRecord) {
    const test::KeyPair other = test::makeKey(folder / "other");
    test::writeFile(m_server->knownHostsFile(), "[" + m_server->address() +
                                                    "]:" + std::to_string(m_server->port()) + " " +
                                                    other.publicKey() + "\n");
    const Ran ran = trust({"--yes"});
    EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
    const Ran shown = inodeck({"audit", "show", "1"});
    EXPECT_TRUE(has(shown.out, "\"type\":\"refused\"")) << shown.out << shown.err;
    EXPECT_TRUE(has(shown.out, m_server->hostKey().fingerprint())) << shown.out;
}

} // namespace
} // namespace inodeck
