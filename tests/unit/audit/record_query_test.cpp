#include <gtest/gtest.h>

#include "core/audit/guarded_file.h"
#include "core/audit/log_backend.h"
#include "core/audit/sqlite.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

/// What the filters find in SQLite; that PostgreSQL finds the same is asserted with its own tests.
class RecordQueryTest : public ::testing::Test {
protected:
    void SetUp() override {
        m_log = openLog();
        ASSERT_TRUE(m_log);
        add(RecordType::Intent, "CHG-7: \"Größe\" is 100%_\\");
        add(RecordType::Outcome, "chg-7 again");
        add(RecordType::Refused, "nothing of the kind");
    }
    void add(RecordType type, const std::string& reason) {
        RecordDraft draft = draftOf(0);
        draft.type = type;
        draft.reason = reason;
        ASSERT_TRUE(m_log->append(draft, Deadline::after(std::chrono::seconds{10})));
    }
    std::vector<std::uint64_t> found(const RecordFilter& filter) {
        std::vector<std::uint64_t> seqs;
        const auto done = m_log->each(filter, [&](const StoredRecord& record) {
            seqs.push_back(record.seq);
            return true;
        });
        EXPECT_TRUE(done) << done.error().message;
        EXPECT_EQ(m_log->count(filter).value_or(99), seqs.size());
        EXPECT_TRUE(filter.narrows());
        return seqs;
    }
    std::vector<std::uint64_t> holding(const std::string& text) {
        RecordFilter filter;
        filter.text = text;
        return found(filter);
    }
    using Seqs = std::vector<std::uint64_t>;

    TemporaryHome m_home;
    std::unique_ptr<AuditStore> m_log;
};

TEST_F(RecordQueryTest, eachWordOfTheTextOccursInAnyCase) {
    EXPECT_EQ(holding("CHG-7"), (Seqs{1, 2}));
    EXPECT_EQ(holding(" again  chg-7 "), Seqs{2});
    EXPECT_EQ(holding("chg-7 kind"), Seqs{});
}

TEST_F(RecordQueryTest, textIsTakenLiterally) {
    EXPECT_EQ(holding("100%_\\"), Seqs{1});
    EXPECT_EQ(holding("1%0"), Seqs{});
    EXPECT_EQ(holding("\"Größe\""), Seqs{1});
    EXPECT_EQ(holding("' OR 1=1 --"), Seqs{});
    EXPECT_EQ(holding("\xff"), Seqs{});
}

/// A long log has few of them: it must not be read as a whole to find these.
TEST_F(RecordQueryTest, openIntentsAreFoundInAnIndex) {
    RecordFilter filter;
    filter.openOnly = true;
    filter.newestFirst = true;
    filter.to = 100;
    filter.limit = 500;
    const auto log = SqliteDatabase::openToRead(dataDirectory() + "/audit.sqlite");
    ASSERT_TRUE(log);
    const std::string sql = "EXPLAIN QUERY PLAN SELECT seq, line, sig FROM records" + queryOf(filter).sql;
    SqliteStatement plan(log->get(), sql.c_str());
    int steps = 0;
    for (; plan.step() == SQLITE_ROW; ++steps) {
        const std::string step = plan.text(3);
        EXPECT_FALSE(step.starts_with("SCAN") && step.find("COVERING INDEX") == std::string::npos) << step;
        EXPECT_EQ(step.find("rowid<"), std::string::npos) << step;
    }
    EXPECT_GT(steps, 1);
}

TEST_F(RecordQueryTest, typesAndWhatIsLeftOut) {
    RecordFilter filter;
    filter.types = {RecordType::Intent, RecordType::Refused};
    EXPECT_EQ(found(filter), (Seqs{1, 3}));
    filter.without = {1, 77};
    EXPECT_EQ(found(filter), Seqs{3});
}

} // namespace
} // namespace inodeck
