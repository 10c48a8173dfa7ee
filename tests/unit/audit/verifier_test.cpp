#include "core/audit/verifier.h"

#include <gtest/gtest.h>

#include "core/audit/chain.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Standing = VerifyReport::Standing;

RecordDraft operation(RecordType type, const std::string& opId) {
    RecordDraft draft;
    draft.type = type;
    draft.opId = opId;
    draft.actor = actor();
    return draft;
}

/// Logs that are made in memory, and what a verification says of them.
class VerifierTest : public ::testing::Test {
protected:
    VerifierTest()
        : m_key(newKey(m_home, "key")) {
        m_head.log = newUuid();
        add(genesisDraft(actor(), m_key));
    }

    void add(const RecordDraft& draft, const SigningKey& key) {
        m_now += 1s;
        const MadeRecord made = makeRecord(m_head, draft, newUuid(), m_now, key);
        m_head = headAfter(made);
        m_tree.push(leafHash(made.line));
        m_records.push_back({made.envelope.seq, made.line, made.signature});
    }
    void add(const RecordDraft& draft) { add(draft, m_key); }
    /// An operation that has its end.
    void addPair(const std::string& opId) {
        add(operation(RecordType::Intent, opId));
        add(operation(RecordType::Outcome, opId));
    }
    SignedCheckpoint checkpoint(const SigningKey& key) const {
        return parseSignedNote(signedNote({m_head.log, m_head.next, m_tree.root(), m_head.hash}, key))
            .value();
    }

    VerifyReport verify(VerifyOptions options = {}) const {
        LogVerifier verifier(std::move(options));
        for (const StoredRecord& record : m_records)
            verifier.take(record);
        return verifier.finish();
    }
    std::string whyBad() const {
        const VerifyReport report = verify();
        return report.bad ? report.bad->why : "nothing";
    }
    /// The notices in one text.
    std::string notices() const {
        std::string all;
        for (const std::string& text : verify().notices)
            all += text + "\n";
        return all;
    }

