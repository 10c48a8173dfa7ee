#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/audit/base64.h"
#include "core/audit/chain.h"
#include "core/audit/checkpoint.h"
#include "core/audit/guarded_file.h"
#include "core/audit/signature_row.h"
#include "core/audit/verify_guide.h"
#include "core/base/hex.h"
#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tree_rig.h"

namespace inodeck {
namespace {

using Lines = std::vector<std::string>;

/// docs/audit-format.md: its vectors were made by another program, from the words of that page alone.
class FormatTest : public ::testing::Test {
protected:
    FormatTest()
        : m_page(linesOf(readFile(INODECK_SOURCE_DIR "/docs/audit-format.md")))
        , m_lines(block("audit.jsonl"))
        , m_rows(block("audit.sig")) {}

    /// The lines of the block that begins with "```text <name>".
    Lines block(const std::string& name) const {
        Lines lines;
        bool inside = false;
        for (const std::string& line : m_page) {
            if (inside && line == "```")
                return lines;
            if (inside)
                lines.push_back(line);
            inside |= line == "```text " + name;
        }
        ADD_FAILURE() << "no block " << name;
        return lines;
    }
    std::string text(const std::string& name) const {
        std::string all;
        for (const std::string& line : block(name))
            all += line + "\n";
        return all;
    }
    /// The cells of the row of this key: "", number, seed, public, kid.
    Lines keyRow(int number) const {
        for (const std::string& line : m_page)
            if (line.starts_with("| " + std::to_string(number) + " | `")) {
                Lines cells;
                for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at + 1)) {
                    const std::size_t end = line.find('`', at + 1);
                    cells.push_back(line.substr(at + 1, end - at - 1));
                    at = end;
                }
                return cells;
            }
        ADD_FAILURE() << "no key " << number;
        return {"", "", ""};
    }
    /// The key with this seed, as a file that an installation could have.
    SigningKey key(int number) const {
        const std::string folder = m_home / ("key" + std::to_string(number));
        EXPECT_TRUE(guardDirectory(folder, true));
        // PKCS#8 of RFC 8410: a fixed beginning, then the seed.
        const auto der = hexDecode("302e020100300506032b657004220420" + keyRow(number)[0]);
        const std::string pem =
            "-----BEGIN PRIVATE KEY-----\n" + base64(der.value()) + "\n-----END PRIVATE KEY-----\n";
        EXPECT_TRUE(createGuardedFile(folder + "/audit.key", pem));
        return SigningKey::load(folder, false).value();
    }
    std::string exported() const {
        const std::string out = m_home / "export";
        std::filesystem::create_directory(out);
        for (const char* name : {"audit.jsonl", "audit.sig", "checkpoint"})
            writeFile(out + "/" + name, text(name));
        for (const int number : {1, 2})
            writeFile(out + "/" + keyRow(number)[2] + ".pem",
                      publicKeyPem(hexDecode(keyRow(number)[1]).value()));
        writeFile(out + "/VERIFY.md", verifyGuide(true, true));
        return out;
    }

    const TemporaryHome m_home;
    const Lines m_page;
    const Lines m_lines;
    const Lines m_rows;
};

TEST_F(FormatTest, TheKeysAreWhatTheyShouldBe) {
    for (const int number : {1, 2}) {
        const SigningKey made = key(number);
        EXPECT_EQ(hexEncode(made.publicKey()), keyRow(number)[1]);
        EXPECT_EQ(made.kid(), keyRow(number)[2]);
    }
}

TEST_F(FormatTest, EachHashAndSignatureComesOutTheSame) {
    const Lines hashes = block("hashes");
    ASSERT_EQ(m_lines.size(), 5u);
    ASSERT_EQ(m_rows.size(), m_lines.size());
    std::string prev = NoHash;
    for (std::size_t seq = 0; seq < m_lines.size(); ++seq) {
        const auto record = parseRecordLine(m_lines[seq]);
        ASSERT_TRUE(record) << seq;
        EXPECT_TRUE(isCanonical(m_lines[seq])) << seq;
        EXPECT_EQ(record->envelope.seq, seq);
        EXPECT_EQ(record->envelope.prev, prev);
        prev = Sha256::of(m_lines[seq]).hex();
        EXPECT_EQ(prev, hashes[seq]);
        const SigningKey signer = key(seq <= 3 ? 1 : 2);
        EXPECT_EQ(record->envelope.kid, signer.kid());
        EXPECT_EQ(signatureRow(seq, signer.sign(signedText(record->envelope.log, seq, prev))), m_rows[seq]);
        std::filesystem::remove_all(m_home / "key1");
        std::filesystem::remove_all(m_home / "key2");
    }
}

TEST_F(FormatTest, SoDoTheTreeAndItsCheckpoint) {
    std::vector<Sha256> hashes;
    Lines leaves;
    for (const std::string& line : m_lines) {
        hashes.push_back(leafHash(line));
        leaves.push_back(hashes.back().hex());
    }
    ProofTree tree = treeOf(m_home.path(), hashes);
    EXPECT_EQ(leaves, block("leaves"));
    EXPECT_EQ(Lines{tree.root().hex()}, block("root"));
    const std::string log = parseRecordLine(m_lines[0])->envelope.log;
    const Checkpoint checkpoint{log, m_lines.size(), tree.root(), block("hashes").back()};
    EXPECT_EQ(signedNote(checkpoint, key(2)), text("checkpoint"));
    Lines rows;
    for (const std::uint64_t seq : {0u, 2u, 3u}) {
        rows.push_back(std::to_string(seq));
        for (const Sha256& hash : proofIn(tree, seq))
            rows.back() += " " + hash.hex();
    }
    EXPECT_EQ(rows, block("proofs"));
}

TEST_F(FormatTest, TheWholeLogVerifies) {
    const std::string out = exported();
    const VerifyReport report = verified(out, {out + "/checkpoint"});
    EXPECT_EQ(report.standing(), VerifyReport::Standing::Anchored) << reportLines(report).back();
    EXPECT_EQ(report.anchored, 5u);
    EXPECT_TRUE(report.notices.empty()) << report.notices.front();
}

/// The words in backquotes of the table of fields, but for the names of types.
std::set<std::string> fieldsOfThePage(const std::vector<std::string>& page) {
    std::set<std::string> names;
    for (auto line = std::find(page.begin(), page.end(), "| field | what |") + 2; line->starts_with("|");
         ++line) {
        std::string word;
        bool quoted = false;
        for (const char c : *line) {
            if (quoted && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
                word += c;
                continue;
            }
            if (!word.empty() && !recordTypeFromString(word))
                names.insert(word);
            word.clear();
            quoted ^= c == '`';
        }
    }
    return names;
}

/// What this program writes has the fields that the page names, and no others.
TEST_F(FormatTest, TheTableNamesEveryField) {
    Envelope envelope{newUuid(), 1, NoHash, newUuid(), TimePoint{}, "0011223344556677"};
    RecordDraft draft = fullDraft();
    draft.key = AuditKeyChange{std::string(32, 'k'), "0011223344556677"};
    draft.evidence.front().host.hmac = Sha256::of("x");
    draft.evidenceLeftOut = 1;
    draft.result->containerId = std::string(64, 'd');
    const std::string line = recordLine(envelope, draft);
    std::set<std::string> written;
    for (std::size_t at = line.find("\":"); at != std::string::npos; at = line.find("\":", at + 1)) {
        const std::size_t begin = line.rfind('"', at - 1) + 1;
        written.insert(line.substr(begin, at - begin));
    }
    EXPECT_EQ(fieldsOfThePage(m_page), written);
}

} // namespace
} // namespace inodeck
