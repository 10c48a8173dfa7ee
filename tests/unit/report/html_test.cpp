#include <gtest/gtest.h>
#include <regex>

#include "tests/support/hostile_names.h"
#include "tests/support/incidents.h"

namespace inodeck {
namespace {

using report::incidentDocument;
using report::toHtml;

std::string htmlWith(const std::string& name) {
    return toHtml(incidentDocument(test::incidentWith(name)));
}

/// The page as a browser cuts it: what stands between "<" and ">", in order.
std::vector<std::string> tagsOf(const std::string& html) {
    std::vector<std::string> tags;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
        const std::size_t end = html.find('>', at);
        tags.push_back(html.substr(at, end - at + 1));
        at = end;
    }
    return tags;
}

std::string textOf(const std::string& html) {
    std::string text = std::regex_replace(html.substr(html.find("<body>")), std::regex("<[^>]*>"), "");
    for (const auto& [entity, character] : std::vector<std::pair<std::string, std::string>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = text.find(entity); at != std::string::npos;
             at = text.find(entity, at + character.size()))
            text.replace(at, entity.size(), character);
    return text;
}

std::size_t occurrences(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
        ++count;
    return count;
}

TEST(ReportHtml, HostileNamesChangeNoTagAndStandThereLiterally) {
    ASSERT_EQ(test::hostileNames().size(), 50u);
    const std::vector<std::string> plain = tagsOf(htmlWith("plain"));
    for (const std::string& name : test::hostileNames()) {
        const std::string html = htmlWith(name);
        EXPECT_EQ(tagsOf(html), plain) << printable(name).substr(0, 80);
        EXPECT_GE(occurrences(textOf(html), printable(name)), 20u) << printable(name).substr(0, 80);
        EXPECT_TRUE(isUtf8(html));
        for (const char c : html)
            EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int(c);
    }
}

TEST(ReportHtml, FetchesNothingAndForbidsIt) {
    const std::string html = htmlWith("plain");
    EXPECT_NE(html.find("default-src 'none'; style-src 'sha256-"), std::string::npos);
    for (const char* word :
         {"<script", "<link", "<img", "<iframe", "src=", "href=", "url(", "@import", " style="})
        EXPECT_EQ(html.find(word), std::string::npos) << word;
    // The policy names the style by the hash of what stands there.
    const std::size_t begin = html.find("<style>") + 7;
    const auto bytes = Sha256::of(html.substr(begin, html.find("</style>") - begin)).bytes();
    EXPECT_NE(html.find("sha256-"), std::string::npos);
    std::string base64 = html.substr(html.find("'sha256-") + 8, 44);
    static const std::string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    EXPECT_EQ(Digits.find(base64[0]), static_cast<std::size_t>(bytes[0] >> 2));
    EXPECT_EQ(Digits.find(base64[1]), static_cast<std::size_t>((bytes[0] & 3) << 4 | bytes[1] >> 4));
}

} // namespace
} // namespace inodeck
