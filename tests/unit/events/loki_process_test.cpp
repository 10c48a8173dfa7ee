// Several programs share an outbox; some of them are killed.
#include <atomic>
#include <csignal>
#include <map>
#include <set>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

using test::HttpRequest;
using test::HttpServer;
using test::reply;

/// A Loki that remembers what it took, and drops an entry that it has (time, line and labels the same).
class Loki {
public:
    int pushesOfKnown = 0;
    std::vector<Entry> taken;

    HttpServer::Handler handler() {
        return [this](const HttpRequest& request) {
            bool known = false;
            for (const Entry& entry : entriesOf(request)) {
                if (m_seen.insert(entry.ns + entry.labels + entry.line).second)
                    taken.push_back(entry);
                else
                    known = true;
            }
            pushesOfKnown += known ? 1 : 0;
            return reply(204);
        };
    }

private:
    std::set<std::string> m_seen;
};

class LokiProcessTest : public LokiTest {
protected:
    /// A program of its own, see emit_driver.cpp. (A fork of this one, whose server has threads, could come
    /// into being with somebody's lock held for ever: under sanitizers the allocator's.)
    static pid_t start(std::vector<std::string> words) {
        words.insert(words.begin(), INODECK_EMIT_DRIVER);
        std::vector<char*> argv;
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        pid_t child = -1;
        if (::posix_spawn(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0)
            throw std::runtime_error("cannot start " + words[0]);
        return child;
    }
    static int statusOf(pid_t child) {
        int status = -1;
        ::waitpid(child, &status, 0);
        return status;
    }
};

TEST_F(LokiProcessTest, manyEmitAndDrainAtOnceAndEachEventArrivesOnce) {
    constexpr int Processes = 4;
    constexpr int Each = 60;
    Loki loki;
    HttpServer server(loki.handler());
    std::vector<pid_t> children;
    for (int p = 0; p < Processes; ++p)
        children.push_back(
            start({"share", server.url(), outbox(), std::to_string(p * Each), std::to_string(Each)}));
    for (const pid_t child : children)
        EXPECT_EQ(statusOf(child), 0);
    std::map<std::string, int> times;
    for (const Entry& entry : loki.taken)
        ++times[entry.opId()];
    EXPECT_EQ(times.size(), static_cast<std::size_t>((Processes + 1) * Each));
    for (const auto& [opId, count] : times)
        EXPECT_EQ(count, 1) << opId;
    EXPECT_EQ(loki.pushesOfKnown, 0);
    EXPECT_TRUE(files().empty());
    EXPECT_TRUE(files("dead").empty());
}

/// Killed at any time: nothing that emit() kept is lost, and Loki has each event once.
TEST_F(LokiProcessTest, killedWhileItDrains) {
    enum Moment { BeforeItIsTaken, BeforeItIsAnswered, SomewhatLater, Never };
    constexpr int Count = 150;
    constexpr int Kills = 30;
    Loki loki;
    std::atomic<Moment> moment{Never};
    std::atomic<pid_t> child{0};
    const auto kill = [&] {
        while (child == 0)
            std::this_thread::yield();
        ::kill(child, SIGKILL);
    };
    HttpServer server([&, take = loki.handler()](const HttpRequest& request) {
        if (moment == BeforeItIsTaken) {
            kill();
            return reply(503);
        }
        const auto answer = take(request);
        if (moment == BeforeItIsAnswered)
            kill();
        return answer;
    });
    emitAll(*sink(server.url()), Count);
    for (int i = 0; i < Kills; ++i) {
        const std::size_t before = server.requests().size();
        child = 0;
        moment = static_cast<Moment>(i % 3);
        child = start({"drain", server.url(), outbox(), std::to_string(1000 + i)});
        const auto bound = Deadline::after(30s);
        while (server.requests().size() == before && !bound.passed())
            std::this_thread::yield();
        if (moment == SomewhatLater) {
            const auto later = Deadline::after(std::chrono::milliseconds{i / 3});
            while (!later.passed())
                std::this_thread::yield();
            kill();
        }
        EXPECT_TRUE(WIFSIGNALED(statusOf(child)));
    }
    moment = Never;
    const auto last = sink(server.url());
    EXPECT_EQ(flush(*last), "");
    std::map<std::string, int> times;
    for (const Entry& entry : loki.taken)
        ++times[entry.opId()];
    EXPECT_EQ(times.size(), static_cast<std::size_t>(Count + Kills));
    for (const auto& [opId, count] : times)
        EXPECT_EQ(count, 1) << opId;
    EXPECT_TRUE(files("dead").empty());
}

TEST_F(LokiProcessTest, aDrainThatHangsDelaysOthersNoLongerThanTheirDeadline) {
    HttpServer hanging([](const HttpRequest&) {
        return test::HttpReply{test::HttpReply::Manner::Silent, ""};
    });
    HttpServer good([](const HttpRequest&) { return reply(204); });
    emitAll(*sink(hanging.url()), 1);
    const pid_t child = start({"drain", hanging.url(), outbox(), "0"});
    const auto bound = Deadline::after(30s);
    while (hanging.requests().empty() && !bound.passed())
        std::this_thread::yield();
    const auto second = sink(good.url());
    ASSERT_TRUE(second->emit(eventOf(7))) << "keeping an event waits for nobody";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(flush(*second, 200ms), "Another run is still sending events from " + outbox() +
                                         ". 2 event(s) wait in " + outbox() + " and go with the next run.");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << "the other drains for ten";
    ::kill(child, SIGKILL);
    statusOf(child);
    EXPECT_EQ(flush(*second), "") << "a dead process keeps no lock";
    EXPECT_EQ(good.requests().size(), 1u);
}

} // namespace
} // namespace inodeck
