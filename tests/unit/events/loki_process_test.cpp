// Several programs share an outbox; some of them are killed.
#include <csignal>
#include <map>
#include <set>
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
    /// A process of its own that does `work` and ends with 0 when it returns true. Forked before any thread
    /// of this test runs libcurl.
    template <typename Work> static pid_t start(Work work) {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(work() ? 0 : 1);
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
        children.push_back(start([&] {
            const auto one = sink(server.url());
            bool good = true;
            for (int i = 0; i < Each; ++i) {
                good = one->emit(eventOf(p * Each + i)) && good;
                good = one->emit(eventOf(100'000 + i)) && good; // of all of them
                if (i % 7 == 0)
                    good = flush(*one, 60s).empty() && good;
            }
            return good && flush(*one, 60s).empty();
        }));
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
    constexpr int Count = 150;
    constexpr int Kills = 40;
    Loki loki;
    HttpServer server(loki.handler());
    emitAll(*sink(server.url()), Count);
    for (int kill = 0; kill < Kills && waiting() > 0; ++kill) {
        // Small batches, so that there is something to be killed in.
        const pid_t child = start([&] {
            for (;;) {
                const auto one = sink(server.url());
                static_cast<void>(one->emit(eventOf(1000 + kill)));
                static_cast<void>(flush(*one, 10s));
            }
            return true;
        });
        const auto until = Deadline::after(std::chrono::milliseconds{kill});
        while (!until.passed())
            std::this_thread::yield();
        ::kill(child, SIGKILL);
        EXPECT_TRUE(WIFSIGNALED(statusOf(child)));
    }
    const auto last = sink(server.url());
    EXPECT_EQ(flush(*last), "");
    std::map<std::string, int> times;
    for (const Entry& entry : loki.taken)
        ++times[entry.opId()];
    for (int i = 0; i < Count; ++i)
        EXPECT_EQ(times["op-" + std::to_string(i)], 1) << i;
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
    const pid_t child = start([&] { return flush(*sink(hanging.url()), 60s).empty(); });
    const auto bound = Deadline::after(10s);
    while (hanging.requests().empty() && !bound.passed())
        std::this_thread::yield();
    const auto second = sink(good.url());
    ASSERT_TRUE(second->emit(eventOf(7))) << "keeping an event waits for nobody";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(flush(*second, 200ms), "Another run is still sending events from " + outbox() +
                                         ". 2 event(s) wait in " + outbox() + " and go with the next run.");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    ::kill(child, SIGKILL);
    statusOf(child);
    EXPECT_EQ(flush(*second), "") << "a dead process keeps no lock";
    EXPECT_EQ(good.requests().size(), 1u);
}

} // namespace
} // namespace inodeck
