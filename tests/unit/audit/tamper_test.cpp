#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

#include "core/audit/chain.h"
#include "core/audit/checkpoint.h"
#include "core/audit/signature_row.h"
#include "core/audit/verifier.h"
#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tampering.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Standing = VerifyReport::Standing;

constexpr std::size_t Records = 1000;
constexpr std::size_t Rotation = 500;

/// The verifier itself looks at so many times fewer bits than there are; INODECK_TAMPER_EVERY=1 lets it look
/// at each.
std::size_t everyNth() {
    const char* set = std::getenv("INODECK_TAMPER_EVERY");
    return set ? std::max(1UL, std::strtoul(set, nullptr, 10)) : 32;
}

/// A log of a thousand records with a rotated key, its export, and the states of a verification of it.
class TamperTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        s = std::make_unique<Suite>();
        const auto log = openLog();
        fill(*log, Records, Rotation);
        s->records = recordsOf(*log);
        exportTo(*log, s->home / "export");
        s->note = parseSignedNote(readFile(s->home / "export/checkpoint")).value();
        LogVerifier verifier({.anchors = {{s->note, true}}});
        for (const StoredRecord& record : s->records) {
            s->before.push_back(verifier);
            verifier.take(record);
            s->report = verifier.soFar(); // now it is checked, not only taken
        }
        s->before.push_back(verifier);
    }
    static void TearDownTestSuite() { s.reset(); }
    void SetUp() override {
        ASSERT_EQ(s->records.size(), Records);
        ASSERT_EQ(s->report.standing(), Standing::Anchored) << reportLines(s->report).back();
        ASSERT_EQ(s->report.keys.keys().size(), 2u);
    }

    /// What the verification says of the first `at` records with `then` behind them.
    static VerifyReport verifiedWith(std::size_t at, const std::vector<StoredRecord>& then) {
        LogVerifier verifier = s->before[at];
        for (const StoredRecord& record : then)
            verifier.take(record);
        return verifier.finish();
    }
    static bool finds(std::size_t at, const std::vector<StoredRecord>& then) {
        return verifiedWith(at, then).standing() == Standing::Broken;
    }
    /// Up to three of the records from `at` on.
    static std::vector<StoredRecord> rest(std::size_t at) {
        const auto first = s->records.begin() + static_cast<std::ptrdiff_t>(std::min(at, Records));
        return {first, first + std::min<std::ptrdiff_t>(3, s->records.end() - first)};
    }
    static std::vector<StoredRecord> joined(std::vector<StoredRecord> head,
                                            const std::vector<StoredRecord>& tail) {
        head.insert(head.end(), tail.begin(), tail.end());
        return head;
    }

    struct Suite {
        TemporaryHome home;
        std::vector<StoredRecord> records;
        SignedCheckpoint note;
        std::vector<LogVerifier> before; ///< before[i] has verified records 0 … i-1
        VerifyReport report;             ///< of all
    };
    static std::unique_ptr<Suite> s;
};

std::unique_ptr<TamperTest::Suite> TamperTest::s;

/// Each bit of each line, as the verifier finds it first: the hash of a changed line is not the one that the
/// next record (the checkpoint, for the last) names. A changed line end makes one line of two, or two of one:
/// none is a record. And each nth bit (see everyNth) by the whole verifier, which names the record.
TEST_F(TamperTest, EveryBitOfEveryLine) {
    std::atomic<std::size_t> bits = 0;
    std::atomic<std::size_t> verifiedBits = 0;
    const std::size_t found = onAllCores(Records, [&](std::size_t i) {
        const std::string line = s->records[i].line + "\n";
        const std::string wanted = i + 1 < Records ? parseRecordLine(s->records[i + 1].line)->envelope.prev
                                                   : s->note.checkpoint.head;
        std::size_t seen = Sha256::of(s->records[i].line).hex() == wanted ? 0 : line.size() * 8;
        for (std::size_t bit = 0; bit < line.size() * 8; ++bit) {
            const std::string other = flipped(line, bit);
            const std::size_t end = other.find('\n');
            const bool joined = end == std::string::npos;
            const std::string first =
                joined ? other + (i + 1 < Records ? s->records[i + 1].line : "") : other.substr(0, end);
            const bool isLine = end + 1 == other.size();
            seen += isLine ? Sha256::of(first).hex() != wanted : !parseRecordLine(first);
            if ((bit + i) % everyNth() != 0)
                continue;
            const VerifyReport report = verifiedWith(i, {{i, first, s->records[i].signature}});
            seen -= !(report.bad && report.bad->seq == i);
            ++verifiedBits;
        }
        bits += line.size() * 8;
        return seen;
    });
    EXPECT_EQ(found, bits);
    EXPECT_EQ(bits, readFile(s->home / "export/audit.jsonl").size() * 8);
    EXPECT_GE(verifiedBits, bits / everyNth() - Records); // each line its share, rounded down
    std::printf("%zu bits, %zu by the whole verifier\n", bits.load(), verifiedBits.load());
}

/// Ed25519 has one signature for one text: whoever has not the key makes no second one, so other bytes are a
/// bad signature. Each nth bit's signature is verified nevertheless.
TEST_F(TamperTest, EveryBitOfEverySignature) {
    std::atomic<std::size_t> bits = 0;
    const std::size_t found = onAllCores(Records, [&](std::size_t i) {
        const StoredRecord& record = s->records[i];
        const std::string row = signatureRow(i, record.signature) + "\n";
        std::size_t seen = 0;
        for (std::size_t bit = 0; bit < row.size() * 8; ++bit) {
            const std::string other = flipped(row, bit);
            const std::size_t end = other.find('\n');
            const auto parsed = parseSignatureRow(other.substr(0, end));
            const auto isBad = [&](const std::string& signature) {
                if ((bit + i) % everyNth() != 0)
                    return signature != record.signature;
                const VerifyReport report = verifiedWith(i, {{i, record.line, signature}});
                return report.bad && report.bad->seq == i;
            };
            seen += end + 1 != row.size() || !parsed || parsed->seq != i || isBad(parsed->signature);
        }
        bits += row.size() * 8;
        return seen;
    });
    EXPECT_EQ(found, bits);
    EXPECT_EQ(bits, readFile(s->home / "export/audit.sig").size() * 8);
}

