#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <map>
#include <thread>

#include "core/audit/chain.h"
#include "core/audit/postgres_connection.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

using namespace std::chrono_literals;
using Appended = Result<AppendedRecord>;

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class PostgresFault : public PostgresLog {
protected:
    std::future<Appended> appendAside(AuditStore& store, const std::string& op, int seconds) {
        return std::async(std::launch::async,
                          [&store, op, seconds] { return store.append(intent("vm1", op), in(seconds)); });
    }

    /// Waits for a backend of role ci that is held up like that; its pid.
    pid_t backendIn(const std::string& condition) const {
        const Deadline deadline = in(10);
        while (!deadline.passed()) {
            const std::string pid = server().sql("SELECT pid FROM pg_stat_activity WHERE usename = 'ci' AND "
                                                 "datname = '" +
                                                 m_database + "' AND " + condition);
            if (!pid.empty())
                return static_cast<pid_t>(std::stol(pid));
            std::this_thread::sleep_for(10ms);
        }
        throw std::runtime_error("nothing is in " + condition);
    }

    /// Commits wait for a standby that does not exist: they are on the server's disk, but not answered.
    void holdCommits() const {
        sql("CREATE TABLE public.probe(x int)");
        configure("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        for (const Deadline deadline = in(10); !deadline.passed();) {
            const auto probe = PostgresConnection::open(server().adminUri(m_database));
            ASSERT_TRUE((*probe)->begin("BEGIN; INSERT INTO public.probe VALUES (1)", in(10)));
            if (!(*probe)->commit(Deadline::after(200ms)))
                return;
        }
        FAIL() << "commits still come back";
    }
    void releaseCommits() const { configure("ALTER SYSTEM RESET synchronous_standby_names"); }
    void configure(const std::string& statement) const {
        server().sql(statement);
        server().sql("SELECT pg_reload_conf()");
    }
    std::map<std::string, int> operations() const {
        std::map<std::string, int> all;
        for (const StoredRecord& record : verified())
            ++all[parseRecordLine(record.line)->draft.opId];
        return all;
    }
};

TEST_F(PostgresFault, killedInMidCommitTheRecordIsUnknownThenFoundOnce) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    holdCommits();
    auto appending = appendAside(*store, "op-2", 2);
    backendIn("wait_event = 'SyncRep'");
    server().kill();
    const Appended result = appending.get();
    ASSERT_FALSE(result);
    const std::string& why = result.error().message;
    EXPECT_TRUE(holds(why, "lost its connection")) << why;
    EXPECT_TRUE(holds(why, "is not known")) << why;
    EXPECT_FALSE(holds(why, Password)) << why;
    EXPECT_FALSE(store->ready());
    server().start();
    EXPECT_EQ(operations()["op-2"], 1); // it was on the disk
    EXPECT_TRUE(holds(why, parseRecordLine(recordsOf(*store).back().line)->envelope.id)) << why;
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    const auto next = store->append(intent("vm1", "op-3"), in(10));
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_EQ(operations(), (std::map<std::string, int>{{"", 1}, {"op-1", 1}, {"op-2", 1}, {"op-3", 1}}));
}

TEST_F(PostgresFault, killedInMidCommitAndBackInTimeTheRecordIsLookedUp) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    holdCommits();
    auto appending = appendAside(*store, "op-2", 30);
    backendIn("wait_event = 'SyncRep'");
    server().kill();
    server().start();
    const Appended result = appending.get();
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->seq, 2u);
    EXPECT_EQ(operations()["op-2"], 1);
}

TEST_F(PostgresFault, killedBeforeTheCommitTheRecordIsNotThere) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const auto other = PostgresConnection::open(server().adminUri(m_database));
    ASSERT_TRUE(other && (*other)->begin("BEGIN; SELECT * FROM inodeck.head FOR UPDATE", in(10)));
    auto appending = appendAside(*store, "op-2", 20);
    backendIn("wait_event_type = 'Lock'");
    server().kill();
    const Appended result = appending.get();
    ASSERT_FALSE(result);
    EXPECT_TRUE(holds(result.error().message, "lost its connection")) << result.error().message;
    EXPECT_FALSE(holds(result.error().message, "is not known")) << result.error().message;
    server().start();
    EXPECT_EQ(operations()["op-2"], 0);
    ASSERT_TRUE(store->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(operations()["op-2"], 1);
}

