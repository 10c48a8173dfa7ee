#include "tests/unit/audit/audit_rig.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "core/audit/export.h"

namespace inodeck {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

TemporaryHome::TemporaryHome() {
    std::string name = fs::temp_directory_path() / "inodeck-audit-XXXXXX";
    if (!::mkdtemp(name.data()))
        throw std::runtime_error("cannot make a temporary folder");
    m_path = name;
    become("home");
}

TemporaryHome::~TemporaryHome() {
    std::error_code problem;
    fs::remove_all(m_path, problem);
}

void TemporaryHome::become(const std::string& installation) const {
    ::setenv("XDG_DATA_HOME", (m_path / installation / "data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (m_path / installation / "state").c_str(), 1);
}

std::string readFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const fs::path& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.flush();
    ASSERT_TRUE(file) << path;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

SigningKey newKey(const TemporaryHome& home, const std::string& name) {
    auto key = SigningKey::load(home / name, true);
    if (!key)
        throw std::runtime_error(key.error().message);
    return *key;
}

AuditActor actor() {
    return {"mira", "Mira", ""};
}

RecordDraft draftOf(std::uint64_t number) {
    RecordDraft draft;
    draft.type = number % 2 == 0 ? RecordType::Intent : RecordType::Outcome;
    draft.opId = "operation-" + std::to_string(number / 2);
    draft.actor = actor();
    draft.reason = "r" + std::to_string(number);
    return draft;
}

RecordDraft fullDraft() {
    RecordDraft d;
    d.type = RecordType::Outcome;
    d.opId = newUuid();
    d.actor = {"mira", "Mira Ünsal", "pipeline 4711"};
    d.reason = "config of proxy is stale: \"quoted\", \\ and \n";
    d.target = {"vm1",
                "10.0.0.7:22",
                "SHA256:abc",
                "0123456789abcdef0123456789abcdef",
                std::string(64, 'c'),
                "shop",
                "proxy",
                "sha256:dd",
                parseRfc3339("2026-02-10T09:14:03.123456789Z")};
    AuditEvidence seen;
    seen.source = "/srv/proxy.conf";
    seen.destination = "/etc/proxy.conf";
    seen.verdict = "stale_inode";
    seen.host = {Sha256::of("new"), {}, 4711, 3, false};
    seen.container = {Sha256::of("old"), {}, 4710, 3, false};
    AuditEvidence gone = seen;
    gone.destination = "/etc/gone";
    gone.host = {{}, {}, 0, 0, true};
    d.evidence = {seen, gone};
    d.argv = {"docker", "restart", "--time", "10", std::string(64, 'c')};
    d.result =
        AuditResult{0,         "verified", "in_sync",         parseRfc3339("2026-02-10T09:15:00.000000001Z"),
                    "healthy", {},         Sha256::of("new"), "warning: none\n",
                    1234};
    return d;
}

std::unique_ptr<AuditStore> openLog() {
    auto log = openAuditStore({});
    if (!log)
        throw std::runtime_error(log.error().message);
    return std::move(*log);
}

void fill(AuditStore& log, std::uint64_t records, std::uint64_t rotateAt) {
    std::uint64_t have = log.count({}).value();
    while (have < records) {
        if (have != 0 && have == rotateAt) {
            ASSERT_TRUE(log.rotateKey(actor(), "yearly"));
        } else {
            const auto kept = log.append(draftOf(have), Deadline::after(20s));
            ASSERT_TRUE(kept) << kept.error().message;
        }
        have = log.count({}).value();
    }
}

std::vector<StoredRecord> recordsOf(AuditReader& log) {
    std::vector<StoredRecord> records;
    const auto read = log.each({}, [&](const StoredRecord& record) {
        records.push_back(record);
        return true;
    });
    EXPECT_TRUE(read);
    return records;
}

void exportTo(AuditStore& log, const std::string& out, const RecordFilter& filter) {
    const auto note = log.checkpoint();
    ASSERT_TRUE(note) << note.error().message;
    const auto done = exportLog(log, {out, ExportFormat::Jsonl, filter, *note}, Cancel{});
    ASSERT_TRUE(done) << done.error().message;
}

VerifyReport verified(const std::string& what, const std::vector<std::string>& checkpoints) {
    auto report = verifyLog({what, checkpoints}, Cancel{});
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(VerifyReport{});
}

} // namespace inodeck