TEST_F(TamperTest, EveryRecordDeleted) {
    for (std::size_t i = 0; i < Records; ++i) {
        const VerifyReport report = verifiedWith(i, rest(i + 1));
        ASSERT_EQ(report.standing(), Standing::Broken) << i;
        if (i + 1 < Records) {
            ASSERT_TRUE(report.bad) << i;
            ASSERT_EQ(report.bad->seq, i);
        }
    }
}

TEST_F(TamperTest, EveryRecordDuplicated) {
    for (std::size_t i = 0; i < Records; ++i)
        ASSERT_TRUE(finds(i, joined({s->records[i]}, rest(i)))) << i;
}

TEST_F(TamperTest, EveryRecordSwappedWithItsNeighbour) {
    for (std::size_t i = 0; i + 1 < Records; ++i)
        ASSERT_TRUE(finds(i, joined({s->records[i + 1], s->records[i]}, rest(i + 2)))) << i;
}

TEST_F(TamperTest, TheTailCutAtEachPlace) {
    for (std::size_t size = 0; size < Records; ++size) {
        const VerifyReport report = verifiedWith(size, {});
        ASSERT_EQ(report.standing(), Standing::Broken) << size;
        ASSERT_FALSE(report.contradicted.empty()) << size;
    }
}

/// At each place: a copy of an old record; and one that is forged as well as can be without the key: in
/// canonical form, numbered, linked, under the name of a good key.
TEST_F(TamperTest, ARecordInsertedAtEachPlace) {
    const SigningKey foreign = newKey(s->home, "foreign");
    std::vector<std::string> kids;
    for (const auto& [kid, key] : s->report.keys.keys())
        kids.push_back(kid);
    for (std::size_t i = 1; i <= Records; ++i) {
        ASSERT_TRUE(finds(i, joined({s->records[i / 2]}, rest(i)))) << i;
        const Envelope before = parseRecordLine(s->records[i - 1].line)->envelope;
        const ChainHead head{i, Sha256::of(s->records[i - 1].line).hex(), before.log};
        const MadeRecord stranger = makeRecord(head, draftOf(i), newUuid(), before.ts, foreign);
        ASSERT_TRUE(finds(i, joined({{i, stranger.line, stranger.signature}}, rest(i)))) << i;
        Envelope envelope = stranger.envelope;
        for (const std::string& kid : kids) {
            envelope.kid = kid;
            const std::string line = recordLine(envelope, draftOf(i));
            const std::string text = signedText(envelope.log, i, Sha256::of(line).hex());
            const VerifyReport report = verifiedWith(i, joined({{i, line, foreign.sign(text)}}, rest(i)));
            ASSERT_TRUE(report.bad) << i;
            ASSERT_EQ(report.bad->seq, i);
        }
    }
}

/// The whole way, from the files: whatever was done to them somewhere.
TEST_F(TamperTest, InTheFilesToo) {
    const std::string out = s->home / "tampered";
    const auto lines = linesOf(readFile(s->home / "export/audit.jsonl"));
    const auto rows = linesOf(readFile(s->home / "export/audit.sig"));
    const auto text = [](const std::vector<std::string>& all) {
        std::string joinedText;
        for (const std::string& line : all)
            joinedText += line + "\n";
        return joinedText;
    };
    const auto findsIn = [&](const std::function<void(std::vector<std::string>&)>& change) {
        auto l = lines;
        auto r = rows;
        change(l);
        change(r);
        writeFile(out + "/audit.jsonl", text(l));
        writeFile(out + "/audit.sig", text(r));
        return verified(out).standing() == Standing::Broken;
    };
    fs::copy(s->home / "export", out);
    ASSERT_FALSE(findsIn([](auto&) {}));
    for (const std::ptrdiff_t i : {0, 499, 998}) {
        using Lines = std::vector<std::string>;
        EXPECT_TRUE(findsIn([&](Lines& all) { all.erase(all.begin() + i); })) << i;
        EXPECT_TRUE(findsIn([&](Lines& all) { all.insert(all.begin() + i, Lines(all)[std::size_t(i)]); }))
            << i;
        EXPECT_TRUE(findsIn([&](Lines& all) { std::iter_swap(all.begin() + i, all.begin() + i + 1); })) << i;
        EXPECT_TRUE(findsIn([&](Lines& all) { all.resize(std::size_t(i)); })) << i;
        EXPECT_TRUE(findsIn([&](Lines& all) { all.insert(all.end(), Lines(all)[std::size_t(i)]); })) << i;
    }
    findsIn([](auto&) {});
    for (const char* name : {"audit.jsonl", "audit.sig"}) {
        const std::string good = readFile(out + "/" + name);
        for (std::size_t k = 0; k < 4; ++k) {
            writeFile(out + "/" + name, flipped(good, k * (good.size() * 8 - 1) / 3));
            const auto report = verifyLog({out, {}}, Cancel{});
            EXPECT_TRUE(!report || report->standing() == Standing::Broken) << name << k;
        }
        writeFile(out + "/" + name, good);
    }
    EXPECT_EQ(verified(out, {out + "/checkpoint"}).standing(), Standing::Anchored);
}

} // namespace
} // namespace inodeck
