// Entries that Loki does not take must not stand in the way of others.
#include <algorithm>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

using test::HttpRequest;
using test::HttpServer;
using test::reply;

/// A Loki that takes no entry of these operations, in its words; the others of a push it takes.
HttpServer::Handler refusing(std::vector<std::string> refused, std::string words,
                             std::shared_ptr<std::vector<std::string>> taken) {
    return [=](const HttpRequest& request) {
        bool all = true;
        for (const Entry& entry : entriesOf(request)) {
            const bool good = std::find(refused.begin(), refused.end(), entry.opId()) == refused.end();
            if (good && std::find(taken->begin(), taken->end(), entry.opId()) == taken->end())
                taken->push_back(entry.opId());
            all = all && good;
        }
        return all ? reply(204) : reply(400, words);
    };
}

TEST_F(LokiTest, entriesThatAreTooOldArePartedAndParked) {
    auto taken = std::make_shared<std::vector<std::string>>();
    HttpServer server(
        refusing({"op-0", "op-3"},
                 "entry with timestamp … ignored, reason: 'entry too far behind, oldest acceptable "
                 "timestamp is: 2026-01-01T00:00:00Z',\ntotal ignored: 2 out of 5",
                 taken));
    const auto loki = sink(server.url());
    emitAll(*loki, 5);
    const std::string sentence = flush(*loki);
    EXPECT_TRUE(
        sentence.starts_with("2 file(s) of the outbox were moved to " + outbox() +
                             "/dead, with the reason beside each. Loki answered 400 (entry with timestamp"))
        << sentence;
    EXPECT_EQ(*taken, (std::vector<std::string>{"op-1", "op-2", "op-4"}));
    EXPECT_TRUE(files().empty());
    ASSERT_EQ(files("dead").size(), 4u);
    EXPECT_NE(test::readFile(outbox() + "/dead/" + files("dead")[0]).find("op-0"), std::string::npos);
    EXPECT_NE(test::readFile(outbox() + "/dead/" + files("dead")[1]).find("entry too far behind"),
              std::string::npos);
    EXPECT_EQ(flush(*loki), "") << "said once";
    ASSERT_TRUE(loki->emit(eventOf(9)));
    EXPECT_EQ(flush(*loki), "") << "the queue goes on";
    EXPECT_EQ(taken->back(), "op-9");
}

TEST_F(LokiTest, unknownRefusalsKeepAnEventForAWeekOnly) {
    auto taken = std::make_shared<std::vector<std::string>>();
    HttpServer server(refusing({"op-0", "op-1"}, "words of tomorrow", taken));
    const auto loki = sink(server.url());
    Event old = eventOf(0);
    old.time -= std::chrono::hours{7 * 24};
    ASSERT_TRUE(loki->emit(old));
    ASSERT_TRUE(loki->emit(eventOf(1)));
    const std::string sentence = flush(*loki);
    EXPECT_TRUE(sentence.starts_with("Loki answered 400 (words of tomorrow). 1 event(s) wait in "))
        << sentence;
    EXPECT_EQ(waiting(), 1u);
    EXPECT_EQ(files("dead").size(), 2u);
}

TEST_F(LokiTest, aBodyThatIsTooLargeIsParted) {
    auto taken = std::make_shared<int>(0);
    HttpServer server([=](const HttpRequest& request) {
        return entriesOf(request).size() > 1 ? reply(413, "too large") : (++*taken, reply(204));
    });
    const auto loki = sink(server.url());
    emitAll(*loki, 3);
    EXPECT_EQ(flush(*loki), "");
    EXPECT_EQ(*taken, 3);
    EXPECT_TRUE(files("dead").empty());
}

} // namespace
} // namespace inodeck
