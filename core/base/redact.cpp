#include "core/base/redact.h"

#include <algorithm>
#include <regex>

namespace inodeck {

namespace {

constexpr auto Flags = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;
constexpr std::size_t MaxWord = 2048;
constexpr std::size_t MaxInput = 4096;
constexpr const char* CutMark = " [cut]";

struct Rule {
    std::vector<const char*> anyOf; ///< in lower case; a text without one of these is not looked at further
    std::regex what;
    const char* with;
};

std::vector<Rule> makeRules() {
    const std::string pass = "pass(word|wd|phrase|code|(?![a-z]))";
    const std::string secret = pass + "|pwd|secret|token|credentials?|auth(?!e|ors?\\b)";
    const std::string more = "|dsn|signature|session[_-]?id|[a-z0-9][_-]?key";
    // Quoted, also with its end cut off, or up to the next blank.
    const std::string value = R"((\*\*\*|"(\\.|[^"\\])*"?|'[^']*'?|[^\s"'][^\s]*))";
    const std::vector<const char*> names{"pass",       "pwd", "secret",    "token",   "key",
                                         "credential", "dsn", "signature", "session", "auth"};
    const auto rule = [](std::vector<const char*> anyOf, const std::string& what, const char* with) {
        return Rule{std::move(anyOf), std::regex(what, Flags), with};
    };
    return {
        rule({"://"}, R"(([a-z][a-z0-9+.-]{1,20}://)[^/\s]{1,512}@)", "$1***@"),
        rule({"bearer", "basic", "digest"}, R"(\b(bearer|basic|digest)\s+[a-z0-9._~+/=-]{6,})", "$1 ***"),
        rule({"cookie"}, R"(((set-)?cookie\s{0,2}:\s{0,2})[^\n]+)", "$1***"),
        rule(names,
             "([a-z0-9_.-]{0,40}(" + secret + more + ")[a-z0-9_.-]{0,40}[\"']?\\s{0,2}[=:]\\s{0,2})" + value,
             "$1***"),
        rule({"sig=", "key=", "code="}, R"(([?&;](sig|key|code)=)[^\s&;]+)", "$1***"),
        rule(names, "((^|\\s)--?[a-z0-9-]{0,30}(" + secret + "|key)\\s+)" + value, "$1***"),
        rule({"-u"}, R"(((^|\s)(-u|--user|--proxy-user)[\s=]{0,2}[^\s:]{1,80}:)\S+)", "$1***"),
        rule({"sshpass", "mysql", "mariadb", "login"},
             R"(\b((sshpass|mysql[a-z]*|mariadb[a-z-]*|login)\b[^\n]{0,400}?\s-p)\s?\S+)", "$1***"),
        rule(
            {"gh", "glpat-", "xox", "k_", "k-", "aiza", "akia", "asia", "npm_", "pypi-", "hf_", "dop_", "hv",
             "ey"},
            R"(\b(gh[pousr]_[a-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|)"
            R"([sr]k[_-](live|test|proj|ant)[\w-]{10,}|sk-[\w-]{20,}|AIza[\w-]{30,}|(AKIA|ASIA)[A-Z0-9]{16}|)"
            R"(npm_\w{30,}|pypi-[\w-]{16,}|hf_\w{20,}|dop_v1_\w+|hv[sb]\.[\w-]{16,}|AGE-SECRET-KEY-\w+|)"
            R"(ey[a-z0-9_-]{8,}\.[\w-]{4,}(\.[\w-]+)?))",
            "***"),
    };
}

std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// By hand: a key is longer than what std::regex can take, and its end may be cut off.
void hidePrivateKeys(std::string& text) {
    for (std::size_t begin = text.find("-----BEGIN "); begin != std::string::npos;
         begin = text.find("-----BEGIN ", begin + 1)) {
        const std::size_t dashes = text.find("-----", begin + 11);
        if (text.substr(begin, dashes - begin).find("PRIVATE KEY") == std::string::npos)
            continue;
        const std::size_t end = text.find("-----END ", begin);
        const std::size_t close = end == std::string::npos ? end : text.find("-----", end + 9);
        text.replace(begin, close == std::string::npos ? close : close + 5 - begin, "***");
    }
}

/// At `limit` bytes or a little before, not inside a character of UTF-8; false when it is short enough.
bool cutAt(std::string& text, std::size_t limit) {
    if (text.size() <= limit)
        return false;
    std::size_t end = limit;
    for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++i)
        --end;
    text.resize(end);
    return true;
}

void dropLastWord(std::string& text) {
    constexpr std::size_t MaxDropped = 1024;
    const std::size_t blank = text.find_last_of(" \t\r\n");
    const std::size_t least = text.size() - std::min(text.size(), MaxDropped);
    text.resize(blank == std::string::npos ? least : std::max(blank, least));
}

} // namespace

std::string shortText(std::string text, std::size_t limit) {
    return cutAt(text, limit) ? text + CutMark : text;
}

std::string redacted(std::string text, std::size_t limit) {
    hidePrivateKeys(text);
    // std::regex recurses on long inputs: cut first, at a bound that it can take.
    bool cut = cutAt(text, MaxInput);
    if (cut)
        dropLastWord(text); // half a secret is not known by its form
    static const std::vector<Rule> Rules = makeRules();
    const std::string lower = lowered(text);
    const auto has = [&](const char* word) { return lower.find(word) != std::string::npos; };
    for (const Rule& rule : Rules)
        if (std::any_of(rule.anyOf.begin(), rule.anyOf.end(), has))
            text = std::regex_replace(text, rule.what, rule.with);
    cut = cutAt(text, limit) || cut;
    return cut ? text + CutMark : text;
}

std::vector<std::string> redactedWords(const std::vector<std::string>& argv) {
    std::string all;
    for (const std::string& word : argv)
        all += word + " ";
    if (all.size() <= MaxWord && redacted(all, MaxWord) == all)
        return argv;
    std::vector<std::string> words;
    std::string before;
    for (const std::string& word : argv) {
        std::string alone = redacted(word, MaxWord);
        const std::string inPlace = redacted(before + word.substr(0, MaxWord), 2 * MaxWord);
        const bool secret = inPlace.ends_with("***") && !alone.ends_with("***");
        words.push_back(secret ? std::string("***") : std::move(alone));
        before += word.substr(0, MaxWord) + " ";
        before.erase(0, before.size() - std::min<std::size_t>(before.size(), 1000));
    }
    return words;
}

} // namespace inodeck
