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
    /// A well-formed one that no key of this test has.
    static std::string otherFingerprint() { return "SHA256:" + std::string(43, 'A'); }
    std::string record(int number) const { return inodeck({"audit", "show", std::to_string(number)}).out; }
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

TEST_F(TrustTest, AKnownKeyIsNotTheOneOfAnotherFingerprint) {
    m_server->trust();
    const std::string fingerprint = m_server->hostKey().fingerprint();
    EXPECT_EQ(trust({"--fingerprint", fingerprint}).status, 0);
    EXPECT_EQ(trust({"--yes"}).status, 0);
    const Ran ran = trust({"--fingerprint", otherFingerprint()});
    EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
    EXPECT_TRUE(has(ran.err, "REFUSED: the host's key is " + fingerprint + ", and not " + otherFingerprint()))
        << ran.err;
    EXPECT_TRUE(has(record(1), "\"type\":\"refused\"")) << record(1);
    EXPECT_TRUE(has(record(1), otherFingerprint())) << record(1);
}

TEST_F(TrustTest, AnUnknownKeyIsNotAcceptedForAnotherFingerprint) {
    const Ran ran = trust({"--fingerprint", otherFingerprint()});
    EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
    EXPECT_TRUE(has(ran.err, "REFUSED: the host's key is " + m_server->hostKey().fingerprint() +
                                 ", and not " + otherFingerprint()))
        << ran.err;
    EXPECT_FALSE(has(test::readFile(m_server->knownHostsFile()), "ssh-ed25519"));
    EXPECT_TRUE(has(record(1), "\"type\":\"refused\"")) << record(1);
    EXPECT_TRUE(has(record(1), "\"status\":\"refused\"")) << record(1);
}

/// The log must not keep an acceptance that never took place.
TEST_F(TrustTest, WhatCannotBeWrittenToKnownHostsIsRefusedOnRecord) {
    for (const char* place : {"none", "/proc/nope/kh"}) {
        m_config = m_server->clientConfig(std::string("Host box\n    UserKnownHostsFile ") + place + "\n" +
                                          m_server->hostBlock("box"));
        fs::remove_all(folder / "data");
        fs::remove_all(folder / "state");
        const Ran ran = trust({"--yes"});
        EXPECT_EQ(ran.status, 4) << ran.out << ran.err;
        EXPECT_TRUE(has(ran.err, "not recorded")) << ran.err;
        EXPECT_TRUE(has(ran.err, "record 1 did not take effect")) << ran.err;
        EXPECT_TRUE(has(record(1), "\"type\":\"hostkey_accepted\"")) << record(1);
        EXPECT_TRUE(has(record(2), "\"type\":\"refused\"")) << record(2);
        EXPECT_TRUE(has(record(2), "\"reason\":\"trust\"")) << record(2);
        EXPECT_TRUE(has(record(2), "\"status\":\"failed\"")) << record(2);
        EXPECT_TRUE(has(record(2), "not recorded")) << record(2);
    }
}

TEST_F(TrustTest, WhatSshSaysOfAWrongConfigurationEndsLikeASentence) {
    m_config = m_server->clientConfig(m_server->hostBlock("box") + "    Frobnicate yes\n");
    const Ran ran = trust({"--yes"});
    EXPECT_EQ(ran.status, 2) << ran.out << ran.err;
    EXPECT_TRUE(has(ran.err, "Frobnicate") || has(ran.err, "frobnicate")) << ran.err;
    EXPECT_FALSE(has(ran.err, "\\n\n") || has(ran.err, "\\n.")) << ran.err;
    EXPECT_TRUE(ran.err.ends_with(".\n")) << ran.err;
}

} // namespace
} // namespace inodeck
