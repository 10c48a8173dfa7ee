// A Loki that is down, slow or hostile costs bounded time and no event.
#include <future>
#include <thread>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

using Manner = test::HttpReply::Manner;
using test::HttpRequest;
using test::HttpServer;
using test::reply;

class LokiFaultTest : public LokiTest {
protected:
    /// flush() of one event against that URL: its sentence; at most a second more than `bound`.
    std::string flushOne(const std::string& url, std::chrono::milliseconds bound = 2s) {
        const auto loki = sink(url);
        const auto kept = loki->emit(eventOf(1));
        EXPECT_TRUE(kept) << "an event is kept whatever Loki does";
        const auto begin = std::chrono::steady_clock::now();
        const std::string sentence = flush(*loki, bound);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, bound + 1s);
        EXPECT_EQ(waiting(), 1u);
        const std::string end = " 1 event(s) wait in " + outbox() + " and go with the next run.";
        EXPECT_TRUE(sentence.ends_with(end)) << sentence;
        return sentence.substr(0, sentence.size() - std::min(end.size(), sentence.size()));
    }
    std::string flushOne(test::HttpReply what, std::chrono::milliseconds bound = 2s) {
        HttpServer server([what](const HttpRequest&) { return what; });
        return flushOne(server.url(), bound);
    }
};

TEST_F(LokiFaultTest, connectionRefused) {
    const std::string port = std::to_string(test::freePort("127.0.0.1"));
    const std::string sentence = flushOne("http://127.0.0.1:" + port);
    EXPECT_TRUE(sentence.starts_with("Loki cannot be reached: Failed to connect to 127.0.0.1 port " + port))
        << sentence;
}

TEST_F(LokiFaultTest, noSuchHost) {
    const std::string sentence = flushOne("https://no-such-host.invalid", 3s);
    EXPECT_TRUE(sentence.starts_with("Loki cannot be reached: ")) << sentence;
    EXPECT_NE(sentence.find("no-such-host.invalid"), std::string::npos) << sentence;
}

TEST_F(LokiFaultTest, acceptsAndNeverAnswers) {
    const std::string sentence = flushOne({Manner::Silent, ""});
    EXPECT_TRUE(sentence.starts_with("Loki cannot be reached: Operation timed out after ")) << sentence;
}

TEST_F(LokiFaultTest, neverEvenAccepts) {
    // A listening socket that nobody serves: TLS never begins.
    HttpServer server([](const HttpRequest&) { return test::HttpReply{Manner::Silent, ""}; });
    const std::string sentence = flushOne("https://127.0.0.1:" + std::to_string(server.port()));
    EXPECT_TRUE(sentence.starts_with("Loki cannot be reached: ")) << sentence;
}

TEST_F(LokiFaultTest, dripsItsHeadOrBody) {
    EXPECT_TRUE(
        flushOne({Manner::Drip, "HTTP/1.1 204 No Content\r\nX-A: "}).starts_with("Loki cannot be reached: "));
    EXPECT_TRUE(flushOne({Manner::Drip, "HTTP/1.1 200 OK\r\n\r\n"}).starts_with("Loki cannot be reached: "));
}

TEST_F(LokiFaultTest, anAnswerWithoutEndIsCut) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(flushOne({Manner::Flood, "HTTP/1.1 200 OK\r\n\r\n"}, 20s)
                    .starts_with("Loki answered 200: is this the address"));
    EXPECT_TRUE(flushOne({Manner::Flood, "HTTP/1.1 404 Gone\r\n\r\n"}, 20s)
                    .starts_with("Loki answered 404: is this the"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "cut, not timed out";
    EXPECT_NE(flushOne({Manner::Flood, "HTTP/1.1 204 OK\r\nX-A: "}), "") << "a header without an end";
}

TEST_F(LokiFaultTest, whatIsNoHttpIsRefused) {
    EXPECT_TRUE(flushOne({Manner::Cut, ""}).starts_with("Loki cannot be reached: "));
    for (const char* bytes : {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\x16\x03\x01\x02",
                              "HTTP/9.9 204 x\r\n\r\n"}) {
        HttpServer server([bytes, count = 0](const HttpRequest&) mutable {
            return ++count > 1 ? test::HttpReply{Manner::Cut, ""} : test::HttpReply{Manner::Answer, bytes};
        });
        EXPECT_TRUE(flushOne(server.url()).starts_with("Loki ")) << bytes;
    }
}

TEST_F(LokiFaultTest, aConnectionThatWasCutIsTriedAgain) {
    HttpServer server([count = 0](const HttpRequest&) mutable {
        return count++ == 0 ? test::HttpReply{Manner::Cut, ""} : reply(204);
    });
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    EXPECT_EQ(flush(*loki), "");
}

TEST_F(LokiFaultTest, cancelEndsAPushAtOnce) {
    HttpServer server([](const HttpRequest&) { return test::HttpReply{Manner::Silent, ""}; });
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    auto ended = std::async(std::launch::async, [&] { return flush(*loki, 60s); });
    const auto bound = Deadline::after(10s);
    while (server.requests().empty() && !bound.passed())
        std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    m_cancel.request();
    EXPECT_TRUE(ended.get().starts_with("Sending events was cancelled."));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_EQ(waiting(), 1u);
}

TEST_F(LokiFaultTest, cancelEndsAPauseAtOnce) {
    HttpServer server([](const HttpRequest&) { return reply(429, "", "Retry-After: 30\r\n"); });
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    auto ended = std::async(std::launch::async, [&] { return flush(*loki, 60s); });
    const auto bound = Deadline::after(10s);
    while (server.requests().empty() && !bound.passed())
        std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    m_cancel.request();
    EXPECT_NE(ended.get(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(LokiFaultTest, aDeadlineThatHasPassedSendsNothing) {
    HttpServer server([](const HttpRequest&) { return reply(204); });
    EXPECT_EQ(flushOne(server.url(), 0s), "There was no time to send events.");
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(LokiFaultTest, downTodayDeliveredTomorrow) {
    {
        const auto loki = sink("http://127.0.0.1:" + std::to_string(test::freePort("127.0.0.1")));
        emitAll(*loki, 5);
        EXPECT_NE(flush(*loki, 100ms), "");
    }
    HttpServer server([](const HttpRequest&) { return reply(204); });
    const auto loki = sink(server.url());
    ASSERT_TRUE(loki->emit(eventOf(5)));
    EXPECT_EQ(flush(*loki), "");
    const auto entries = entriesOf(server.requests().at(0));
    ASSERT_EQ(entries.size(), 6u);
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(entries[static_cast<std::size_t>(i)].line, eventLine(eventOf(i)));
}

} // namespace
} // namespace inodeck
