#include "core/audit/key_ring.h"

#include <gtest/gtest.h>

#include "core/audit/chain.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

using Right = KeyRing::Right;
using namespace std::chrono_literals;

class KeyRingTest : public ::testing::Test {
protected:
    KeyRingTest()
        : m_old(newKey(m_home, "old"))
        , m_new(newKey(m_home, "new")) {
        m_head.log = newUuid();
        genesis = next(genesisDraft(actor(), m_old), m_old);
    }

    MadeRecord next(const RecordDraft& draft, const SigningKey& key) {
        MadeRecord made = makeRecord(m_head, draft, newUuid(), TimePoint{1'770'000'000s}, key);
        m_head = headAfter(made);
        return made;
    }
    static RecordDraft naming(const std::string& publicKey, const std::string& retires) {
        RecordDraft draft;
        draft.type = RecordType::KeyRotate;
        draft.actor = actor();
        draft.key = AuditKeyChange{publicKey, retires};
        return draft;
    }
    static ParsedRecord parsed(const MadeRecord& made) { return parseRecordLine(made.line).value(); }
    static std::string whyNot(const MadeRecord& made, const KeyRing& ring) {
        return whyNotSigned(parsed(made), made.hash, made.signature, ring);
    }

    TemporaryHome m_home;
    SigningKey m_old;
    SigningKey m_new;
    ChainHead m_head;
    MadeRecord genesis;
};

TEST_F(KeyRingTest, TheGenesisRecordNamesItsOwnKey) {
    KeyRing ring;
    EXPECT_EQ(whyNot(genesis, ring), "");
    EXPECT_EQ(ring.right(m_old.kid(), 0), Right::Unknown);
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    EXPECT_EQ(ring.right(m_old.kid(), 0), Right::Granted);
    EXPECT_EQ(ring.right(m_old.kid(), 1'000'000), Right::Granted);
    EXPECT_EQ(ring.right(m_new.kid(), 0), Right::Unknown);
    ASSERT_NE(ring.find(m_old.kid()), nullptr);
    EXPECT_EQ(ring.find(m_old.kid())->publicKey, m_old.publicKey());
}

TEST_F(KeyRingTest, ARotationEndsOneRangeAndBeginsAnother) {
    const MadeRecord first = next(draftOf(0), m_old);
    const MadeRecord rotation = next(naming(m_new.publicKey(), m_old.kid()), m_old); // seq 2
    const MadeRecord byNew = next(draftOf(1), m_new);
    const MadeRecord byOld = next(draftOf(2), m_old);
    KeyRing ring;
    for (const MadeRecord* record : std::vector<const MadeRecord*>{&genesis, &first, &rotation}) {
        EXPECT_EQ(whyNot(*record, ring), "") << record->envelope.seq;
        ASSERT_TRUE(ring.learn(parsed(*record)));
    }
    EXPECT_EQ(ring.right(m_old.kid(), 2), Right::Granted);
    EXPECT_EQ(ring.right(m_old.kid(), 3), Right::OutOfRange);
    EXPECT_EQ(ring.right(m_new.kid(), 2), Right::OutOfRange);
    EXPECT_EQ(ring.right(m_new.kid(), 3), Right::Granted);
    EXPECT_EQ(whyNot(byNew, ring), "");
    EXPECT_NE(whyNot(byOld, ring).find("may not sign it any more, or not yet"), std::string::npos);
}

TEST_F(KeyRingTest, AKeyThatIsAllowedBesideOursRetiresNobody) {
    const MadeRecord allowed = next(naming(m_new.publicKey(), {}), m_old); // seq 1
    KeyRing ring;
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    ASSERT_TRUE(ring.learn(parsed(allowed)));
    EXPECT_EQ(ring.right(m_old.kid(), 2), Right::Granted);
    EXPECT_EQ(ring.right(m_new.kid(), 1), Right::OutOfRange);
    EXPECT_EQ(ring.right(m_new.kid(), 2), Right::Granted);
}

TEST_F(KeyRingTest, RefusesNonsense) {
    KeyRing ring;
    EXPECT_FALSE(ring.learn(parsed(next(naming(m_new.publicKey(), {}), m_old)))); // before the genesis
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    EXPECT_FALSE(ring.learn(parsed(genesis)));                                             // twice
    EXPECT_FALSE(ring.learn(parsed(next(naming(m_new.publicKey(), m_new.kid()), m_old)))); // not in use
    EXPECT_FALSE(ring.learn(parsed(next(naming(m_new.publicKey(), "0011223344556677"), m_old))));
    ASSERT_TRUE(ring.learn(parsed(next(naming(m_new.publicKey(), m_old.kid()), m_old))));
    EXPECT_FALSE(ring.learn(parsed(next(naming(m_new.publicKey(), m_old.kid()), m_new)))); // twice retired
    RecordDraft empty;
    empty.type = RecordType::KeyRotate;
    EXPECT_FALSE(ring.learn({genesis.envelope, empty}));
    EXPECT_TRUE(ring.learn(parsed(next(draftOf(0), m_new)))); // names none: nothing to learn
    EXPECT_EQ(ring.keys().size(), 2u);
}

/// Who was retired cannot be let in again by the key that came after: the range would have a hole.
TEST_F(KeyRingTest, ARetiredKeyStaysRetired) {
    KeyRing ring;
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    ASSERT_TRUE(ring.learn(parsed(next(naming(m_new.publicKey(), m_old.kid()), m_old)))); // seq 1
    ASSERT_TRUE(ring.learn(parsed(next(naming(m_old.publicKey(), {}), m_new))));
    EXPECT_EQ(ring.right(m_old.kid(), 3), Right::OutOfRange);
    EXPECT_EQ(ring.right(m_old.kid(), 1), Right::Granted);
}

TEST_F(KeyRingTest, ASignatureCountsForItsRecordOnly) {
    const MadeRecord one = next(draftOf(0), m_old);
    const MadeRecord two = next(draftOf(1), m_old);
    KeyRing ring;
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    EXPECT_EQ(whyNot(one, ring), "");
    EXPECT_EQ(whyNotSigned(parsed(one), one.hash, two.signature, ring), "its signature does not verify");
    EXPECT_EQ(whyNotSigned(parsed(one), two.hash, one.signature, ring), "its signature does not verify");
    EXPECT_EQ(whyNotSigned(parsed(one), one.hash, "", ring), "its signature does not verify");
    EXPECT_NE(whyNot(next(draftOf(2), m_new), ring).find("unknown key"), std::string::npos);
}

/// A genesis record that names another key than the one that signed it introduces nobody.
TEST_F(KeyRingTest, AGenesisRecordSpeaksForItsOwnKeyOnly) {
    m_head = {0, NoHash, newUuid()};
    const MadeRecord forged = next(genesisDraft(actor(), m_old), m_new);
    EXPECT_NE(whyNot(forged, {}).find("unknown key"), std::string::npos);
    KeyRing ring;
    ASSERT_TRUE(ring.learn(parsed(genesis)));
    m_head = {0, NoHash, newUuid()};
    EXPECT_NE(whyNot(next(genesisDraft(actor(), m_new), m_new), ring).find("unknown key"), std::string::npos);
}

} // namespace
} // namespace inodeck
