#include "core/drift/diff.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <random>

#include "core/base/deadline.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view NoNewline = "\\ No newline at end of file";

struct Hunk {
    std::size_t oldFirst = 0, oldCount = 0, newFirst = 0, newCount = 0;
};

Hunk hunkOf(const std::string& line) {
    Hunk h;
    EXPECT_EQ(std::sscanf(line.c_str(), "@@ -%zu,%zu +%zu,%zu @@", &h.oldFirst, &h.oldCount, &h.newFirst,
                          &h.newCount),
              4)
        << line;
    return h;
}

/// The lines of a text with their line ends.
Lines withEnds(const std::string& text) {
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    return lines;
}

/// What patch(1) does: `before` with the diff applied. Fails where a hunk's numbers or context are wrong.
std::string patched(const std::string& before, const Lines& diff) {
    const Lines old = withEnds(before);
    std::string out;
    std::size_t at = 0; // in old
    Hunk left;
    for (std::size_t i = 0; i < diff.size(); ++i) {
        if (diff[i].starts_with("@@")) {
            EXPECT_EQ(left.oldCount + left.newCount, 0u) << "hunk too short before " << diff[i];
            left = hunkOf(diff[i]);
            const std::size_t first = left.oldCount == 0 ? left.oldFirst : left.oldFirst - 1;
            EXPECT_LE(first, old.size());
            while (at < first && at < old.size())
                out += old[at++];
            continue;
        }
        const bool cut = i + 1 < diff.size() && diff[i + 1] == NoNewline;
        const std::string text = diff[i].substr(1) + (cut ? "" : "\n");
        if (diff[i][0] != '+') {
            EXPECT_LT(at, old.size());
            EXPECT_EQ(at < old.size() ? old[at] : "", text);
            ++at;
            --left.oldCount;
        }
        if (diff[i][0] != '-') {
            out += text;
            --left.newCount;
        }
        i += cut;
    }
    EXPECT_EQ(left.oldCount + left.newCount, 0u);
    while (at < old.size())
        out += old[at++];
    return out;
}

TEST(DiffTest, EqualTextsHaveNoLines) {
    for (const std::string text : {"", "a\n", "a", "\n\n", "a\r\nb"}) {
        const TextDiff diff = diffOf(text, text);
        EXPECT_TRUE(diff.equal);
        EXPECT_TRUE(diff.lines.empty());
    }
}

TEST(DiffTest, IsAUnifiedDiffWithContext) {
    const TextDiff diff = diffOf("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n");
    EXPECT_FALSE(diff.equal);
    EXPECT_FALSE(diff.binary);
    EXPECT_EQ(diff.lines, (Lines{"@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"}));
}

TEST(DiffTest, AMissingLastNewlineIsSaid) {
    EXPECT_EQ(diffOf("a\nb", "a\nb\n").lines,
              (Lines{"@@ -1,2 +1,2 @@", " a", "-b", std::string(NoNewline), "+b"}));
    EXPECT_EQ(diffOf("a\n", "a").lines, (Lines{"@@ -1,1 +1,1 @@", "-a", "+a", std::string(NoNewline)}));
}

TEST(DiffTest, EmptyOnOneSide) {
    EXPECT_EQ(diffOf("", "a\nb\n").lines, (Lines{"@@ -0,0 +1,2 @@", "+a", "+b"}));
    EXPECT_EQ(diffOf("a\n", "").lines, (Lines{"@@ -1,1 +0,0 @@", "-a"}));
}

TEST(DiffTest, LineEndsOfOtherSystemsAreBytes) {
    EXPECT_EQ(diffOf("a\r\n", "a\n").lines, (Lines{"@@ -1,1 +1,1 @@", "-a\r", "+a"}));
}

TEST(DiffTest, ANulWithinTheFirstBytesIsBinary) {
    const std::string early = std::string(7999, 'x') + '\0';
    EXPECT_TRUE(diffOf(early, "a").binary);
    EXPECT_TRUE(diffOf("a", early).binary);
    EXPECT_TRUE(diffOf("a", early).lines.empty());
    EXPECT_FALSE(diffOf(std::string(8000, 'x') + '\0', "a").binary);
}

TEST(DiffTest, AppliedToTheOldTextItGivesTheNewOne) {
    std::mt19937 random(20260210);
    const auto text = [&](unsigned kinds) {
        std::string out;
        for (unsigned lines = random() % 40; lines > 0; --lines)
            out += std::string(random() % 3, static_cast<char>('a' + random() % kinds)) + "\n";
        if (random() % 3 == 0 && !out.empty())
            out.pop_back();
        return out;
    };
    for (int i = 0; i < 3000; ++i) {
        const std::string before = text(1 + random() % 5);
        const std::string after = text(1 + random() % 5);
        ASSERT_EQ(patched(before, diffOf(before, after).lines), after) << "before:\n" << before;
        ASSERT_FALSE(HasFailure()) << "before:\n" << before << "\nafter:\n" << after;
    }
}

TEST(DiffTest, LargeTextsWithNothingInCommonEndInTime) {
    std::string before;
    std::string after;
    for (int i = 0; i < 200'000; ++i) {
        before += "old line " + std::to_string(i) + "\n";
        after += "new line " + std::to_string(i) + "\n";
    }
    const auto deadline = Deadline::after(20s);
    const TextDiff diff = diffOf(before, after);
    EXPECT_FALSE(deadline.passed());
    EXPECT_EQ(patched(before, diff.lines), after);
}

} // namespace
} // namespace inodeck
