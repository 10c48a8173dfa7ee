#include "core/drift/side_by_side.h"

#include <gtest/gtest.h>
#include <random>

#include "core/base/deadline.h"
#include "core/base/text.h"
#include "core/drift/line_diff.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

/// "1 a | 1 a", "2 b ! 2 c", "3 d <", "> 3 e".
Lines drawn(const SideBySide& sides) {
    Lines lines;
    for (const SideRow& row : sides.rows) {
        const auto side = [](const ShownLine& line) {
            return line.number == 0
                       ? std::string()
                       : std::to_string(line.number) + " " + line.text + (line.noNewline ? "\\" : "");
        };
        const char* sign = row.kind == RowKind::Same      ? "|"
                           : row.kind == RowKind::Changed ? "!"
                           : row.kind == RowKind::Removed ? "<"
                                                          : ">";
        lines.push_back(side(row.before) + " " + sign + " " + side(row.after));
    }
    return lines;
}

std::string marked(const ShownLine& line) {
    std::string out;
    for (const TextSpan& span : line.marks)
        out += "[" + line.text.substr(span.begin, span.length) + "]";
    return out;
}

std::string numbered(int count, const std::string& word) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += word + std::to_string(i) + "\n";
    return text;
}

TEST(SideBySideTest, PutsChangedLinesNextToEachOther) {
    const SideBySide sides = sideBySide("a\nb\nc\nd\n", "a\nB\nc\nx\nd\n");
    EXPECT_EQ(drawn(sides), (Lines{"1 a | 1 a", "2 b ! 2 B", "3 c | 3 c", " > 4 x", "4 d | 5 d"}));
    EXPECT_EQ(sides.changes, (std::vector<std::size_t>{1, 3}));
    EXPECT_FALSE(sides.equal);
    EXPECT_EQ(drawn(sideBySide("a\nb\nc\n", "a\nc\n")), (Lines{"1 a | 1 a", "2 b < ", "3 c | 2 c"}));
}

TEST(SideBySideTest, EqualTextsKeepTheirRows) {
    const SideBySide sides = sideBySide("a\nb\n", "a\nb\n");
    EXPECT_TRUE(sides.equal);
    EXPECT_EQ(sides.rows.size(), 2u);
    EXPECT_TRUE(sides.changes.empty());
    EXPECT_TRUE(sideBySide("", "").rows.empty());
}

TEST(SideBySideTest, MarksTheWordsThatDiffer) {
    const SideBySide sides = sideBySide("scrape_interval: 30s # fast\n", "scrape_interval: 15s # slow\n");
    EXPECT_EQ(marked(sides.rows[0].before), "[30s][fast]");
    EXPECT_EQ(marked(sides.rows[0].after), "[15s][slow]");
    const SideBySide other = sideBySide("one two three\n", "entirely different text here\n");
    EXPECT_EQ(marked(other.rows[0].before), "") << "a line written anew is marked as a whole";
}

TEST(SideBySideTest, AMissingNewlineIsADifference) {
    const SideBySide sides = sideBySide("a\nb", "a\nb\n");
    EXPECT_EQ(drawn(sides), (Lines{"1 a | 1 a", "2 b\\ ! 2 b"}));
    EXPECT_FALSE(sides.rows[1].hiddenDiffers);
}

TEST(SideBySideTest, BlanksAreADifferenceUnlessIgnored) {
    EXPECT_EQ(sideBySide("a: 1\n", "a:  1\r\n").changes.size(), 1u);
    const SideBySide sides = sideBySide("a: 1\nb\n", "a:\t1 \r\nb", {true, false, false, {}});
    EXPECT_TRUE(sides.changes.empty());
    EXPECT_TRUE(sides.onlyBlanks);
    EXPECT_FALSE(sides.equal) << "the bytes differ, whatever is ignored";
}

