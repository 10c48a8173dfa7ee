#include "core/audit/saved_head.h"
#include "tests/unit/audit/store_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Standing = VerifyReport::Standing;

/// What somebody who may write the file does to hide a record, or to have one hidden that is still to come.
class HiddenTest : public StoreTest {
protected:
    std::string memory() const { return HeadMemory(m_log ? m_log->location() : "sqlite:" + file()).path(); }
    void expectBroken(std::uint64_t seq, const std::string& says) const {
        const VerifyReport report = verified(file());
        ASSERT_TRUE(report.bad) << reportLines(report).back();
        EXPECT_EQ(report.bad->seq, seq);
        EXPECT_NE(report.bad->why.find(says), std::string::npos) << report.bad->why;
    }
};

TEST_F(HiddenTest, ATriggerThatSwallowsARecordIsAnError) {
    for (const char* trigger :
         {"BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END",
          "AFTER INSERT ON records BEGIN DELETE FROM records WHERE seq=NEW.seq; END",
          "AFTER INSERT ON records BEGIN UPDATE records SET vm='x' WHERE seq=NEW.seq; END"}) {
        ASSERT_EQ(sql(std::string("DROP TRIGGER IF EXISTS records_no_update; DROP TRIGGER IF EXISTS "
                                  "records_no_delete; CREATE TRIGGER evil ") +
                      trigger),
                  "");
        const auto kept = m_log->append(draftOf(6), Deadline::after(10s));
        ASSERT_FALSE(kept) << trigger;
        EXPECT_NE(kept.error().message.find("does not keep what is written to it"), std::string::npos)
            << kept.error().message;
        ASSERT_EQ(sql("DROP TRIGGER evil"), "");
        EXPECT_EQ(m_log->count({}).value(), 6u);
    }
    EXPECT_TRUE(m_log->append(draftOf(6), Deadline::after(10s)));
    EXPECT_EQ(verified(file()).standing(), Standing::Anchored);
}

/// A record that filters, recovery or keys do not find is as good as none.
TEST_F(HiddenTest, EveryColumnThatARecordIsFoundByIsCompared) {
    for (const char* column : {"id", "prev", "hash", "ts", "type", "op_id", "vm", "project", "service",
                               "account", "claimed", "outcome", "container_id"}) {
        const std::string name = column;
        ASSERT_EQ(sqlWithoutTriggers("CREATE TABLE kept AS SELECT " + name +
                                     " FROM records WHERE seq=3; UPDATE "
                                     "records SET " +
                                     name + "='other' WHERE seq=3"),
                  "");
        expectBroken(3, "do not say what it says");
        expectRefusal("is listed as something else than it says");
        ASSERT_EQ(sqlWithoutTriggers("UPDATE records SET " + name + "=(SELECT " + name +
                                     " FROM kept) WHERE seq=3; DROP TABLE kept"),
                  "");
        EXPECT_EQ(refusal(), "") << "the triggers are made anew, and all is well";
    }
    EXPECT_EQ(verified(file()).standing(), Standing::Anchored);
}

TEST_F(HiddenTest, TheOwnLastSignatureIsCheckedHoweverMuchOthersWroteSince) {
    const std::string where = file();
    m_home.become("other");
    ASSERT_TRUE(openAuditStore(where));
    const auto theirs = SigningKey::load(keyDirectory(), false);
    m_home.become("home");
    RecordDraft allow = draftOf(0);
    allow.type = RecordType::KeyRotate;
    allow.key = AuditKeyChange{theirs.value().publicKey(), {}};
    ASSERT_TRUE(m_log->append(allow, Deadline::after(10s)));
    ASSERT_TRUE(m_log->append(draftOf(6), Deadline::after(10s)));
    close();
    m_home.become("other");
    auto log = openAuditStore(where);
    ASSERT_TRUE(log) << log.error().message;
    for (std::uint64_t i = 0; i < 70; ++i)
        ASSERT_TRUE((*log)->append(draftOf(i), Deadline::after(10s)));
    log->reset();
    m_home.become("home");
    EXPECT_EQ(refusal(), "");
    ASSERT_EQ(sqlWithoutTriggers("UPDATE records SET sig=zeroblob(64) WHERE seq=7"), "");
    expectRefusal("Record 7 of the audit log is bad: its signature does not verify");
}

TEST_F(HiddenTest, WithoutAMemoryThatCanBeKeptNothingIsDone) {
    ASSERT_TRUE(m_log->append(draftOf(6), Deadline::after(10s)));
    close();
    fs::remove(memory());
    fs::remove(memory() + ".lock");
    fs::create_directory(memory() + ".lock");
    expectRefusal("What this installation remembers of the audit log cannot be kept");
    fs::remove(memory() + ".lock");
    EXPECT_EQ(refusal(), "");
}

TEST_F(HiddenTest, AMemoryThatCannotBeUsedIsSaid) {
    close();
    ASSERT_EQ(verified(file()).standing(), Standing::Anchored);
    fs::permissions(memory(), fs::perms{0644});
    const VerifyReport report = verified(file());
    EXPECT_EQ(report.standing(), Standing::SelfConsistent);
    ASSERT_FALSE(report.notices.empty());
    EXPECT_NE(report.notices.back().find("what this installation remembers of the log cannot be used"),
              std::string::npos)
        << report.notices.back();
}

TEST_F(HiddenTest, AnEmptiedLogIsCut) {
    close();
    ASSERT_EQ(sqlWithoutTriggers("DELETE FROM records"), "");
    const VerifyReport report = verified(file());
    EXPECT_EQ(report.standing(), Standing::Broken);
    ASSERT_EQ(report.contradicted.size(), 1u);
    EXPECT_NE(report.contradicted[0].find("signed for 6 records, here are 0: cut"), std::string::npos)
        << report.contradicted[0];
}

TEST_F(HiddenTest, ACheckpointIsSignedOnlyByAKeyThatMay) {
    const std::string where = file();
    m_home.become("other");
    auto log = openAuditStore(where);
    ASSERT_TRUE(log) << log.error().message;
    const auto note = (*log)->checkpoint();
    ASSERT_FALSE(note);
    EXPECT_NE(note.error().message.find("inodeck audit key allow"), std::string::npos)
        << note.error().message;
    m_home.become("home");
    EXPECT_TRUE(m_log->checkpoint());
}

} // namespace
} // namespace inodeck
