#include <csignal>
#include <set>

#include "core/audit/chain.h"
#include "tests/support/audit_writers.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

class PostgresWriters : public PostgresLog {};

TEST_F(PostgresWriters, eightThatAreKilledWriteOneChainAndLoseNothingAcknowledged) {
    Crowd crowd(uri());
    ASSERT_NO_FATAL_FAILURE(crowd.run());
    std::set<std::string> stored;
    for (const StoredRecord& record : verified()) // one chain: no fork, no gap
        stored.insert(std::to_string(record.seq) + " " + parseRecordLine(record.line)->envelope.id);
    expectNothingLost(crowd, stored);
    EXPECT_EQ(std::to_string(stored.size()), sql("SELECT count(DISTINCT id) FROM inodeck.records"));
    const auto store = open();
    EXPECT_TRUE(store->ready()) << store->ready().error().message;
}

TEST_F(PostgresWriters, aWriterThatStopsInTheMiddleHoldsNobodyUpForEver) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    Writer other(uri(), 1);
    while (other.count() == 0)
        ASSERT_TRUE(other.hear()) << other.said();
    ::kill(other.pid(), SIGSTOP); // wherever it is
    const auto done = store->append(intent("vm1", "op-2"), in(2));
    // Either it did not hold the lock, or the sentence says that somebody does.
    if (!done) {
        EXPECT_NE(done.error().message.find("busy"), std::string::npos) << done.error().message;
    }
    other.kill();
    const auto after = store->append(intent("vm1", "op-3"), in(10));
    EXPECT_TRUE(after) << after.error().message;
    verified();
}

} // namespace
} // namespace inodeck::test
