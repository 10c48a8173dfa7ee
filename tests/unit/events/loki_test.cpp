// The contract of Loki's push API, against a real HTTP server.
#include <QByteArray>
#include <QJsonDocument>
#include <sys/stat.h>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

using test::HttpRequest;
using test::HttpServer;
using test::reply;

HttpServer::Handler always(int status, const std::string& body = {}, const std::string& headers = {}) {
    return [=](const HttpRequest&) { return reply(status, body, headers); };
}

/// Answers the first push so, the others with 204.
HttpServer::Handler first(test::HttpReply what) {
    return [what, count = 0](const HttpRequest&) mutable { return count++ == 0 ? what : reply(204); };
}

TEST_F(LokiTest, aPushIsWhatTheApiWants) {
    HttpServer server(always(204));
    const auto loki = sink(server.url());
    ASSERT_TRUE(loki->emit(eventOf(1)));
    EXPECT_TRUE(server.requests().empty()) << "emit() only keeps";
    EXPECT_EQ(flush(*loki), "");
    ASSERT_EQ(server.requests().size(), 1u);
    const HttpRequest request = server.requests().front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/loki/api/v1/push");
    EXPECT_EQ(request.headers.at("content-type"), "application/json");
    EXPECT_EQ(request.headers.at("content-encoding"), "gzip");
    EXPECT_EQ(request.headers.at("authorization"),
              "Basic " + QByteArray("123456:glc_verySecretKey0123456789").toBase64().toStdString());
    EXPECT_EQ(request.headers.at("user-agent"), "inodeck/" INODECK_VERSION);
    EXPECT_FALSE(request.headers.contains("expect"));
    EXPECT_LT(request.body.size(), request.text().size());
    const std::string ns = std::to_string(eventOf(1).time.time_since_epoch().count());
    const auto entries = entriesOf(request);
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].labels,
              R"({"app":"inodeck","env":"production","service":"deployment","stream":"events"})");
    EXPECT_EQ(entries[0].ns, ns);
    EXPECT_EQ(entries[0].line, eventLine(eventOf(1)));
    EXPECT_EQ(request.text().substr(0, 24), R"({"streams":[{"stream":{")");
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(flush(*loki), "");
    EXPECT_EQ(server.requests().size(), 1u) << "nothing waits, nothing is sent";
}

TEST_F(LokiTest, withoutAKeyThereIsNoAuthorization) {
    HttpServer server(always(204));
    LokiOptions options = optionsFor(server.url());
    options.user = options.apiKey = "";
    const auto loki = sink(options);
    emitAll(*loki, 1);
    EXPECT_EQ(flush(*loki), "");
    EXPECT_FALSE(server.requests().at(0).headers.contains("authorization"));
}

TEST_F(LokiTest, labelsAreOfTheEventThatWasKept) {
    HttpServer server(always(204));
    LokiOptions options = optionsFor(server.url());
    options.app = "shop";
    const auto loki = sink(options);
    Event drift = eventOf(1, EventStatus::Found);
    drift.type = EventType::ConfigDrift;
    drift.env = "staging\n\"x";
    ASSERT_TRUE(loki->emit(drift));
    ASSERT_TRUE(loki->emit(eventOf(2)));
    drift.opId = "another";
    drift.time += 5ms;
    ASSERT_TRUE(loki->emit(drift));
    EXPECT_EQ(flush(*loki), "");
    const auto entries = entriesOf(server.requests().at(0));
    ASSERT_EQ(entries.size(), 3u);
    const std::string expected =
        R"({"app":"shop","env":"staging\\n\"x","service":"deployment","stream":"drift"})";
    EXPECT_EQ(entries[0].labels, expected);
    EXPECT_EQ(entries[1].labels, expected) << "one stream for each set of labels";
    EXPECT_EQ(entries[2].labels,
              R"({"app":"shop","env":"production","service":"deployment","stream":"events"})");
}

