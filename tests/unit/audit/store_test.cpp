#include <atomic>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "core/audit/guarded_file.h"
#include "core/audit/record_line.h"
#include "tests/unit/audit/store_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Standing = VerifyReport::Standing;

TEST_F(StoreTest, NobodyUpdatesOrDeletesByAccident) {
    EXPECT_EQ(sql("UPDATE records SET vm='x' WHERE seq=2"), "the log is append-only");
    EXPECT_EQ(sql("DELETE FROM records"), "the log is append-only");
    EXPECT_NE(
        sql("INSERT INTO records SELECT 99,'x',prev,hash,ts,type,op_id,vm,project,service,account,claimed,"
            "outcome,container_id,line,sig FROM records WHERE seq=3"),
        "");
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, AChangedTailStopsEveryAction) {
    close();
    ASSERT_EQ(
        sqlWithoutTriggers("UPDATE records SET line=CAST(replace(CAST(line AS TEXT),'r4','r9') AS BLOB) "
                           "WHERE seq=4"),
        "");
    expectRefusal("inodeck audit verify");
    EXPECT_EQ(verified(file()).standing(), Standing::Broken);
}

TEST_F(StoreTest, ABadSignatureStopsEveryAction) {
    close();
    ASSERT_EQ(sqlWithoutTriggers("UPDATE records SET sig=zeroblob(64) WHERE seq=5"), "");
    expectRefusal("its signature does not verify");
}

TEST_F(StoreTest, ACutTailStopsEveryAction) {
    close();
    ASSERT_EQ(sqlWithoutTriggers("DELETE FROM records WHERE seq>=4"), "");
    expectRefusal("it was cut or replaced");
    const VerifyReport report = verified(file());
    EXPECT_EQ(report.standing(), Standing::Broken);
    EXPECT_FALSE(report.bad) << "the chain that is left is good";
}

TEST_F(StoreTest, ARemovedLogIsNotBegunAnew) {
    close();
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(file() + end);
    auto again = openAuditStore({});
    ASSERT_TRUE(again);
    const auto kept = (*again)->append(draftOf(0), Deadline::after(10s));
    ASSERT_FALSE(kept);
    EXPECT_NE(kept.error().message.find("it was removed or replaced"), std::string::npos);
}

TEST_F(StoreTest, AnotherInstallationsLogIsReadButNotWritten) {
    m_home.become("other");
    auto log = openAuditStore(m_home / "home/data/inodeck/audit.sqlite");
    ASSERT_TRUE(log) << log.error().message;
    const auto ready = (*log)->ready();
    ASSERT_FALSE(ready);
    EXPECT_NE(ready.error().message.find("inodeck audit key allow"), std::string::npos)
        << ready.error().message;
    EXPECT_EQ((*log)->count({}).value(), 6u);
    m_home.become("home");
}

TEST_F(StoreTest, ASpooledOutcomeBecomesARecordOnce) {
    ASSERT_TRUE(m_log->append(draftOf(6), Deadline::after(10s)));
    ASSERT_TRUE(m_log->spool(draftOf(7)));
    EXPECT_TRUE(fs::exists(file() + ".spool"));
    EXPECT_EQ(m_log->count({}).value(), 7u);
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(refusal(), "");
    EXPECT_FALSE(fs::exists(file() + ".spool"));
    EXPECT_EQ(m_log->count({}).value(), 8u);
    EXPECT_EQ(verified(file()).standing(), Standing::Anchored);
}

/// What did not fit into the spool is still counted, and texts that were cut are listed as they stand there.
TEST_F(StoreTest, ASpooledOutcomeThatIsTooLongSaysWhatIsLeftOut) {
    RecordDraft draft = fullDraft();
    draft.evidence.resize(500, draft.evidence.front());
    draft.target.vm = std::string(30000, 'v');
    ASSERT_TRUE(m_log->append(draft, Deadline::after(10s)));
    ASSERT_TRUE(m_log->spool(draft));
    EXPECT_EQ(refusal(), "");
    const std::vector<StoredRecord> records = recordsOf(*m_log);
    const auto direct = parseRecordLine(records.at(6).line);
    const auto drained = parseRecordLine(records.at(7).line);
    ASSERT_TRUE(direct && drained);
    EXPECT_GT(direct->draft.evidenceLeftOut, 0u);
    EXPECT_EQ(drained->draft.evidenceLeftOut, direct->draft.evidenceLeftOut);
    EXPECT_EQ(verified(file()).standing(), Standing::Anchored);
}

TEST_F(StoreTest, NothingIsLostThatIsSpooledWhileOthersDrain) {
    constexpr std::uint64_t Outcomes = 200;
    std::atomic<bool> done = false;
    std::thread drains([&] {
        const auto other = openLog();
        while (!done)
            EXPECT_TRUE(other->ready()) << other->ready().error().message;
    });
    for (std::uint64_t i = 0; i < Outcomes; ++i)
        EXPECT_TRUE(m_log->spool(draftOf(7)));
    done = true;
    drains.join();
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(m_log->count({}).value(), 6 + Outcomes);
    EXPECT_FALSE(fs::exists(file() + ".spool"));
}

