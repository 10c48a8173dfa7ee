#include <filesystem>
#include <sqlite3.h>
#include <tuple>

#include "core/audit/chain.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

constexpr int Operations = 600; // each with an intent; two of three with an outcome

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

using Lines = std::vector<std::tuple<std::uint64_t, std::string, std::string>>;

Lines linesOf(AuditReader& log, const RecordFilter& filter = {}) {
    Lines lines;
    for (const StoredRecord& record : recordsOf(log, filter))
        lines.emplace_back(record.seq, record.line, record.signature);
    return lines;
}

class PostgresCopy : public PostgresLog {
protected:
    /// A log in SQLite that is worth to be filtered. Made once; each test gets a copy with its keys.
    void SetUp() override {
        PostgresLog::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        static const TempDir Made;
        if (!std::filesystem::exists(Made.file("data"))) {
            fill();
            std::filesystem::copy(m_installation->file(""), Made.path(), Recursive);
        } else {
            std::filesystem::copy(Made.path(), m_installation->file(""), Recursive);
        }
        m_file = m_installation->file("data/inodeck/audit.sqlite");
    }

    void fill() const {
        const auto store = open({});
        for (int i = 0; i < Operations; ++i) {
            const std::string vm = "vm" + std::to_string(i % 7);
            const std::string op = "op-" + std::to_string(i);
            RecordDraft before = intent(vm, op);
            before.actor.claimed = i % 2 ? "Ada" : "Grace \xe2\x80\xae";
            before.reason = i % 2 ? "CHG-7: \"Größe\" of c:\\x, 100%" : "deploy";
            before.target.service = i % 5 ? "caddy" : "alloy";
            before.target.containerId = std::string(64, static_cast<char>('a' + i % 3));
            ASSERT_TRUE(store->append(before, in(10)));
            if (i % 3 == 0)
                continue;
            RecordDraft after = outcome(vm, op, i % 4 ? "verified" : "still_stale");
            after.target = before.target;
            ASSERT_TRUE(store->append(after, in(10)));
        }
        ASSERT_TRUE(store->rotateKey({"deployer", {}, {}}, "yearly"));
        ASSERT_TRUE(store->append(intent("vm1", "op-last"), in(10)));
    }

    Result<std::uint64_t> copy(AuditReader& from, const std::function<void(std::uint64_t)>& progress = {}) {
        return copyLog(from, server().adminUri(m_database), m_cancel, progress);
    }

    static constexpr auto Recursive =
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
    std::string m_file;
    Cancel m_cancel;
};

TEST_F(PostgresCopy, theChainIsKeptAndGoesOn) {
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from);
    const auto copied = copy(**from);
    ASSERT_TRUE(copied) << copied.error().message;
    EXPECT_EQ(*copied, *(*from)->count({}));
    EXPECT_EQ(linesOf(*open()), linesOf(**from));
    // Again: nothing is left to be copied.
    const auto again = copy(**from);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, 0u);

    const auto store = open();
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    const auto next = store->append(intent("vm1", "op-next"), in(10));
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_EQ(next->seq, *copied);
    EXPECT_EQ(verified().size(), *copied + 1);
}

