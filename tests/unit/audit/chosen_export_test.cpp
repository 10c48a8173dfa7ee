#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <unistd.h>

#include "core/audit/checkpoint.h"
#include "core/audit/export.h"
#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tree_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Numbers = std::vector<std::uint64_t>;

/// Made-up lines, of which a filter by host chooses any that a test likes. Record 0 names a key.
class MadeUpLog final : public AuditReader {
public:
    explicit MadeUpLog(std::uint64_t size)
        : m_size(size) {}
    static std::string line(std::uint64_t seq) { return "leaf " + std::to_string(seq); }

    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override {
        std::uint64_t taken = 0;
        for (std::uint64_t seq = 0; seq < std::min(m_size, filter.to.value_or(m_size)); ++seq) {
            const bool wanted = filter.keysOnly       ? seq == 0
                                : filter.host.empty() ? true
                                                      : std::binary_search(chosen.begin(), chosen.end(), seq);
            if (wanted && seq != lost && ++taken && !take({seq, line(seq), std::string(64, 's')}))
                break;
        }
        return taken;
    }
    Result<std::uint64_t> count(const RecordFilter&) override { return m_size; }
    Result<std::vector<OpenIntent>> openIntents() override { return std::vector<OpenIntent>{}; }
    std::string location() const override { return "nowhere"; }

    Numbers chosen; ///< ascending
    std::optional<std::uint64_t> lost;

private:
    std::uint64_t m_size;
};

class ChosenExportTest : public ::testing::Test {
protected:
    ExportOptions options(std::uint64_t size, const std::string& name = "e") const {
        const Checkpoint checkpoint{newUuid(), size, Sha256::of("root"), std::string(64, 'a')};
        RecordFilter filter;
        filter.host = "vm1";
        return {m_home / name, ExportFormat::Jsonl, filter, signedNote(checkpoint, m_key)};
    }
    std::string partial() const { return (m_home / "e.partial-") + std::to_string(::getpid()); }
    Numbers numbers(std::uint64_t size, std::uint64_t count) {
        Numbers some;
        while (some.size() < count)
            some.push_back(m_random() % size);
        std::sort(some.begin(), some.end());
        some.erase(std::unique(some.begin(), some.end()), some.end());
        return some;
    }
    /// What the sentence is; nothing may be left.
    std::string refusal(MadeUpLog& log, std::uint64_t size) const {
        const auto done = exportLog(log, options(size), Cancel{});
        EXPECT_FALSE(done);
        for (const auto& file : fs::directory_iterator(m_home.path()))
            EXPECT_EQ(file.path(), m_home / "key");
        return done ? std::string{} : done.error().message;
    }
    void expectProven(std::uint64_t size, Numbers chosen);

    TemporaryHome m_home;
    SigningKey m_key = newKey(m_home, "key");
    std::mt19937 m_random{6962};
};

void ChosenExportTest::expectProven(std::uint64_t size, Numbers chosen) {
    MadeUpLog log(size);
    log.chosen = chosen;
    const std::string out = m_home / "e";
    const auto done = exportLog(log, options(size), Cancel{});
    ASSERT_TRUE(done) << done.error().message;
    if (chosen.empty() || chosen.front() != 0)
        chosen.insert(chosen.begin(), 0); // it names a key
    EXPECT_EQ(done->records, chosen.size());
    const std::vector<Sha256> leaves = numberedLeaves(size);
    const Sha256 root = naiveRoot(leaves);
    std::string lines;
    std::string rows;
    for (const std::uint64_t seq : chosen) {
        lines += MadeUpLog::line(seq) + "\n";
        rows += std::to_string(seq);
        const std::vector<Sha256> proof = naiveProof(seq, leaves);
        EXPECT_TRUE(verifyInclusion(leaves[seq], seq, size, proof, root));
        for (const Sha256& hash : proof)
            rows += " " + hash.hex();
        rows += "\n";
    }
    EXPECT_EQ(readFile(out + "/audit.jsonl"), lines);
    EXPECT_EQ(readFile(out + "/proofs"), rows) << chosen.size() << " of " << size;
    fs::remove_all(out);
}