TEST_F(LokiTest, drainsInBatchesOldestFirst) {
    constexpr int Count = 450;
    HttpServer server(always(204));
    const auto loki = sink(server.url());
    for (int i = Count - 1; i >= 0; --i) // made in the wrong order
        ASSERT_TRUE(loki->emit(eventOf(i)));
    EXPECT_EQ(waiting(), static_cast<std::size_t>(Count));
    EXPECT_EQ(flush(*loki), "");
    EXPECT_EQ(server.requests().size(), 3u);
    int next = 0;
    for (const HttpRequest& request : server.requests())
        for (const Entry& entry : entriesOf(request))
            EXPECT_EQ(entry.opId(), "op-" + std::to_string(next++));
    EXPECT_EQ(next, Count);
}

TEST_F(LokiTest, eventsOfTheSameInstantKeepTheirOrder) {
    HttpServer server(always(204));
    const auto loki = sink(server.url());
    for (const EventStatus status : {EventStatus::InProgress, EventStatus::Failed, EventStatus::Success}) {
        Event event = eventOf(1, status);
        ASSERT_TRUE(loki->emit(event));
    }
    EXPECT_EQ(flush(*loki), "");
    const auto entries = entriesOf(server.requests().at(0));
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_NE(entries[0].line.find("in_progress"), std::string::npos);
    EXPECT_NE(entries[1].line.find("failed"), std::string::npos);
    EXPECT_NE(entries[2].line.find("success"), std::string::npos);
}

TEST_F(LokiTest, retriesWithTheSameBytes) {
    for (const auto& trouble : {reply(500, "oops"), reply(503), reply(408), reply(429, "slow down")}) {
        HttpServer server(first(trouble));
        LokiOptions options = optionsFor(server.url());
        options.outbox = m_dir.file("outbox" + trouble.bytes.substr(9, 3));
        const auto loki = sink(options);
        emitAll(*loki, 2);
        EXPECT_EQ(flush(*loki), "") << trouble.bytes;
        ASSERT_EQ(server.requests().size(), 2u);
        EXPECT_EQ(server.requests()[0].body, server.requests()[1].body);
    }
}