/// Each filter finds in PostgreSQL what it finds in SQLite, page by page or not.
TEST_F(PostgresCopy, filtersFindTheSame) {
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from && copy(**from));
    const auto to = openAuditReader(uri());
    ASSERT_TRUE(to);
    const auto middle = parseRecordLine(recordsOf(**from)[500].line)->envelope.ts;
    const std::vector<std::function<void(RecordFilter&)>> choices{
        [](RecordFilter&) {},
        [](RecordFilter& f) { f.host = "vm3"; },
        [](RecordFilter& f) { f.service = "alloy"; },
        [](RecordFilter& f) { f.service = "edge/caddy"; },
        [](RecordFilter& f) { f.actor = "Ada"; },
        [](RecordFilter& f) { f.actor = "deployer"; },
        [](RecordFilter& f) { f.outcome = "still_stale"; },
        [](RecordFilter& f) { f.opId = "op-7"; },
        [](RecordFilter& f) { f.containerId = std::string(64, 'b'); },
        [](RecordFilter& f) { f.keysOnly = true; },
        [](RecordFilter& f) { f.openOnly = true; },
        [&](RecordFilter& f) { f.since = middle; },
        [&](RecordFilter& f) { f.until = middle; },
        [&](RecordFilter& f) { f.since = middle, f.host = "vm1", f.outcome = "verified"; },
        [](RecordFilter& f) { f.from = 100, f.to = 900; },
        [](RecordFilter& f) { f.host = "' OR 1=1 --"; },
        [](RecordFilter& f) { f.actor = "Grace \\u202e"; },
        [](RecordFilter& f) { f.text = "chg-7:  VM3"; },
        [](RecordFilter& f) { f.text = "\"größe\" c:\\X, 100%"; },
        [](RecordFilter& f) {
            f.types = {RecordType::Outcome, RecordType::KeyRotate};
        },
        [](RecordFilter& f) {
            f.without = {0, 3, 999};
        },
    };
    const std::vector<std::pair<std::uint64_t, std::uint64_t>> pages{{0, 0},   {10, 0},  {500, 0},
                                                                     {550, 3}, {0, 490}, {1000, 501}};
    for (std::size_t i = 0; i < choices.size(); ++i)
        for (const auto& [limit, offset] : pages)
            for (const bool newestFirst : {false, true}) {
                RecordFilter filter;
                choices[i](filter);
                filter.limit = limit;
                filter.offset = offset;
                filter.newestFirst = newestFirst;
                const Lines wanted = linesOf(**from, filter);
                EXPECT_TRUE(linesOf(**to, filter) == wanted)
                    << "filter " << i << ", limit " << limit << ", offset " << offset;
                EXPECT_EQ(*(*to)->count(filter), *(*from)->count(filter)) << i;
                EXPECT_TRUE(i == 15 || offset > 0 || !wanted.empty()) << i;
            }
    const auto open = (*to)->openIntents();
    ASSERT_TRUE(open);
    EXPECT_EQ(open->size(), std::size_t{Operations / 3 + 1});
}

TEST_F(PostgresCopy, aTakerMayEndAnywhere) {
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from && copy(**from));
    const auto to = openAuditReader(uri());
    for (const std::uint64_t end : {1u, 499u, 500u, 501u, 1000u}) {
        std::uint64_t seen = 0;
        const auto taken = (*to)->each({}, [&](const StoredRecord&) { return ++seen < end; });
        ASSERT_TRUE(taken) << taken.error().message;
        EXPECT_EQ(*taken, end);
    }
    EXPECT_EQ(linesOf(**to), linesOf(**from));
}

TEST_F(PostgresCopy, anInterruptedCopyGoesOn) {
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from);
    const std::uint64_t all = *(*from)->count({});
    {
        Cancel cancel;
        const auto first = copyLog(**from, server().adminUri(m_database), cancel, [&](std::uint64_t done) {
            if (done >= 500)
                cancel.request();
        });
        ASSERT_FALSE(first);
        EXPECT_EQ(first.error().code, ErrorCode::Cancelled) << first.error().message;
    }
    const std::string begun = sql("SELECT next FROM inodeck.head");
    EXPECT_EQ(begun, "500");
    const auto rest = copy(**from);
    ASSERT_TRUE(rest) << rest.error().message;
    EXPECT_EQ(*rest, all - 500);
    EXPECT_EQ(linesOf(*open()), linesOf(**from));
    EXPECT_EQ(verified().size(), all);
}

TEST_F(PostgresCopy, anotherLogIsNotOverwritten) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from);
    const auto copied = copy(**from);
    ASSERT_FALSE(copied);
    EXPECT_TRUE(holds(copied.error().message, "holds other records")) << copied.error().message;
    EXPECT_EQ(verified().size(), 2u);
}

TEST_F(PostgresCopy, aBrokenLogIsNotCopied) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(m_file.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db,
                           "DROP TRIGGER records_no_update; UPDATE records SET "
                           "sig=(SELECT sig FROM records WHERE seq=41) WHERE seq=40",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
    const auto from = openAuditReader(m_file);
    ASSERT_TRUE(from);
    const auto copied = copy(**from);
    ASSERT_FALSE(copied);
    EXPECT_TRUE(holds(copied.error().message, "does not verify")) << copied.error().message;
    EXPECT_EQ(sql("SELECT next FROM inodeck.head"), "0");
}

} // namespace
} // namespace inodeck::test
