// Certificates: what does not verify gets neither events nor the key.
#include <csignal>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

using test::Authority;
using test::HttpRequest;
using test::HttpServer;
using test::reply;

class LokiTlsTest : public LokiTest {
protected:
    LokiTlsTest() { test::writeFile(caFile(), m_authority.pem()); }
    std::string caFile() const { return m_dir.file("ca.pem"); }
    LokiOptions trusting(const std::string& url) const {
        LokiOptions options = optionsFor(url);
        options.caFile = caFile();
        return options;
    }
    /// What flush() says of a server with that certificate, which must see no request.
    std::string refusal(const test::Certificate& certificate, bool trusted) {
        HttpServer server([](const HttpRequest&) { return reply(204); }, certificate);
        const auto loki =
            sink(trusted ? trusting(server.url("localhost")) : optionsFor(server.url("localhost")));
        emitAll(*loki, 1);
        const auto begin = std::chrono::steady_clock::now();
        const std::string sentence = flush(*loki);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << "not retried";
        EXPECT_TRUE(server.requests().empty());
        EXPECT_EQ(waiting(), 1u);
        return sentence;
    }

    Authority m_authority;
};

TEST_F(LokiTlsTest, pushesToAVerifiedServer) {
    HttpServer server([](const HttpRequest&) { return reply(204); }, m_authority.issue("DNS:localhost"));
    const auto loki = sink(trusting(server.url("localhost")));
    emitAll(*loki, 3);
    EXPECT_EQ(flush(*loki), "");
    ASSERT_EQ(server.requests().size(), 1u);
    EXPECT_EQ(entriesOf(server.requests()[0]).size(), 3u);
    EXPECT_TRUE(server.requests()[0].headers.contains("authorization"));
}

TEST_F(LokiTlsTest, verifiesAddressesToo) {
    HttpServer server([](const HttpRequest&) { return reply(204); }, m_authority.issue("IP:127.0.0.1"));
    const auto loki = sink(trusting(server.url()));
    emitAll(*loki, 1);
    EXPECT_EQ(flush(*loki), "");
}

TEST_F(LokiTlsTest, refusesAnUnknownAuthority) {
    EXPECT_EQ(refusal(m_authority.issue("DNS:localhost"), false),
              "Loki cannot be reached: SSL certificate problem: unable to get local issuer certificate. "
              "1 event(s) wait in " +
                  outbox() + " and go with the next run.");
    const std::string sentence = refusal(Authority().issue("DNS:localhost"), true);
    EXPECT_NE(sentence.find("certificate"), std::string::npos) << sentence;
}

TEST_F(LokiTlsTest, refusesAnotherHostsCertificate) {
    EXPECT_NE(refusal(m_authority.issue("DNS:logs.example.net"), true)
                  .find("no alternative certificate subject name"),
              std::string::npos);
}

TEST_F(LokiTlsTest, refusesACertificateOfAnotherTime) {
    EXPECT_NE(refusal(m_authority.issue("DNS:localhost", -7200, -3600), true).find("certificate has expired"),
              std::string::npos);
    EXPECT_NE(
        refusal(m_authority.issue("DNS:localhost", 3600, 7200), true).find("certificate is not yet valid"),
        std::string::npos);
}

TEST_F(LokiTlsTest, aFileThatIsNoCertificateIsASentence) {
    test::writeFile(caFile(), "no certificate\n");
    const std::string sentence = refusal(m_authority.issue("DNS:localhost"), true);
    EXPECT_NE(sentence.find("certificate"), std::string::npos) << sentence;
}

TEST_F(LokiTlsTest, aServerWithoutTlsGetsNothing) {
    HttpServer server([](const HttpRequest&) { return reply(204); });
    const auto loki = sink(trusting("https://localhost:" + std::to_string(server.port())));
    emitAll(*loki, 1);
    EXPECT_NE(flush(*loki, 2s), "");
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(LokiTlsTest, aConnectionThatIsCutSendsNoSignal) {
    std::signal(SIGPIPE, SIG_DFL); // the tests ignore it, a program may not
    HttpServer server(
        [](const HttpRequest&) {
            return test::HttpReply{test::HttpReply::Manner::Cut, ""};
        },
        m_authority.issue("DNS:localhost"));
    const auto loki = sink(trusting(server.url("localhost")));
    emitAll(*loki, 1);
    EXPECT_NE(flush(*loki, 3s), "");
    EXPECT_GE(server.requests().size(), 2u) << "retried";
    EXPECT_NE(flush(*loki, 3s), "") << "also on a connection that was kept";
    std::signal(SIGPIPE, SIG_IGN);
    EXPECT_EQ(waiting(), 1u);
}

} // namespace
} // namespace inodeck
