#include "core/audit/canonical_json.h"

#include <gtest/gtest.h>

#include "core/audit/record_line.h"
#include "core/audit/verifier.h"

using namespace inodeck;
using Object = CanonicalJson::Object;
using Array = CanonicalJson::Array;

namespace {

std::string objectOf(const std::string& value) {
    return R"({"a":)" + value + "}";
}

} // namespace

// RFC 8785, section 3.2.2.2, and its example in 3.2.2 (but for the floats, which no record has).
TEST(CanonicalJson, EscapesWhatRfc8785WantsAndNothingElse) {
    EXPECT_EQ(CanonicalJson("\xe2\x82\xac$\x0f\nA'B\"\\\\\"/").dump(),
              "\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    EXPECT_EQ(CanonicalJson("\b\t\n\f\r").dump(), R"("\b\t\n\f\r")");
    for (int c = 0; c < 0x20; ++c) {
        const std::string text = CanonicalJson(std::string(1, static_cast<char>(c))).dump();
        const bool isShort = c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
        EXPECT_EQ(text.size(), isShort ? 4U : 8U) << c;
        EXPECT_TRUE(isCanonical(objectOf(text))) << text;
    }
    EXPECT_EQ(CanonicalJson("\x7f<>&/\xe2\x80\xa8").dump(), "\"\x7f<>&/\xe2\x80\xa8\"");
}

TEST(CanonicalJson, SortsKeysAndWritesNoBlanks) {
    const CanonicalJson value =
        Object{{"b", 1}, {"a", Array{true, false, CanonicalJson(), "x"}}, {"B", Object{}}, {"", Array{}}};
    EXPECT_EQ(value.dump(), R"({"":[],"B":{},"a":[true,false,null,"x"],"b":1})");
}

TEST(CanonicalJson, NumbersStayExactInEveryReader) {
    EXPECT_EQ(CanonicalJson(std::uint64_t{0}).dump(), "0");
    EXPECT_EQ(CanonicalJson(std::int64_t{-1}).dump(), "-1");
    EXPECT_EQ(CanonicalJson(std::uint64_t{9007199254740991}).dump(), "9007199254740991");
    EXPECT_EQ(CanonicalJson(std::uint64_t{9007199254740992}).dump(), "\"9007199254740992\"");
    EXPECT_EQ(CanonicalJson(UINT64_MAX).dump(), "\"18446744073709551615\"");
    EXPECT_EQ(CanonicalJson(std::int64_t{-9007199254740992}).dump(), "\"-9007199254740992\"");
    EXPECT_EQ(CanonicalJson(INT64_MIN).dump(), "\"-9223372036854775808\"");
}

TEST(CanonicalJson, BytesThatAreNotUtf8BecomeBase64) {
    for (const std::string bytes : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80"})
        EXPECT_TRUE(CanonicalJson(bytes).dump().starts_with(R"({"b64":")")) << bytes;
    EXPECT_EQ(CanonicalJson("a\xff").dump(), R"({"b64":"Yf8="})");
}

TEST(IsCanonical, TakesWhatIsWritten) {
    // A NUL, a byte order mark at the beginning (of which Qt's reader makes nothing) and within,
    // noncharacters, beyond the BMP.
    for (const std::string& text :
         {std::string("a\0b", 3), std::string("\xef\xbb\xbfx"), std::string("x\xef\xbb\xbf"),
          std::string("\xef\xbf\xbe\xef\xbf\xbf"), std::string("\xf0\x9f\x98\x80"),
          std::string("\xc3\xa9"
                      "e\xcc\x81"),
          std::string("\xf4\x8f\xbf\xbf"), std::string("/\x7f")}) {
        const std::string line =
            CanonicalJson(Object{{"a", text}, {"b", Array{text, Object{{"c", text}}}}}).dump();
        EXPECT_TRUE(isCanonical(line)) << line;
    }
    EXPECT_TRUE(isCanonical(objectOf("9007199254740991")));
    EXPECT_TRUE(isCanonical(objectOf("-9007199254740991")));
    EXPECT_TRUE(isCanonical("{}"));
}

TEST(IsCanonical, RefusesEverySecondSpelling) {
    const std::vector<std::string> others{
        "",
        "[]",
        "1",
        "null",
        "\"a\"",
        "{",
        "{}{}",
        "{} ",
        " {}",
        "{ }",
        "\xef\xbb\xbf{}",
        R"({"a": 1})",
        R"({"a":1,})",
        R"({"b":1,"a":2})",
        R"({"a":1,"a":1})",
        R"({"a":1,"a":2})",
        R"({'a':1})",
        R"({"a":01})",
        R"({"a":+1})",
        R"({"a":-0})",
        R"({"a":1.0})",
        R"({"a":1e0})",
        R"({"a":1.5})",
        R"({"a":1E400})",
        R"({"a":0x1})",
        R"({"a":NaN})",
        R"({"a":9007199254740992})",
        R"({"a":9007199254740993})",
        R"({"a":-9007199254740992})",
        R"({"a":18446744073709551616})",
        R"({"a":9223372036854775807})",
        R"({"a":"\/"})",
        R"({"a":"\u0041"})",
        R"({"a":"\u000A"})",
        R"({"a":"\u000a"})",
        R"({"a":"\u001F"})",
        R"({"a":"\ud83d\ude00"})",
        R"({"a":"\ud800"})",
        R"({"a":"\udc00"})",
        R"({"a":"\u007f"})",
        R"({"a":"\x"})",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\xed\xa0\x80\"}",
        "{\"a\":\"\xc0\xaf\"}",
        R"({"\u0061":1})",
        R"({"a":True})",
        R"({"a":tru})",
        "{\"a\":1}\n",
        "{\"a\":1}\r",
        std::string("{}\0", 3),
        "{\"\xc3\xa9\":1}", // keys are ASCII
    };
    for (const std::string& text : others)
        EXPECT_FALSE(isCanonical(text)) << text;
}

TEST(IsCanonical, HasALimitOfSizeAndDepth) {
    const std::string full = objectOf("\"" + std::string(MaxLine - 8, 'x') + "\"");
    ASSERT_EQ(full.size(), MaxLine);
    EXPECT_TRUE(isCanonical(full));
    EXPECT_FALSE(isCanonical(objectOf("\"" + std::string(MaxLine - 7, 'x') + "\"")));
    EXPECT_FALSE(isCanonical(objectOf(std::string(8000, '[') + std::string(8000, ']'))));
}
