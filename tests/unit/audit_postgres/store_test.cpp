#include "core/audit/chain.h"
#include "core/audit/guarded_file.h"
#include "core/audit/sqlite_backend.h"
#include "core/base/text.h"
#include "tests/unit/audit_postgres/postgres_rig.h"

namespace inodeck::test {
namespace {

class PostgresStore : public PostgresLog {};

TEST_F(PostgresStore, appendsOneVerifiedChain) {
    const auto store = open();
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    const auto first = store->append(intent("vm1", "op-1"), in(10));
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->seq, 1u); // after the genesis record
    const auto second = store->append(outcome("vm1", "op-1", "verified"), in(10));
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second->seq, 2u);

    const auto records = verified();
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(Sha256::of(records[2].line).hex(), second->hash);
    EXPECT_EQ(parseRecordLine(records[1].line)->envelope.id, first->id);
    EXPECT_EQ(parseRecordLine(records[2].line)->envelope.prev, first->hash);
    EXPECT_TRUE(store->ready()) << store->ready().error().message;
    const auto note = store->checkpoint();
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_NE(note->find("\n3\n"), std::string::npos) << *note;
}

TEST_F(PostgresStore, openIntentsAreThoseWithoutAnEnd) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    ASSERT_TRUE(store->append(intent("vm2", "op-2"), in(10)));
    ASSERT_TRUE(store->append(outcome("vm1", "op-1", "verified"), in(10)));
    const auto open = store->openIntents();
    ASSERT_TRUE(open) << open.error().message;
    ASSERT_EQ(open->size(), 1u);
    EXPECT_EQ(open->front().draft.target.vm, "vm2");
}

TEST_F(PostgresStore, anotherProcessGoesOnWithTheSameChain) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    const auto other = open();
    ASSERT_TRUE(other->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(verified().size(), 3u);
}

TEST_F(PostgresStore, theSpoolIsDrainedOnce) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    ASSERT_TRUE(store->spool(outcome("vm1", "op-1", "verified")));
    const std::string spool =
        dataDirectory() + "/" + Sha256::of(store->location()).hex().substr(0, 32) + ".spool";
    const std::string line = readFile(spool);
    ASSERT_FALSE(line.empty());
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    EXPECT_FALSE(std::filesystem::exists(spool));
    // A drain that died before it could remove the file.
    ASSERT_TRUE(appendGuardedFile(spool, line));
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    EXPECT_EQ(verified().size(), 3u);
}

TEST_F(PostgresStore, aSecondInstallationNeedsItsKeyAllowed) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));

    const Installation second;
    const auto theirs = open();
    const auto refused = theirs->append(intent("vm2", "op-2"), in(10));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("may not sign"), std::string::npos) << refused.error().message;
    EXPECT_FALSE(theirs->ready());
    const auto key = SigningKey::load(keyDirectory(), false);
    ASSERT_TRUE(key);

    m_installation->use();
    RecordDraft allow;
    allow.type = RecordType::KeyRotate;
    allow.actor.account = "deployer";
    allow.key = AuditKeyChange{key->publicKey(), {}};
    ASSERT_TRUE(store->append(allow, in(10)));

    second.use();
    const auto allowed = theirs->append(intent("vm2", "op-2"), in(10));
    ASSERT_TRUE(allowed) << allowed.error().message;
    EXPECT_TRUE(theirs->ready()) << theirs->ready().error().message;
    m_installation->use();
    ASSERT_TRUE(store->append(intent("vm1", "op-3"), in(10)));
    EXPECT_EQ(verified().size(), 5u);
}

TEST_F(PostgresStore, keysAreRotated) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    const auto rotated = store->rotateKey({"deployer", {}, {}}, "yearly");
    ASSERT_TRUE(rotated) << rotated.error().message;
    ASSERT_TRUE(store->append(intent("vm1", "op-2"), in(10)));
    EXPECT_EQ(verified().size(), 4u);
}

TEST_F(PostgresStore, aLogThatWasReplacedIsRefused) {
    ASSERT_TRUE(open()->append(intent("vm1", "op-1"), in(10)));
    sql("DROP SCHEMA inodeck CASCADE");
    ASSERT_TRUE(initPostgresLog(server().adminUri(m_database), {}));
    const auto store = open();
    const auto ready = store->ready();
    ASSERT_FALSE(ready);
    EXPECT_NE(ready.error().message.find("no longer holds record 1"), std::string::npos)
        << ready.error().message;
    EXPECT_FALSE(store->append(intent("vm1", "op-2"), in(10)));
}

TEST_F(PostgresStore, bytesThatAreNoTextAreKept) {
    const auto store = open();
    RecordDraft draft = intent(std::string("vm\0\xff\x1b", 5), "op-1");
    draft.target.service = "\xe2\x80\xae'; DROP TABLE inodeck.records; --";
    draft.reason = std::string("nul \0, and \xff", 11);
    const auto done = store->append(draft, in(10));
    ASSERT_TRUE(done) << done.error().message;
    const auto records = verified();
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(parseRecordLine(records[1].line)->draft.target.vm, draft.target.vm);
    RecordFilter filter;
    filter.host = printable(draft.target.vm);
    filter.service = printable(draft.target.service);
    EXPECT_EQ(recordsOf(*store, filter).size(), 1u);
}

TEST_F(PostgresStore, aRestartedServerIsFoundAgain) {
    const auto store = open();
    ASSERT_TRUE(store->append(intent("vm1", "op-1"), in(10)));
    server().stop();
    const auto away = store->ready();
    ASSERT_FALSE(away);
    EXPECT_NE(away.error().message.find("cannot be reached"), std::string::npos) << away.error().message;
    server().start();
    ASSERT_TRUE(store->ready()) << store->ready().error().message;
    server().stop();
    server().start();
    const auto again = store->append(intent("vm1", "op-2"), in(10));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(recordsOf(*store).size(), 3u);
    server().stop();
    server().start();
    EXPECT_EQ(*store->count({}), 3u);
}

} // namespace
} // namespace inodeck::test
