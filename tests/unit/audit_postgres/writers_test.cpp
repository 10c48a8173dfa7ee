#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/chain.h"
#include "core/transport/fd.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

constexpr int Writers = 8;
constexpr int Appends = 100;
constexpr int Victims = 3; // of the writers, killed in the middle of their work
constexpr std::size_t IdLength = 36;

/// One writer: appends, and says the id of each record once it was acknowledged. A victim goes on until it is
/// killed.
[[noreturn]] void write(const std::string& uri, int number, int out) {
    const auto store = openAuditStore(uri);
    for (int i = 0; store && (i < Appends || number < Victims); ++i) {
        const std::string op = "op-" + std::to_string(number) + "-" + std::to_string(i);
        const auto done = (*store)->append(intent("vm" + std::to_string(number), op), in(50));
        if (!done) {
            const std::string why = "failed: " + done.error().message + "\n";
            if (::write(STDERR_FILENO, why.data(), why.size()) < 0)
                ::_exit(3);
            ::_exit(2);
        }
        if (::write(out, done->id.data(), IdLength) != static_cast<ssize_t>(IdLength))
            ::_exit(3);
    }
    ::_exit(store ? 0 : 1);
}

struct Child {
    pid_t pid = 0;
    Fd acknowledged; ///< to be read
};

Child startWriter(const std::string& uri, int number) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    Child child{::fork(), Fd(ends[0])};
    if (child.pid == 0)
        write(uri, number, ends[1]);
    ::close(ends[1]);
    return child;
}

/// The ids that were acknowledged until the writer ended; a victim is killed after `limit` of them.
std::set<std::string> follow(const Child& child, std::optional<std::size_t> limit) {
    std::set<std::string> ids;
    std::string id(IdLength, '\0');
    while (::read(child.acknowledged.get(), id.data(), IdLength) == static_cast<ssize_t>(IdLength)) {
        ids.insert(id);
        if (limit && ids.size() == *limit)
            ::kill(child.pid, SIGKILL);
    }
    return ids;
}

class PostgresWriters : public PostgresLog {};

TEST_F(PostgresWriters, eightAtOnceSomeKilledMakeOneChain) {
    { const auto first = open(); } // one installation: its key is made before them all
    std::vector<Child> children;
    for (int number = 0; number < Writers; ++number)
        children.push_back(startWriter(uri(), number));
    std::set<std::string> acknowledged;
    for (int number = 0; number < Writers; ++number) {
        const Child& child = children[static_cast<std::size_t>(number)];
        const bool victim = number < Victims;
        const auto ids = follow(child, victim ? std::optional<std::size_t>(10 + number * 20) : std::nullopt);
        acknowledged.insert(ids.begin(), ids.end());
        int status = 0;
        ASSERT_EQ(::waitpid(child.pid, &status, 0), child.pid);
        EXPECT_EQ(WIFSIGNALED(status), victim) << number;
        if (!victim) {
            EXPECT_EQ(WEXITSTATUS(status), 0) << number;
            EXPECT_EQ(ids.size(), std::size_t{Appends});
        }
    }
    const auto records = verified(); // one chain: no fork, no gap
    std::set<std::string> there;
    for (const StoredRecord& record : records)
        there.insert(parseRecordLine(record.line)->envelope.id);
    EXPECT_EQ(there.size(), records.size());
    for (const std::string& id : acknowledged)
        EXPECT_TRUE(there.count(id)) << id << " was acknowledged and is gone";
    // Of each victim at most the one record that it could not acknowledge any more, and genesis.
    EXPECT_GE(acknowledged.size() + 1 + Victims, records.size());
    const auto store = open();
    EXPECT_TRUE(store->ready()) << store->ready().error().message;
}

TEST_F(PostgresWriters, aWriterThatStopsInTheMiddleHoldsNobodyUpForEver) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const Child child = startWriter(uri(), Victims - 1);
    std::string id(IdLength, '\0');
    ASSERT_EQ(::read(child.acknowledged.get(), id.data(), IdLength), static_cast<ssize_t>(IdLength));
    ::kill(child.pid, SIGSTOP); // wherever it is
    const auto done = store->append(intent("vm1", "op-2"), in(2));
    // Either it did not hold the lock, or the sentence says that somebody does.
    if (!done) {
        EXPECT_NE(done.error().message.find("busy"), std::string::npos) << done.error().message;
    }
    ::kill(child.pid, SIGKILL);
    ::waitpid(child.pid, nullptr, 0);
    const auto after = store->append(intent("vm1", "op-3"), in(10));
    EXPECT_TRUE(after) << after.error().message;
    verified();
}

} // namespace
} // namespace inodeck::test
