#include "core/base/text.h"

#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <random>

namespace inodeck {
namespace {

std::string randomBytes(std::mt19937& random, std::size_t most) {
    std::string bytes(random() % (most + 1), '\0');
    for (char& c : bytes)
        c = static_cast<char>(random() % 256);
    return bytes;
}

/// What a real shell makes of it.
std::string saidBySh(const std::string& word) {
    const std::string command = "printf %s " + word;
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string out;
    std::array<char, 4096> chunk;
    while (const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), pipe.get()))
        out.append(chunk.data(), count);
    return out;
}

TEST(PrintableTest, KeepsWhatPeopleRead) {
    for (const std::string text : {"", "alloy", "Grüße, 設定 ✓", "a b", "'\"$(x)`", "\xf0\x9f\x9a\x80"})
        EXPECT_EQ(printable(text), text);
}

TEST(PrintableTest, MakesWhatControlsATerminalVisible) {
    EXPECT_EQ(printable("\x1b[2J\x07"), "\\x1b[2J\\x07");
    EXPECT_EQ(printable("a\nb\r\tc"), "a\\nb\\r\\tc");
    EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("\x7f"), "\\x7f");
    EXPECT_EQ(printable("\xc2\x9b"), "\\u009b"); // CSI of eight-bit terminals
}

TEST(PrintableTest, MakesWhatHidesOrReordersVisible) {
    EXPECT_EQ(printable("gpj\u202eexe"), "gpj\\u202eexe");
    EXPECT_EQ(printable("\u200b\u2066\ufeff\u00ad\u2028"), "\\u200b\\u2066\\ufeff\\u00ad\\u2028");
    EXPECT_EQ(printable("\U000e0041"), "\\U000e0041");
}

TEST(PrintableTest, AnEscapeCannotBeForged) {
    EXPECT_EQ(printable("\\n"), "\\\\n");
    EXPECT_NE(printable("\\x1b"), printable("\x1b"));
}

TEST(PrintableTest, BrokenUtf8IsShownByteByByte) {
    EXPECT_EQ(printable("\xff"), "\\xff");
    EXPECT_EQ(printable("a\xc3"), "a\\xc3");                 // cut
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");          // overlong /
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80"); // surrogate
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
    EXPECT_EQ(printable("\xe2\x28\xa1"), "\\xe2(\\xa1");
}

TEST(PrintableTest, OfAnyBytesIsOneLineOfHarmlessUtf8) {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = printable(randomBytes(random, 40));
        ASSERT_TRUE(isUtf8(text));
        for (const char c : text)
            ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) << text;
    }
}

TEST(IsUtf8Test, KnowsTheBorders) {
    for (const char* good : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(isUtf8(good)) << good;
    for (const char* bad : {"\x80", "\xbf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
                            "\xf5\x80\x80\x80", "\xc2", "\xe1\x80", "\xf1\x80\x80", "a\xff"})
        EXPECT_FALSE(isUtf8(bad)) << bad;
}

TEST(ShellQuoteTest, AnyBytesComeOutOfARealShellAsTheyWere) {
    EXPECT_EQ(shellQuote(""), "''");
    EXPECT_EQ(shellQuote("it's"), "'it'\\''s'");
    std::mt19937 random(11);
    for (int i = 0; i < 60; ++i) {
        std::string bytes = randomBytes(random, 60) + "'$(id)`id`\\\"!\n*";
        std::erase(bytes, '\0'); // no argument can hold one
        ASSERT_EQ(saidBySh(shellQuote(bytes)), bytes);
    }
}

TEST(ShellQuoteTest, ANulIsDropped) {
    EXPECT_EQ(shellQuote(std::string("a\0b", 3)), "'ab'");
}

TEST(ShellJoinTest, QuotesWhereItMust) {
    EXPECT_EQ(shellJoin({"docker", "restart", "-t", "10", "a/b:c"}), "docker restart -t 10 a/b:c");
    EXPECT_EQ(shellJoin({"a b", "", "~", "x;y"}), "'a b' '' '~' 'x;y'");
}

} // namespace
} // namespace inodeck
