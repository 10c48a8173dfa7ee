#include "core/audit/line_source.h"

#include <gtest/gtest.h>

#include "core/audit/tar.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

/// Hands out its bytes in pieces of one size.
class Pieces final : public LineSource {
public:
    Pieces(std::string bytes, std::size_t piece)
        : m_bytes(std::move(bytes))
        , m_piece(piece) {}

protected:
    Result<std::string> read() override {
        std::string next = m_bytes.substr(0, m_piece);
        m_bytes.erase(0, m_piece);
        return next;
    }

private:
    std::string m_bytes;
    std::size_t m_piece;
};

struct Read {
    std::vector<std::string> lines;
    std::optional<ErrorCode> error;
};

Read readAll(LineSource& source) {
    Read all;
    for (;;) {
        auto line = source.next();
        if (!line)
            all.error = line.error().code;
        if (!line || !*line)
            return all;
        all.lines.push_back(std::move(**line));
    }
}

TEST(LineSource, LinesAreTheSameHoweverTheyCome) {
    const std::vector<std::string> lines{"first", "", "third line", std::string("nul \0 inside", 12), "\r"};
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    for (std::size_t piece = 1; piece <= text.size() + 1; ++piece) {
        Pieces source(text, piece);
        const Read read = readAll(source);
        EXPECT_EQ(read.lines, lines) << "pieces of " << piece;
        EXPECT_FALSE(read.error);
    }
}

TEST(LineSource, NothingIsNoLine) {
    Pieces source({}, 10);
    const Read read = readAll(source);
    EXPECT_TRUE(read.lines.empty());
    EXPECT_FALSE(read.error);
}

TEST(LineSource, ALastLineWithoutItsEndIsACutFile) {
    Pieces source("whole\nha", 3);
    const Read read = readAll(source);
    EXPECT_EQ(read.lines, std::vector<std::string>{"whole"});
    EXPECT_EQ(read.error, ErrorCode::Protocol);
}

TEST(LineSource, AnEndlessLineEnds) {
    Pieces source(std::string(std::size_t{3} << 20, 'x') + "\n", 65536);
    EXPECT_EQ(readAll(source).error, ErrorCode::TooLarge);
}

TEST(LineSource, FileAndTarGiveTheSame) {
    const TemporaryHome home;
    const std::string text = "one\ntwo\n" + std::string(200'000, 'x') + "\n";
    std::filesystem::create_directory(home / "export");
    writeFile(home / "export/audit.jsonl", text);
    ASSERT_TRUE(packTar(home / "export", {"audit.jsonl"}, home / "export.tar", "export"));
    auto file = linesOfFile(home / "export/audit.jsonl");
    auto tar = linesOfTar(home / "export.tar", "audit.jsonl");
    ASSERT_TRUE(file);
    ASSERT_TRUE(tar);
    EXPECT_EQ(readAll(**file).lines, linesOf(text));
    EXPECT_EQ(readAll(**tar).lines, linesOf(text));
}

TEST(LineSource, WhatIsNotThereIsNotFound) {
    const TemporaryHome home;
    EXPECT_EQ(linesOfFile(home / "nothing").error().code, ErrorCode::NotFound);
    writeFile(home / "f", "x\n");
    ASSERT_TRUE(packTar(home.path(), {"f"}, home / "f.tar", "top"));
    EXPECT_EQ(linesOfTar(home / "f.tar", "audit.jsonl").error().code, ErrorCode::NotFound);
    EXPECT_EQ(linesOfTar(home / "nothing.tar", "f").error().code, ErrorCode::Io);
}

TEST(LineSource, AFolderIsNoFile) {
    const TemporaryHome home;
    auto folder = linesOfFile(home.path());
    EXPECT_FALSE(folder && (*folder)->next());
}

TEST(LineSource, SmallTextIsWholeAndSmall) {
    Pieces small("a\n\nb\n", 2);
    EXPECT_EQ(smallText(small).value_or("?"), "a\n\nb\n");
    Pieces cut("a\nb", 2);
    EXPECT_EQ(smallText(cut).error().code, ErrorCode::Protocol);
    std::string many;
    for (int i = 0; i < 300'000; ++i)
        many += "line\n";
    Pieces large(many, 65536);
    EXPECT_EQ(smallText(large).error().code, ErrorCode::TooLarge);
}

} // namespace
} // namespace inodeck