TEST(SideBySideTest, ShowsBytesLiterally) {
    const SideBySide sides = sideBySide("\ta\r\n\xff\x1b[31m\n\xe2\x80\xae"
                                        "b\\n\n",
                                        "");
    EXPECT_EQ(sides.rows[0].before.text, "\xe2\x86\x92   a\\r");
    EXPECT_EQ(sides.rows[1].before.text, "\\xff\\x1b[31m");
    EXPECT_EQ(sides.rows[2].before.text, "\\u202eb\\\\n");
    for (const SideRow& row : sides.rows)
        EXPECT_TRUE(isUtf8(row.before.text));
}

TEST(SideBySideTest, ASecretThatDiffersIsSeenToDifferAndNotShown) {
    const std::string before = "user: bob\npassword: hunter1\nport: 1\n";
    const std::string after = "user: bob\npassword: hunter2\nport: 1\n";
    const SideBySide sides = sideBySide(before, after);
    EXPECT_EQ(drawn(sides), (Lines{"1 user: bob | 1 user: bob", "2 password: *** ! 2 password: ***",
                                   "3 port: 1 | 3 port: 1"}));
    EXPECT_TRUE(sides.masked);
    EXPECT_TRUE(sides.rows[1].hiddenDiffers);
    EXPECT_EQ(marked(sides.rows[1].after), "[***]");
    const SideBySide open = sideBySide(before, after, {false, true, false, {}});
    EXPECT_EQ(open.rows[1].after.text, "password: hunter2");
    EXPECT_FALSE(open.masked);
    EXPECT_FALSE(open.rows[1].hiddenDiffers);
}

TEST(SideBySideTest, ASecretFileShowsNoContent) {
    const SideBySide sides =
        sideBySide("A=hunter1\nhunter2\n", "A=hunter3\nhunter4\nhunter5\n", {false, false, true, {}});
    for (const SideRow& row : sides.rows) {
        EXPECT_EQ((row.before.text + row.after.text).find("hunter"), std::string::npos);
        EXPECT_NE(row.kind, RowKind::Same);
    }
}

TEST(SideBySideTest, BinaryFilesAreAHexDumpOfTheirHeads) {
    const std::string before = std::string("\x7f"
                                           "ELF\0\1",
                                           6) +
                               std::string(5000, 'x');
    std::string after = before;
    after[1] = 'F';
    const SideBySide sides = sideBySide(before, after);
    EXPECT_TRUE(sides.binary);
    EXPECT_EQ(sides.rows.size(), 64u);
    EXPECT_EQ(sides.rows[0].before.text.substr(0, 27), "00000000  7f 45 4c 46 00 01");
    EXPECT_EQ(sides.rows[0].kind, RowKind::Changed);
    EXPECT_EQ(sides.rows[1].kind, RowKind::Same);
    EXPECT_EQ(drawn(sideBySide(std::string("\0password=hunter1", 17), "")).front().find("hunter"),
              std::string::npos);
    EXPECT_EQ(drawn(sideBySide(std::string("\0abc", 4), "", {false, false, true, {}})), Lines{"1 *** < "});
}