TEST_F(LokiTest, waitsAsLongAs429Asks) {
    HttpServer server(first(reply(429, "slow down", "Retry-After: 2\r\n")));
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(flush(*loki), "");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(LokiTest, doesNotWaitForA429ThatAsksTooMuch) {
    HttpServer server(always(429, "Ingestion rate limit exceeded", "Retry-After: 3600\r\n"));
    const auto loki = sink(server.url());
    emitAll(*loki, 3);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(flush(*loki),
              "Loki answered 429 and asks to wait 3600 s (Ingestion rate limit exceeded). 3 event(s) "
              "wait in " +
                  outbox() + " and go with the next run.");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(LokiTest, anErrorThatStaysIsGivenUpWithinTheDeadline) {
    HttpServer server(always(500, "internal\x1b[31m error\n"));
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(flush(*loki, 2s), "Loki answered 500 (internal\\x1b[31m error). 1 event(s) wait in " +
                                    outbox() + " and go with the next run.");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
    EXPECT_GE(server.requests().size(), 2u);
    EXPECT_LE(server.requests().size(), 5u);
    EXPECT_EQ(waiting(), 1u);
}

/// What a person must change first: one request, the events stay.
TEST_F(LokiTest, otherAnswersAreNotRetriedAndKeepTheEvents) {
    const std::vector<std::pair<test::HttpReply, std::string>> cases{
        {reply(401, "invalid credentials"),
         "Loki answered 401: check the user and the API key, and that the key may "
         "write logs (invalid credentials)."},
        {reply(403), "Loki answered 403: check the user and the API key, and that the key may write logs."},
        {reply(404, "nope"), "Loki answered 404: is this the address of a Loki? (nope)."},
        {reply(400, "The plain HTTP request was sent to HTTPS port"),
         "Loki answered 400 (The plain HTTP request was sent to HTTPS port)."},
        {reply(200, "<html>Please log in"),
         "Loki answered 200: is this the address of a Loki? (<html>Please log in)."},
        {reply(260, "blocked"), "Loki answered 260: is this the address of a Loki? (blocked)."},
        {reply(302, "", "Location: http://127.0.0.1:1/\r\n"),
         "Loki answered 302, a redirect, which is not followed: give the address that it leads to."},
    };
    for (const auto& [answer, sentence] : cases) {
        HttpServer refusing([what = answer](const HttpRequest&) { return what; });
        const auto loki = sink(refusing.url());
        emitAll(*loki, 1);
        EXPECT_EQ(flush(*loki), sentence + " 1 event(s) wait in " + outbox() + " and go with the next run.");
        EXPECT_EQ(refusing.requests().size(), 1u);
        EXPECT_EQ(waiting(), 1u);
    }
    HttpServer server(always(204));
    EXPECT_EQ(flush(*sink(server.url())), "") << "the next run, with the address set right";
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(LokiTest, aRedirectNeverLeadsTheKeyElsewhere) {
    HttpServer thief(always(204));
    HttpServer server(always(307, "", "Location: " + thief.url("localhost") + "/loki/api/v1/push\r\n"));
    const auto loki = sink(server.url());
    emitAll(*loki, 1);
    EXPECT_NE(flush(*loki), "");
    EXPECT_TRUE(thief.requests().empty());
}

TEST_F(LokiTest, badOptionsAreOneSentence) {
    const auto message = [&](auto change) {
        LokiOptions options = optionsFor("https://logs.example.net");
        change(options);
        return lokiSink(options).error().message;
    };
    EXPECT_EQ(message([](LokiOptions& o) { o.url = "http://logs.example.net"; }),
              "Loki's API key would travel unencrypted: give an https address instead of "
              "http://logs.example.net/loki/api/v1/push.");
    EXPECT_EQ(message([](LokiOptions& o) { o.user = ""; }), "Loki's API key was given without a user.");
    EXPECT_EQ(message([](LokiOptions& o) { o.apiKey = ""; }), "Loki's user was given without an API key.");
    EXPECT_EQ(message([](LokiOptions& o) { o.caFile = "/no/ca.pem"; }),
              "Cannot read the certificates in /no/ca.pem.");
    EXPECT_EQ(message([](LokiOptions& o) { o.outbox = ""; }),
              "No folder was given for the events that wait.");
    EXPECT_EQ(message([](LokiOptions& o) { o.url = ""; }),
              "Loki's address must be a URL like https://logs.example.net.");
}

TEST_F(LokiTest, theKeyIsInNoSentenceAndNoFile) {
    const LokiOptions options = optionsFor("http://127.0.0.1:1");
    const std::string encoded =
        QByteArray::fromStdString(options.user + ":" + options.apiKey).toBase64().toStdString();
    // Servers that echo what they were sent, also just at the end of what is read of an answer.
    for (const std::string& echo : {"Bad header: Basic " + encoded + " " + options.apiKey,
                                    std::string(4080, '\n') + encoded + encoded, [&] {
                                        std::string many;
                                        while (many.size() < 8192)
                                            many += encoded;
                                        return many;
                                    }()}) {
        HttpServer server(always(401, echo));
        const auto loki = sink(server.url());
        emitAll(*loki, 1);
        const std::string sentence = flush(*loki);
        for (const std::string& secret : {options.apiKey, encoded})
            for (std::size_t at = 0; at + 10 <= secret.size(); at += 5)
                EXPECT_EQ(sentence.find(secret.substr(at, 10)), std::string::npos) << sentence;
    }
    for (const std::string& name : files())
        EXPECT_EQ(test::readFile(outbox() + "/" + name).find(options.apiKey), std::string::npos);
}

} // namespace
} // namespace inodeck