TEST_F(StoreTest, ASpoolThatCannotBeDrainedStopsEveryAction) {
    ASSERT_TRUE(createGuardedFile(file() + ".spool", "no record\n"));
    expectRefusal("a line that is no record");
    ::chmod((file() + ".spool").c_str(), 0644);
    expectRefusal("chmod 600");
    fs::remove(file() + ".spool");
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, AStoreOpenToOthersIsRefused) {
    close();
    ::chmod(file().c_str(), 0640);
    expectRefusal("chmod 600");
    ::chmod(file().c_str(), 0600);
    ::chmod(dataDirectory().c_str(), 0755);
    expectRefusal("use a folder that is only for this, or, if nobody else needs that one, run: chmod 700");
    ::chmod(dataDirectory().c_str(), 0700);
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, LinksInItsPlaceAreRefused) {
    close();
    const auto linked = [&](const std::string& path, const char* says) {
        fs::rename(path, m_home / "moved");
        fs::create_symlink(m_home / "moved", path);
        expectRefusal(says);
        fs::remove(path);
        fs::rename(m_home / "moved", path);
    };
    linked(file(), "a link in its place is refused");
    linked(key(), "symbolic link");
    linked(keyDirectory(), "is no directory");
    linked(dataDirectory(), "is no directory");
    linked(stateDirectory(), "is no directory");
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, WhatIsNoFileIsRefusedAndNotWaitedFor) {
    close();
    const std::string good = readFile(key());
    fs::remove(key());
    ASSERT_EQ(::mkfifo(key().c_str(), 0600), 0);
    expectRefusal("is no regular file");
    fs::remove(key());
    ASSERT_TRUE(createGuardedFile(key(), "no key at all"));
    EXPECT_NE(refusal(), "");
    fs::remove(key());
    ASSERT_TRUE(createGuardedFile(key(), good));
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, ALostKeyIsNotReplacedByItself) {
    fs::rename(key(), m_home / "key");
    const auto ready = m_log->ready();
    ASSERT_FALSE(ready) << "the program that runs";
    EXPECT_NE(ready.error().message.find(key()), std::string::npos) << ready.error().message;
    expectRefusal("is gone. Restore it from a backup."); // the next one
    EXPECT_FALSE(fs::exists(key()));
    fs::rename(m_home / "key", key());
    EXPECT_EQ(refusal(), "");
}

TEST_F(StoreTest, FilesOfAnotherUserAreRefused) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "only root can give files away";
    close();
    for (const std::string& path : {file(), key(), keyDirectory(), dataDirectory(), stateDirectory()}) {
        ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
        expectRefusal("belongs to another user (uid 65534)");
        ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
    }
    EXPECT_EQ(refusal(), "");
}

/// A small file system of its own; gone with the test.
class SmallDiskTest : public ::testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(m_home / "home");
        m_mounted = ::mount("tmpfs", (m_home / "home").c_str(), "tmpfs", 0, "size=1m,mode=0700") == 0;
        if (!m_mounted)
            GTEST_SKIP() << "no file system can be mounted here";
    }
    void TearDown() override {
        if (m_mounted)
            ::umount2((m_home / "home").c_str(), MNT_DETACH);
    }
    static bool oneSentence(const std::string& text) {
        return text.ends_with('.') && text.find('\n') == std::string::npos;
    }

    TemporaryHome m_home;
    bool m_mounted = false;
};

TEST_F(SmallDiskTest, AFullDiskTakesNothingAndLosesNothing) {
    std::uint64_t acknowledged = 1; // the genesis record
    std::string why;
    {
        const auto log = openLog();
        while (acknowledged < 5000) {
            const auto kept = log->append(fullDraft(), Deadline::after(10s));
            if (!kept) {
                EXPECT_EQ(kept.error().code, ErrorCode::AuditUnavailable);
                why = kept.error().message;
                break;
            }
            ++acknowledged;
        }
        EXPECT_LT(acknowledged, 5000u);
        EXPECT_TRUE(oneSentence(why)) << why;
        EXPECT_NE(why.find("full"), std::string::npos) << why;
        EXPECT_FALSE(log->append(fullDraft(), Deadline::after(10s)));
        EXPECT_FALSE(log->spool(fullDraft()));
        EXPECT_EQ(log->count({}).value(), acknowledged);
    }
    ASSERT_EQ(::mount(nullptr, (m_home / "home").c_str(), nullptr, MS_REMOUNT, "size=8m"), 0);
    const auto log = openLog();
    ASSERT_TRUE(log->ready()) << log->ready().error().message;
    ASSERT_TRUE(log->append(fullDraft(), Deadline::after(10s)));
    EXPECT_EQ(log->count({}).value(), acknowledged + 1);
    EXPECT_NE(verified(dataDirectory() + "/audit.sqlite").standing(), Standing::Broken);
}

TEST_F(SmallDiskTest, AReadOnlyDiskIsReadButNotWritten) {
    fill(*openLog(), 6);
    ASSERT_EQ(::mount(nullptr, (m_home / "home").c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    const auto store = openAuditStore({});
    const auto ready = store ? (*store)->ready() : tl::unexpected(store.error());
    ASSERT_FALSE(ready);
    EXPECT_TRUE(oneSentence(ready.error().message)) << ready.error().message;
    auto log = openAuditReader({});
    ASSERT_TRUE(log) << log.error().message;
    EXPECT_EQ((*log)->count({}).value(), 6u);
    EXPECT_NE(verified(dataDirectory() + "/audit.sqlite").standing(), Standing::Broken);
    ASSERT_EQ(::mount(nullptr, (m_home / "home").c_str(), nullptr, MS_REMOUNT, nullptr), 0);
}

} // namespace
} // namespace inodeck