TEST(SideBySideTest, AVeryLongLineIsCutAroundTheFirstDifference) {
    std::string line;
    while (line.size() < 100'000)
        line += "word ";
    const SideBySide sides = sideBySide(line + "old" + line + "\n", line + "new" + line + "\n");
    EXPECT_LT(sides.rows[0].before.text.size(), 4200u);
    EXPECT_NE(sides.rows[0].before.text.find("old"), std::string::npos);
    EXPECT_NE(sides.rows[0].after.text.find("new"), std::string::npos);
    EXPECT_NE(sides.rows[0].after.text.find("bytes]"), std::string::npos);
}

/// The rows give back both texts, whatever they are.
TEST(SideBySideTest, RowsLoseNothing) {
    std::mt19937 random(20260210);
    const auto text = [&] {
        std::string out;
        for (unsigned lines = random() % 30; lines > 0; --lines)
            out += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
        if (random() % 3 == 0 && !out.empty())
            out.pop_back();
        return out;
    };
    for (int i = 0; i < 2000; ++i) {
        const std::string before = text();
        const std::string after = text();
        const SideBySide sides = sideBySide(before, after, {false, true, false, {}});
        std::string old;
        std::string fresh;
        for (const SideRow& row : sides.rows) {
            if (row.before.number > 0)
                old += row.before.text + (row.before.noNewline ? "" : "\n");
            if (row.after.number > 0)
                fresh += row.after.text + (row.after.noNewline ? "" : "\n");
            const bool same =
                row.before.text == row.after.text && row.before.noNewline == row.after.noNewline;
            ASSERT_EQ(row.kind == RowKind::Same, row.before.number > 0 && row.after.number > 0 && same);
        }
        ASSERT_EQ(old, before);
        ASSERT_EQ(fresh, after);
        ASSERT_EQ(sides.changes.empty(), before == after);
    }
}

TEST(SideBySideTest, HugeFilesEndInTimeAndSayWhatWasNotCompared) {
    const auto deadline = Deadline::after(60s);
    std::string after = numbered(100'000, "line ");
    after.insert(after.size() / 2, "one more\n");
    const SideBySide sides = sideBySide(numbered(100'000, "line "), after);
    EXPECT_EQ(sides.changes.size(), 1u);
    EXPECT_FALSE(sides.approximate);
    const SideBySide other = sideBySide(numbered(100'000, "old "), numbered(100'000, "new "));
    EXPECT_TRUE(other.approximate);
    EXPECT_EQ(other.rows.size(), 100'000u);
    EXPECT_FALSE(deadline.passed());
}

TEST(SideBySideTest, CanBeStopped) {
    EXPECT_TRUE(sideBySide("a\n", "b\n", {false, true, false, [] { return true; }}).stopped);
}

TEST(LineDiffTest, AnchorsSplitWhatIsTooLarge) {
    std::vector<int> before;
    std::vector<int> after;
    for (int i = 0; i < 3000; ++i) {
        before.push_back(i);
        after.push_back(i % 100 == 50 ? -i : i);
    }
    const LineDiff diff = lineDiff(before, after, {}, {100, 1'000'000});
    EXPECT_FALSE(diff.approximate);
    EXPECT_EQ(diff.runs.size(), 61u);
    // Nothing that is there once, and too much for dtl.
    const LineDiff coarse = lineDiff({0, 1, 1, 2, 2, 1, 0}, {0, 2, 2, 1, 1, 2, 0}, {}, {4, 100});
    EXPECT_TRUE(coarse.approximate);
    EXPECT_EQ(coarse.runs.size(), 3u);
}

TEST(UnifiedLinesTest, AreHunksWithContext) {
    std::string before = numbered(30, "line ");
    std::string after = before;
    after.replace(after.find("line 3\n"), 7, "three\n");
    after.erase(after.find("line 20\n"), 8);
    const SideBySide sides = sideBySide(before, after);
    Lines lines;
    for (const UnifiedLine& line : unifiedLines(sides, 1)) {
        const SideRow& row = sides.rows[line.row];
        switch (line.part) {
        case UnifiedLine::Part::Header:
            lines.push_back(line.header);
            break;
        case UnifiedLine::Part::Both:
            lines.push_back(" " + row.before.text);
            break;
        case UnifiedLine::Part::Before:
            lines.push_back("-" + row.before.text);
            break;
        case UnifiedLine::Part::After:
            lines.push_back("+" + row.after.text);
            break;
        }
    }
    EXPECT_EQ(lines, (Lines{"@@ -3,3 +3,3 @@", " line 2", "-line 3", "+three", " line 4", "@@ -20,3 +20,2 @@",
                            " line 19", "-line 20", " line 21"}));
    EXPECT_TRUE(unifiedLines(sideBySide("a\n", "a\n")).empty());
}

} // namespace
} // namespace inodeck