TEST_F(PostgresFault, aBusyLogIsSaidToBeBusy) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const auto other = PostgresConnection::open(server().adminUri(m_database));
    ASSERT_TRUE(other && (*other)->begin("BEGIN; SELECT * FROM inodeck.head FOR UPDATE", in(10)));
    const auto begun = std::chrono::steady_clock::now();
    const Appended result = store->append(intent("vm1", "op-2"), in(1));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 1500ms);
    ASSERT_FALSE(result);
    EXPECT_TRUE(holds(result.error().message, "was busy")) << result.error().message;
    EXPECT_FALSE(holds(result.error().message, "is not known")) << result.error().message;
    (*other)->rollback();
    ASSERT_TRUE(store->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(operations()["op-2"], 1);
}

TEST_F(PostgresFault, aStoppedBackendEndsByTheDeadline) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const pid_t backend = backendIn("state = 'idle'");
    ::kill(backend, SIGSTOP);
    const auto begun = std::chrono::steady_clock::now();
    const Appended result = store->append(intent("vm1", "op-2"), in(2));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    ::kill(backend, SIGCONT);
    ASSERT_FALSE(result);
    EXPECT_TRUE(holds(result.error().message, "did not answer in time")) << result.error().message;
    EXPECT_FALSE(holds(result.error().message, "is not known")) << result.error().message;
    EXPECT_EQ(operations()["op-2"], 0);
    ASSERT_TRUE(store->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(operations()["op-2"], 1);
}

TEST_F(PostgresFault, aCommitThatHangsIsUnknownByTheDeadline) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    holdCommits();
    const auto begun = std::chrono::steady_clock::now();
    const Appended result = store->append(intent("vm1", "op-2"), in(2));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    ASSERT_FALSE(result);
    EXPECT_TRUE(holds(result.error().message, "is not known")) << result.error().message;
    releaseCommits();
    // The next one waits for the transaction of the connection that was given up.
    const Appended next = store->append(intent("vm1", "op-3"), in(10));
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_EQ(next->seq, 3u);
    EXPECT_EQ(operations()["op-2"], 1);
}

TEST_F(PostgresFault, aServerThatNeverAnswersEndsByTheDeadline) {
    ::kill(server().pid(), SIGSTOP); // connections are accepted by the kernel, and no more
    const auto begun = std::chrono::steady_clock::now();
    const auto store = open();
    const Appended result = store->append(intent("vm1", "op-1"), in(1));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    ::kill(server().pid(), SIGCONT);
    ASSERT_FALSE(result);
    EXPECT_TRUE(holds(result.error().message, "did not answer in time")) << result.error().message;
    EXPECT_EQ(sql("SELECT next FROM inodeck.head"), "0");
}

/// A writer that goes on through crash after crash of its server.
TEST_F(PostgresFault, noAcknowledgedRecordIsLostInCrashes) {
    constexpr int Crashes = 5;
    std::atomic<int> acknowledgedCount{0};
    std::atomic<bool> enough{false};
    std::map<std::string, bool> done; // by op: acknowledged, or known not to be there
    std::thread writer([&] {
        const auto store = open();
        for (int i = 0; !enough; ++i) {
            const std::string op = "op-" + std::to_string(i);
            const Appended result = store->append(intent("vm1", op), in(20));
            if (result || !holds(result.error().message, "is not known"))
                done[op] = result.has_value();
            acknowledgedCount += result ? 1 : 0;
            if (!result)
                std::this_thread::sleep_for(20ms);
        }
    });
    for (int crash = 1; crash <= Crashes; ++crash) {
        const Deadline deadline = in(20);
        const int wanted = acknowledgedCount + 7 * crash;
        while (acknowledgedCount < wanted && !deadline.passed())
            std::this_thread::sleep_for(1ms);
        EXPECT_GE(acknowledgedCount, wanted);
        server().kill();
        server().start();
    }
    enough = true;
    writer.join();
    const auto there = operations();
    for (const auto& [op, acknowledged] : done)
        EXPECT_EQ(there.count(op), acknowledged ? 1u : 0u) << op;
    for (const auto& [op, times] : there)
        EXPECT_EQ(times, 1) << op;
}

} // namespace
} // namespace inodeck::test