    TemporaryHome m_home;
    SigningKey m_key;
    ChainHead m_head;
    TreeEdge m_tree;
    TimePoint m_now{1'770'000'000s};
    std::vector<StoredRecord> m_records;
};

TEST_F(VerifierTest, SaysRangeHeadAndKeys) {
    addPair("a");
    const VerifyReport report = verify();
    EXPECT_EQ(report.standing(), Standing::SelfConsistent);
    EXPECT_EQ(report.records, 3u);
    EXPECT_EQ(report.first, 0u);
    EXPECT_EQ(report.last, 2u);
    EXPECT_EQ(report.head, m_head.hash);
    EXPECT_EQ(report.log, m_head.log);
    EXPECT_TRUE(report.notices.empty());
    const auto lines = reportLines(report);
    EXPECT_EQ(lines[1], "3 records, 0 to 2");
    EXPECT_EQ(lines[3], "key " + m_key.kid() + ": records 0 on");
    EXPECT_TRUE(lines.back().starts_with("SELF-CONSISTENT ONLY"));
}

TEST_F(VerifierTest, AnEmptyLogIsSaidToBeEmpty) {
    m_records.clear();
    EXPECT_EQ(reportLines(verify()).front(), "The log is empty.");
}

TEST_F(VerifierTest, ACheckpointFromOutsideAnchorsUpToItself) {
    addPair("a");
    const SignedCheckpoint early = checkpoint(m_key);
    addPair("b");
    const VerifyReport report = verify({.anchors = {{early, true}}});
    EXPECT_EQ(report.standing(), Standing::Anchored);
    EXPECT_EQ(report.anchored, 3u);
    EXPECT_NE(reportLines(report).back().find("what comes after is only self-consistent"), std::string::npos);
    EXPECT_EQ(verify({.anchors = {{early, false}}}).standing(), Standing::SelfConsistent); // came with it
}

TEST_F(VerifierTest, ACutOrForkedLogContradictsItsCheckpoint) {
    addPair("a");
    addPair("b");
    const Anchor anchor{checkpoint(m_key), true};
    const auto whole = m_records;
    m_records.pop_back();
    VerifyReport report = verify({.anchors = {anchor}});
    EXPECT_EQ(report.standing(), Standing::Broken);
    EXPECT_FALSE(report.bad);
    ASSERT_EQ(report.contradicted.size(), 1u);
    EXPECT_NE(report.contradicted[0].find("cut"), std::string::npos) << report.contradicted[0];
    // Who has the key writes another last record: all links and signatures are good.
    const auto forked = parseRecordLine(whole.back().line)->envelope;
    const MadeRecord other = makeRecord({4, forked.prev, forked.log}, operation(RecordType::Outcome, "b"),
                                        newUuid(), forked.ts + 1s, m_key);
    m_records.push_back({4, other.line, other.signature});
    report = verify({.anchors = {anchor}});
    EXPECT_EQ(report.standing(), Standing::Broken);
    EXPECT_NE(report.contradicted[0].find("forked"), std::string::npos) << report.contradicted[0];
    EXPECT_EQ(verify().standing(), Standing::SelfConsistent) << "which nothing else can show";
}

TEST_F(VerifierTest, ACheckpointOfAnotherKeyOrLogIsNone) {
    addPair("a");
    const SigningKey foreign = newKey(m_home, "foreign");
    VerifyReport report = verify({.anchors = {{checkpoint(foreign), true}}});
    EXPECT_EQ(report.standing(), Standing::Broken);
    EXPECT_NE(report.contradicted[0].find("not signed by a key of this log"), std::string::npos);
    const std::string own = std::exchange(m_head.log, newUuid());
    report = verify({.anchors = {{checkpoint(m_key), true}}});
    EXPECT_EQ(report.standing(), Standing::Broken);
    EXPECT_NE(report.contradicted[0].find("of another log"), std::string::npos);
    m_head.log = own;
}

TEST_F(VerifierTest, AKeyCountsForItsRangeOnly) {
    const SigningKey next = newKey(m_home, "next");
    RecordDraft rotation = operation(RecordType::KeyRotate, "");
    rotation.key = AuditKeyChange{next.publicKey(), m_key.kid()};
    add(rotation);
    add(operation(RecordType::Refused, "a"), next);
    const VerifyReport report = verify();
    EXPECT_EQ(report.standing(), Standing::SelfConsistent);
    const std::string text = reportLines(report)[3] + reportLines(report)[4];
    EXPECT_NE(text.find("key " + m_key.kid() + ": records 0 to 1"), std::string::npos) << text;
    EXPECT_NE(text.find("key " + next.kid() + ": records 2 on"), std::string::npos) << text;
    add(operation(RecordType::Refused, "b"), m_key);
    EXPECT_NE(whyBad().find("may not sign it any more"), std::string::npos) << whyBad();
}

TEST_F(VerifierTest, AnUnknownKeyIsNamed) {
    const SigningKey foreign = newKey(m_home, "foreign");
    add(operation(RecordType::Refused, "a"), foreign);
    EXPECT_NE(whyBad().find("unknown key (" + foreign.kid()), std::string::npos) << whyBad();
}

/// Signed as it is: only its spelling is wrong.
TEST_F(VerifierTest, ASecondSpellingIsRefusedThoughItIsSigned) {
    StoredRecord record = m_records.back();
    m_records.pop_back();
    record.line.insert(record.line.find(':') + 1, " ");
    record.signature = m_key.sign(signedText(m_head.log, 0, Sha256::of(record.line).hex()));
    m_records.push_back(record);
    EXPECT_EQ(whyBad(), "its line is not in canonical form");
}

TEST_F(VerifierTest, TheFirstBadRecordIsNamed) {
    for (const char* id : {"a", "b", "c"})
        addPair(id);
    m_records[3].signature[5] ^= 1;
    m_records[5].line[10] ^= 1;
    const VerifyReport report = verify();
    ASSERT_TRUE(report.bad);
    EXPECT_EQ(report.bad->seq, 3u);
    EXPECT_EQ(report.bad->why, "its signature does not verify");
}

TEST_F(VerifierTest, ABrokenLinkALostOneAndAnotherLogAreTold) {
    addPair("a");
    const auto whole = m_records;
    m_records.erase(m_records.begin() + 1);
    EXPECT_NE(whyBad().find("record 1 is missing"), std::string::npos) << whyBad();
    m_records = whole;
    m_head = {1, Sha256::of("another").hex(), m_head.log};
    m_records.resize(1);
    add(operation(RecordType::Refused, "x"));
    EXPECT_NE(whyBad().find("does not link"), std::string::npos) << whyBad();
    m_records.resize(1);
    m_head = {1, Sha256::of(m_records[0].line).hex(), newUuid()};
    add(operation(RecordType::Refused, "x"));
    EXPECT_NE(whyBad().find("of another log"), std::string::npos) << whyBad();
    m_records = {whole[1]};
    EXPECT_NE(whyBad().find("record 0 is missing"), std::string::npos) << whyBad();
}

TEST_F(VerifierTest, ASecondGenesisIsRefused) {
    add(genesisDraft(actor(), m_key));
    EXPECT_NE(whyBad().find("genesis record in the middle"), std::string::npos) << whyBad();
}

TEST_F(VerifierTest, OpenIntentsLoneOutcomesAndClocksAreNoticed) {
    add(operation(RecordType::Intent, "open"));
    add(operation(RecordType::Intent, "recovered"));
    add(operation(RecordType::Recovered, "recovered"));
    add(operation(RecordType::Outcome, "lone"));
    m_now -= 1h;
    add(operation(RecordType::Refused, "r"));
    const std::string all = notices();
    EXPECT_NE(all.find("the intent in record 1 has no outcome"), std::string::npos) << all;
    EXPECT_EQ(all.find("record 2 has"), std::string::npos) << all;
    EXPECT_NE(all.find("record 4 is an outcome without an open intent"), std::string::npos) << all;
    EXPECT_NE(all.find("the clock went backwards before record 5"), std::string::npos) << all;
    EXPECT_EQ(verify().standing(), Standing::SelfConsistent) << "none of that breaks a log";
}

TEST_F(VerifierTest, NoticesEnd) {
    for (int i = 0; i < 150; ++i)
        add(operation(RecordType::Outcome, std::to_string(i)));
    const VerifyReport report = verify();
    EXPECT_EQ(report.notices.size(), 100u);
    EXPECT_EQ(report.noticesLeftOut, 50u);
}

/// A plain JSONL has no signatures, but a checkpoint from outside vouches for it all the same, if a key that
/// it names has signed that.
TEST_F(VerifierTest, APlainLogCanBeAnchored) {
    addPair("a");
    VerifyOptions options{.signatures = false, .anchors = {{checkpoint(m_key), true}}};
    EXPECT_EQ(verify(options).standing(), Standing::Anchored);
    options.anchors = {{checkpoint(newKey(m_home, "foreign")), true}};
    EXPECT_EQ(verify(options).standing(), Standing::Broken);
    options.anchors.clear();
    EXPECT_EQ(verify(options).standing(), Standing::SelfConsistent);
    m_records[1].line[20] ^= 1;
    EXPECT_EQ(verify(options).standing(), Standing::Broken);
}

/// More than one batch: what is wrong early is found though much is taken at once.
TEST_F(VerifierTest, BatchesHideNothing) {
    for (int i = 0; i < 2500; ++i)
        add(operation(RecordType::Refused, "r"));
    EXPECT_EQ(verify().standing(), Standing::SelfConsistent);
    for (const std::size_t at : {1u, 2047u, 2048u, 2049u, 2500u}) {
        m_records[at].signature[0] ^= 1;
        const VerifyReport report = verify();
        ASSERT_TRUE(report.bad) << at;
        EXPECT_EQ(report.bad->seq, at);
        m_records[at].signature[0] ^= 1;
    }
}

} // namespace
} // namespace inodeck