TEST_F(ChosenExportTest, AnyChoiceOfALogOfAnySizeIsProvenAsTheRfcSays) {
    for (std::uint64_t size = 1; size <= 70; ++size)
        expectProven(size, numbers(size, m_random() % (size + 1)));
    for (const std::uint64_t size : {1000u, 4097u}) {
        expectProven(size, {});
        expectProven(size, {size - 1});
        expectProven(size, numbers(size, 40));
    }
}

TEST_F(ChosenExportTest, ADiskThatIsFullIsOneSentenceAndNothingIsLeft) {
    const std::string sentence = "Cannot write a temporary file in " + partial() + ": File too large.";
    MadeUpLog log(4097);
    {
        const FileSizeLimit limit(100'000);
        log.chosen = {3};
        EXPECT_EQ(refusal(log, 4097), sentence) << "the tree";
    }
    {
        const FileSizeLimit limit(100);
        log.chosen = {4000};
        EXPECT_EQ(refusal(log, 4097), sentence) << "what is chosen";
    }
    EXPECT_TRUE(exportLog(log, options(4097), Cancel{}));
}

TEST_F(ChosenExportTest, NobodySeesItsScratchFiles) {
    MadeUpLog log(4097);
    log.chosen = {3, 4096};
    std::vector<std::string> seen;
    ASSERT_TRUE(exportLog(log, options(4097), Cancel{}, [&](std::uint64_t, std::uint64_t) {
        for (const auto& file : fs::directory_iterator(partial()))
            seen.push_back(file.path().filename());
    }));
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"audit.jsonl", "audit.sig"}));
}

TEST_F(ChosenExportTest, ALogThatLacksARecordProvesNothing) {
    const auto sentence = [](const std::string& seq) {
        return "The audit log does not hold record " + seq +
               ", so that nothing chosen of it can be proven; run 'inodeck audit verify'.";
    };
    MadeUpLog log(20);
    log.chosen = {3, 17};
    EXPECT_EQ(refusal(log, 25), sentence("20"));
    for (const std::uint64_t lost : {0u, 17u, 19u}) {
        log.lost = lost;
        EXPECT_EQ(refusal(log, 20), sentence(std::to_string(lost)));
    }
}

/// Another writer, who is at work after each query.
class BusyLog final : public AuditReader {
public:
    explicit BusyLog(AuditStore& log)
        : m_log(log) {}
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override {
        const auto taken = m_log.each(filter, take);
        fill(m_log, m_log.count({}).value() + 1);
        return taken;
    }
    Result<std::uint64_t> count(const RecordFilter& filter) override { return m_log.count(filter); }
    Result<std::vector<OpenIntent>> openIntents() override { return m_log.openIntents(); }
    std::string location() const override { return m_log.location(); }

private:
    AuditStore& m_log;
};

/// The numbers of the records that have a proof.
std::vector<std::string> provenIn(const std::string& out) {
    std::vector<std::string> numbers;
    for (const std::string& line : linesOf(readFile(out + "/proofs")))
        numbers.push_back(line.substr(0, line.find(' ')));
    return numbers;
}

TEST_F(ChosenExportTest, WhatIsChosenStaysSoWhileOthersAppend) {
    const auto store = openLog();
    fill(*store, 11); // records 1 and 10 are intents without an outcome; the next one is that of 10
    BusyLog log(*store);
    ExportOptions open{m_home / "open", ExportFormat::Jsonl, {}, store->checkpoint().value()};
    open.filter.openOnly = true;
    ASSERT_TRUE(exportLog(log, open, Cancel{}));
    EXPECT_EQ(provenIn(m_home / "open"), (std::vector<std::string>{"0", "1", "10"}));
    EXPECT_EQ(verified(m_home / "open", {m_home / "open/checkpoint"}).standing(),
              VerifyReport::Standing::Anchored);
}

TEST_F(ChosenExportTest, TheNewestAreThoseThatTheCheckpointKnows) {
    const auto store = openLog();
    fill(*store, 12);
    ExportOptions newest{m_home / "newest", ExportFormat::Jsonl, {}, store->checkpoint().value()};
    newest.filter.newestFirst = true;
    newest.filter.limit = 2;
    fill(*store, 15);
    ASSERT_TRUE(exportLog(*store, newest, Cancel{}));
    EXPECT_EQ(provenIn(m_home / "newest"), (std::vector<std::string>{"0", "10", "11"}));
    EXPECT_EQ(verified(m_home / "newest").records, 3u);
}

} // namespace
} // namespace inodeck
