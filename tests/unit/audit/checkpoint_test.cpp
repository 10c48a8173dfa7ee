#include "core/audit/checkpoint.h"

#include <gtest/gtest.h>

#include "core/audit/base64.h"
#include "core/audit/merkle.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

constexpr const char* Log = "0f8fad5b-d9cb-469f-a165-70867728950e";

class CheckpointTest : public ::testing::Test {
protected:
    CheckpointTest()
        : m_key(newKey(m_home, "keys"))
        , m_checkpoint{Log, 1000, leafHash("root"), Sha256::of("last line").hex()}
        , m_note(signedNote(m_checkpoint, m_key)) {}

    std::string refusal(const std::string& note) const {
        const auto parsed = parseSignedNote(note);
        return parsed ? std::string{} : parsed.error().message;
    }
    /// The note with its first `from` replaced.
    std::string with(const std::string& from, const std::string& to) const {
        std::string note = m_note;
        const std::size_t at = note.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return note.replace(at, from.size(), to);
    }
    std::string signatureLine() const { return linesOf(m_note).back() + "\n"; }

    TemporaryHome m_home;
    SigningKey m_key;
    Checkpoint m_checkpoint;
    std::string m_note;
};

/// C2SP tlog-checkpoint in a C2SP signed-note, byte by byte.
TEST_F(CheckpointTest, IsASignedNote) {
    const std::string origin = std::string("inodeck/") + Log;
    const std::string root(reinterpret_cast<const char*>(m_checkpoint.root.bytes().data()), Sha256::Size);
    const std::string body = origin + "\n1000\n" + base64(root) + "\nhead " + m_checkpoint.head + "\n";
    const Sha256 id = Sha256::of(origin + "\n\x01" + m_key.publicKey());
    const std::string keyHash(reinterpret_cast<const char*>(id.bytes().data()), 4);
    EXPECT_EQ(m_note, body + "\n\u2014 " + origin + " " + base64(keyHash + m_key.sign(body)) + "\n");
}

TEST_F(CheckpointTest, ComesBackAsItWas) {
    const auto parsed = parseSignedNote(m_note);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->checkpoint, m_checkpoint);
    EXPECT_TRUE(parsed->signedBy(m_key.publicKey()));
    EXPECT_FALSE(parsed->signedBy(newKey(m_home, "other").publicKey()));
    EXPECT_FALSE(parsed->signedBy(""));
}

/// Witnesses add their lines, and another of our keys may too.
TEST_F(CheckpointTest, OtherSignaturesMayStandBesideOurs) {
    const SigningKey other = newKey(m_home, "other");
    const std::string second = linesOf(signedNote(m_checkpoint, other)).back() + "\n";
    const auto parsed = parseSignedNote(m_note + "\u2014 witness.example/w1 AAAAAAAA\n" + second);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE(parsed->signedBy(m_key.publicKey()));
    EXPECT_TRUE(parsed->signedBy(other.publicKey()));
}

TEST_F(CheckpointTest, ASignatureOfAnotherKeyUnderOurIdIsNone) {
    const SigningKey other = newKey(m_home, "other");
    auto parsed = parseSignedNote(m_note);
    ASSERT_TRUE(parsed);
    parsed->signatures.front().bytes = other.sign(parsed->body);
    EXPECT_FALSE(parsed->signedBy(m_key.publicKey()));
}

TEST_F(CheckpointTest, RefusesWhatIsNone) {
    for (const std::string& note :
         {std::string{},
          std::string{"\n"},
          std::string{"\n\n"},
          m_note.substr(0, m_note.size() - 1),
          m_note.substr(0, m_note.find("\n\n") + 1),
          m_note.substr(0, m_note.find("\n\n") + 2),
          with("inodeck/", "other/"),
          with("\n1000\n", "\n\n"),
          with("\n1000\n", "\n-1\n"),
          with("\n1000\n", "\n1000 \n"),
          with("\n1000\n", "\n18446744073709551616\n"),
          with("\nhead ", "\ntail "),
          with("\nhead ", "\nhead a"),
          with("=\n", "\n"),
          with("=\n", "==\n"),
          with("\n\n", "\nmore\n\n"),
          with("\n\n", "\n\nno signature\n"),
          with("\u2014 ", "- "),
          with(signatureLine(), "\u2014 witness.example/w1 AAAAAAAA\n"),
          with(signatureLine(), signatureLine().substr(0, signatureLine().size() - 5) + "\n"),
          m_note + std::string(70000, 'x') + "\n"}) {
        const std::string why = refusal(note);
        EXPECT_NE(why.find("no checkpoint of an Inodeck log"), std::string::npos) << note.substr(0, 300);
    }
}

TEST_F(CheckpointTest, NoBitCanChange) {
    for (std::size_t bit = 0; bit < m_note.size() * 8; ++bit) {
        std::string flipped = m_note;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        const auto parsed = parseSignedNote(flipped);
        EXPECT_FALSE(parsed && parsed->signedBy(m_key.publicKey())) << "bit " << bit;
    }
}

} // namespace
} // namespace inodeck
