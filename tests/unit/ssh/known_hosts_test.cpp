#include "core/ssh/known_hosts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

#include "tests/support/ssh_server.h"

namespace inodeck::ssh {
namespace {

using State = KeyJudgement::State;

const PublicKey A{"ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIGxgFhWPWSeGBQQ7lL/n0eqBQ8hXnFHZ4Dzs1dZYyVaH"};
const PublicKey B{"ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIBBBFhWPWSeGBQQ7lL/n0eqBQ8hXnFHZ4Dzs1dZYyVaH"};
const PublicKey Rsa{"ssh-rsa", "AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7"};

std::string line(const std::string& patterns, const PublicKey& key) {
    return patterns + " " + key.type + " " + key.base64 + " comment\n";
}

class KnownHostsTest : public ::testing::Test {
protected:
    KeyJudgement judge(const std::string& text, const PublicKey& key, const std::string& host = "web1",
                       int port = 22, const std::string& alias = {}) {
        test::writeFile(m_dir.file("known_hosts"), text);
        return judgeKey(readKnownHosts({m_dir.file("missing"), m_dir.file("known_hosts")}, host, port, alias),
                        key);
    }
    State state(const std::string& text, const PublicKey& key, const std::string& host = "web1",
                int port = 22, const std::string& alias = {}) {
        return judge(text, key, host, port, alias).state;
    }
    test::TempDir m_dir;
};

TEST_F(KnownHostsTest, ComparesTheKey) {
    EXPECT_EQ(state(line("web1", A), A), State::Known);
    EXPECT_EQ(state("", A), State::Unknown);
    EXPECT_EQ(state(line("web2", A), A), State::Unknown);
    EXPECT_EQ(state(line("web1", B), A), State::Changed);
    EXPECT_EQ(state(line("web1", Rsa), A), State::OtherType);
    EXPECT_EQ(state(line("web1", Rsa) + line("web1", B), A), State::Changed);
    EXPECT_EQ(state(line("web1", B) + line("web1", A), A), State::Known);
}

TEST_F(KnownHostsTest, SaysWhichLineDisagrees) {
    const auto judgement = judge("# first\n\n" + line("web1", B), A);
    EXPECT_EQ(judgement.known.file, m_dir.file("known_hosts"));
    EXPECT_EQ(judgement.known.line, 3);
    EXPECT_EQ(judgement.known.key, B);
}

TEST_F(KnownHostsTest, ALineThatMakesNoSenseHidesNoOther) {
    EXPECT_EQ(
        state("web1 unknown-type !!!!\nweb1\n@odd web1 x y\n|1|broken ssh-rsa AAAA\nweb1 ssh-ed25519\n" +
                  line("web1", A),
              A),
        State::Known);
    EXPECT_EQ(state("web1 future-type AAAA\n" + line("web1", A), A), State::Known);
    EXPECT_EQ(state("\t web1\tssh-ed25519\t" + A.base64 + "\r\n", A), State::Known);
    EXPECT_EQ(state("web1 ssh-ed25519 " + A.base64, A), State::Known); // no newline at the end
}

TEST_F(KnownHostsTest, PatternsAndNegation) {
    EXPECT_EQ(state(line("*.example.org,web?", A), A), State::Known);
    EXPECT_EQ(state(line("web*,!web1", A), A), State::Unknown);
    EXPECT_EQ(state(line("!web1,web*", A), A), State::Unknown);
    EXPECT_EQ(state(line("!web2,web*", A), A), State::Known);
    EXPECT_EQ(state(line("!web2", A), A), State::Unknown);
    EXPECT_EQ(state(line("WEB1", A), A, "Web1"), State::Known);
    EXPECT_EQ(state(line("web1*", A), A), State::Known);
    EXPECT_EQ(state(line("a*b*c*d*e", A), A, std::string(2000, 'a')), State::Unknown);
}

TEST_F(KnownHostsTest, Ports) {
    EXPECT_EQ(knownHostsName("Web1", 22), "web1");
    EXPECT_EQ(knownHostsName("::1", 2222), "[::1]:2222");
    EXPECT_EQ(state(line("[web1]:2222", A), A, "web1", 2222), State::Known);
    EXPECT_EQ(state(line("[web1]:2222", A), A, "web1", 22), State::Unknown);
    EXPECT_EQ(state(line("[web1]:2222", B), A, "web1", 2222), State::Changed);
    // The bare name speaks for another port only when it agrees, as in OpenSSH.
    EXPECT_EQ(state(line("web1", A), A, "web1", 2222), State::Known);
    EXPECT_EQ(state(line("web1", B), A, "web1", 2222), State::Unknown);
    EXPECT_EQ(state(line("web1", A) + line("[web1]:2222", B), A, "web1", 2222), State::Changed);
}

TEST_F(KnownHostsTest, AliasStandsForNameAndPort) {
    EXPECT_EQ(state(line("the-alias", A), A, "web1", 2222, "the-alias"), State::Known);
    EXPECT_EQ(state(line("web1", A), A, "web1", 22, "the-alias"), State::Unknown);
    EXPECT_EQ(state(line("[the-alias]:2222", A), A, "web1", 2222, "the-alias"), State::Unknown);
}

TEST_F(KnownHostsTest, RevokedWinsWhereverItStands) {
    EXPECT_EQ(state(line("@revoked *", A), A), State::Revoked);
    EXPECT_EQ(state(line("web1", A) + line("@revoked web*", A), A), State::Revoked);
    EXPECT_EQ(state(line("web1", A) + line("@revoked *", B), A), State::Known);
    EXPECT_EQ(state(line("@revoked *", B), A), State::Unknown);
    EXPECT_EQ(state(line("@revoked web1", A) + line("web1", A), A, "web1", 2222), State::Revoked);
}

TEST_F(KnownHostsTest, ACertificateAuthorityDoesNotVouchForAPlainKey) {
    const auto judgement = judge(line("@cert-authority *", A), A);
    EXPECT_EQ(judgement.state, State::Unknown);
    EXPECT_TRUE(judgement.certAuthority);
    EXPECT_EQ(state(line("@cert-authority *", B) + line("web1", A), A), State::Known);
}

TEST_F(KnownHostsTest, HashedNames) {
    const std::string hashed = knownHostsLine("[web1]:2222", A, true) + "\n";
    EXPECT_EQ(hashed.find("web1"), std::string::npos);
    EXPECT_EQ(state(hashed, A, "web1", 2222), State::Known);
    EXPECT_EQ(state(hashed, B, "web1", 2222), State::Changed);
    EXPECT_EQ(state(hashed, A, "web1", 22), State::Unknown);
}

TEST_F(KnownHostsTest, SshKeygenAgrees) {
    if (const auto reason = test::SshServer::missing(); !reason.empty())
        GTEST_SKIP() << reason;
    const auto key = test::makeKey(m_dir.file("key"));
    const auto text = key.publicKey();
    const PublicKey parsed{"ssh-ed25519", text.substr(text.find(' ') + 1)};
    EXPECT_EQ(fingerprintOf(parsed), key.fingerprint());
    // Lines that ssh-keygen hashed are found here, and lines that we hashed are found by it.
    const std::string file = m_dir.file("hashed");
    test::writeFile(file, "web1 " + text + "\n");
    test::runOrThrow({"ssh-keygen", "-q", "-H", "-f", file});
    EXPECT_EQ(judgeKey(readKnownHosts({file}, "web1", 22, {}), parsed).state, State::Known);
    test::writeFile(file, knownHostsLine("web9", parsed, true) + "\n");
    EXPECT_NE(test::runOrThrow({"ssh-keygen", "-F", "web9", "-f", file}).find("web9"), std::string::npos);
}

TEST_F(KnownHostsTest, ListsTheTypesToAskFor) {
    test::writeFile(m_dir.file("known_hosts"),
                    line("web1", Rsa) + line("@revoked web1", A) + line("web1", Rsa) + line("other", A));
    EXPECT_EQ(readKnownHosts({m_dir.file("known_hosts")}, "web1", 22, {}).knownTypes(),
              std::vector<std::string>{"ssh-rsa"});
}

TEST_F(KnownHostsTest, FiveThousandHashedLinesAreQuick) {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += knownHostsLine("host" + std::to_string(i), B, true) + "\n";
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(state(text + line("web1", A), A), State::Known);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(KnownHostsTest, RecordsALineOnce) {
    const std::string file = m_dir.file("new/known_hosts");
    ASSERT_TRUE(appendKnownHost(file, "a ssh-rsa AAAA"));
    ASSERT_TRUE(appendKnownHost(file, "a ssh-rsa AAAA"));
    EXPECT_EQ(test::readFile(file), "a ssh-rsa AAAA\n");
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0600u);
    ASSERT_EQ(::stat(m_dir.file("new").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0700u);
    test::writeFile(file, "no newline");
    ASSERT_TRUE(appendKnownHost(file, "b ssh-rsa AAAA"));
    EXPECT_EQ(test::readFile(file), "no newline\nb ssh-rsa AAAA\n");
    EXPECT_EQ(appendKnownHost("/proc/no/known_hosts", "x").error().code, ErrorCode::Io);
}

TEST_F(KnownHostsTest, ManyWritersLoseNothing) {
    const std::string file = m_dir.file("known_hosts");
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back(
            [&, i] { EXPECT_TRUE(appendKnownHost(file, "h" + std::to_string(i) + " t k")); });
    for (auto& thread : threads)
        thread.join();
    const auto text = test::readFile(file);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 16);
}

} // namespace
} // namespace inodeck::ssh
