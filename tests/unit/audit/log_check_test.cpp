#include "core/audit/log_check.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/audit/guarded_file.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

using Standing = VerifyReport::Standing;

class LogCheckTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto log = openLog();
        ASSERT_TRUE(log);
        fill(*log, 3000, 100);
    }
    void append() {
        ASSERT_TRUE(openLog()->append(draftOf(1000000), Deadline::after(std::chrono::seconds{10})));
    }
    /// What somebody does who has the file.
    void tamper(const std::string& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((dataDirectory() + "/audit.sqlite").c_str(), &db), SQLITE_OK);
        const std::string all =
            "DROP TRIGGER IF EXISTS records_no_update; DROP TRIGGER IF EXISTS records_no_delete; " + sql;
        EXPECT_EQ(sqlite3_exec(db, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    VerifyReport checked(bool again = false) {
        m_readFrom.reset();
        const auto report = m_check.run(again, m_cancel, [&](std::uint64_t done, std::uint64_t) {
            if (!m_readFrom)
                m_readFrom = done;
        });
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or(VerifyReport{});
    }

    TemporaryHome m_home;
    LogCheck m_check{{}};
    Cancel m_cancel;
    std::optional<std::uint64_t> m_readFrom; ///< by the first report of progress: each 2,000th record
};

TEST_F(LogCheckTest, readsOnlyWhatCameAfter) {
    const VerifyReport first = checked();
    EXPECT_EQ(first.standing(), Standing::Anchored);
    EXPECT_EQ(first.records, 3000u);
    EXPECT_EQ(first.anchored, 3000u);
    EXPECT_EQ(m_readFrom, 0u);
    append();
    const VerifyReport second = checked();
    EXPECT_EQ(second.records, 3001u);
    EXPECT_EQ(second.anchored, 3001u);
    EXPECT_EQ(second.head, checked().head);
    EXPECT_FALSE(m_readFrom);
    EXPECT_EQ(verified({}).head, second.head);
    checked(true);
    EXPECT_EQ(m_readFrom, 0u);
}

TEST_F(LogCheckTest, whatWasChangedBeforeIsFoundWhenVerifiedAgain) {
    checked();
    tamper("UPDATE records SET sig=zeroblob(64) WHERE seq=17");
    append();
    EXPECT_EQ(checked().standing(), Standing::Anchored);
    const VerifyReport again = checked(true);
    ASSERT_TRUE(again.bad);
    EXPECT_EQ(again.bad->seq, 17u);
    // And is not forgotten.
    EXPECT_TRUE(checked().bad);
}

TEST_F(LogCheckTest, aTailThatIsBadOrCutIsFound) {
    checked();
    append();
    tamper("UPDATE records SET sig=zeroblob(64) WHERE seq=3000");
    const VerifyReport bad = checked();
    ASSERT_TRUE(bad.bad);
    EXPECT_EQ(bad.bad->seq, 3000u);
    tamper("DELETE FROM records WHERE seq>=2990");
    const VerifyReport cut = checked();
    EXPECT_EQ(cut.standing(), Standing::Broken);
    EXPECT_FALSE(cut.contradicted.empty());
}

TEST_F(LogCheckTest, aCancelledOneGoesOn) {
    Cancel cancel;
    const auto stopped = m_check.run(false, cancel, [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_EQ(total, 3000u);
        if (done == 2000)
            cancel.request();
    });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(checked().records, 3000u);
    EXPECT_FALSE(m_readFrom);
}

TEST(LogCheck, noLogIsNotFound) {
    const TemporaryHome home;
    const auto report = LogCheck({}).run(false, Cancel{});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace inodeck
