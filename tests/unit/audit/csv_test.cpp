#include "core/audit/csv.h"

#include <gtest/gtest.h>

#include "core/base/sha256.h"

#include "tests/unit/audit/audit_rig.h"

using namespace inodeck;

namespace {

/// RFC 4180, strictly: every field quoted.
std::vector<std::string> fieldsOf(std::string row) {
    EXPECT_TRUE(row.ends_with("\r\n"));
    row.resize(row.size() - 2);
    std::vector<std::string> fields;
    for (std::size_t at = 0; at < row.size();) {
        EXPECT_EQ(row[at], '"') << row;
        std::string field;
        for (++at; at < row.size(); ++at) {
            if (row[at] != '"')
                field += row[at];
            else if (at + 1 < row.size() && row[at + 1] == '"')
                field += row[at++];
            else
                break;
        }
        fields.push_back(field);
        EXPECT_TRUE(++at == row.size() || row[at] == ',') << row;
        ++at;
    }
    return fields;
}

} // namespace

TEST(Csv, FieldsAreQuoted) {
    EXPECT_EQ(csvField(""), R"("")");
    EXPECT_EQ(csvField("a,b"), R"("a,b")");
    EXPECT_EQ(csvField("a\"b\""), R"("a""b""")");
    EXPECT_EQ(csvField("a\r\nb"), R"("a\r\nb")");
}

TEST(Csv, NoFieldIsAFormula) {
    for (const std::string start : {"=", "+", "-", "@", "\t", "\r", "\n"})
        for (const std::string before : {"", " ", "   "})
            EXPECT_TRUE(csvField(before + start + "1+1").starts_with("\"'")) << start;
    EXPECT_EQ(csvField("a=1"), R"("a=1")");
    EXPECT_EQ(csvField("'=1"), R"("'=1")");
}

TEST(Csv, SaysThatItIsNoEvidenceAndNamesItsColumns) {
    const std::string head = csvHead();
    const std::size_t end = head.find("\r\n");
    ASSERT_NE(end, std::string::npos);
    EXPECT_NE(head.find("not evidence"), std::string::npos);
    const auto columns = fieldsOf(head.substr(end + 2));
    EXPECT_EQ(columns.size(), 19U);
    EXPECT_EQ(columns.front(), "seq");
    EXPECT_EQ(columns.back(), "record_sha256");
}

TEST(Csv, ARowHasWhatTheRecordHas) {
    const RecordDraft draft = fullDraft();
    const Envelope envelope{
        "log", 7, std::string(64, 'a'), "id", parseRfc3339("2026-02-10T09:14:04.5Z").value(), "kid"};
    const auto parsed = parseRecordLine(recordLine(envelope, draft));
    ASSERT_TRUE(parsed);
    const auto fields = fieldsOf(csvRow(*parsed, "hash"));
    EXPECT_EQ(
        fields,
        (std::vector<std::string>{
            "7", "2026-02-10T09:14:04.500000Z", "outcome", "vm1", "shop", "proxy", std::string(64, 'c'),
            "mira", "Mira Ünsal", "pipeline 4711", R"(config of proxy is stale: "quoted", \\ and \n)",
            "docker restart --time 10 " + std::string(64, 'c'), "verified", "in_sync", "0", "1234",
            "/etc/proxy.conf stale_inode: host " + Sha256::of("new").hex() + " inode 4711, container " +
                Sha256::of("old").hex() + " inode 4710; /etc/gone stale_inode: host missing, container " +
                Sha256::of("old").hex() + " inode 4710",
            draft.opId, "hash"}));
}
