#include "core/base/masker.h"

#include <algorithm>
#include <array>

#include "core/base/mask.h"
#include "core/base/mask_forms.h"

namespace inodeck::masking {

namespace {

template <std::size_t N> bool listed(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

} // namespace

bool Masker::isSecret(std::string_view name) const {
    if (m_section || namesASecret(name))
        return true;
    if (m_manifest && (name == "data" || name == "stringData"))
        return true;
    return m_pair > 0 &&
           (name == "value" || name == "Value" || name == "val" || name == "default" || name == "content");
}

/// Inside of a text over several lines all is secret.
bool Masker::goesOn(std::string_view line, std::string& out) {
    const std::string_view words = trimmed(line);
    const auto all = [&] {
        return words.empty() ? std::string()
                             : std::string(line.substr(0, line.find(words))) + std::string(Mask);
    };
    if (m_pem) {
        const std::size_t end = line.find("-----END");
        m_pem = end == None;
        out = end == None ? all() : std::string(Mask) + scanned(line.substr(end));
        return true;
    }
    if (!m_until.empty()) {
        const bool quote = isQuote(m_until[0]);
        if (quote ? line.find(m_until) != None : words == m_until)
            m_until.clear();
        out = all();
        return true;
    }
    if (m_depth > 0) {
        const std::size_t end = endOfBrackets(line, 0, m_depth);
        out = end == None         ? all()
              : words.size() == 1 ? std::string(line)
                                  : std::string(Mask) + scanned(line.substr(end));
        return true;
    }
    if (m_continued) {
        m_continued = words.ends_with('\\');
        out = all();
        return true;
    }
    if (inBlock(line)) {
        out = all();
        return true;
    }
    return false;
}

bool Masker::inBlock(std::string_view line) {
    if (m_indent == None)
        return false;
    const std::size_t indent = line.find_first_not_of(Blanks);
    if (indent == None)
        return true;
    const bool item =
        indent == m_indent && (line.substr(indent).starts_with("- ") || line.substr(indent) == "-");
    if (indent > m_indent || item)
        return true;
    m_indent = None;
    return false;
}

/// "[secrets]" of INI and TOML: all values up to the next one.
void Masker::section(std::string_view line) {
    const std::string_view words = trimmed(line);
    if (words.size() > 2 && words.front() == '[' && words.find(']') != None && words.find('=') == None &&
        words.find(',') == None && words.find('"') == None)
        m_section = namesASecret(words.substr(1, words.find(']') - 1));
}

/// The next ':', '=', "<name>" or ["--option", with a name before it; where its value may begin.
std::size_t Masker::separator(std::string_view line, std::size_t from, std::string_view& name) const {
    for (std::size_t i = line.find_first_of(":=>,", from); i != None; i = line.find_first_of(":=>,", i + 1)) {
        std::size_t end = i;
        while (end > from && (Blanks.find(line[end - 1]) != None || line[end - 1] == ':' ||
                              line[end - 1] == '?' || line[end - 1] == '+'))
            --end;
        while (end > from && (isQuote(line[end - 1]) || line[end - 1] == ']' || line[end - 1] == '\\'))
            --end;
        std::size_t begin = end;
        while (begin > from && isNameChar(line[begin - 1]))
            --begin;
        name = line.substr(begin, end - begin);
        const bool tag = begin > 0 && line[begin - 1] == '<';
        if (name.empty() || (line[i] == '>' && !tag) || (line[i] == ',' && name.front() != '-'))
            continue;
        return i + 1;
    }
    return None;
}

/// Appends the mask of the value at `at` and says where to go on.
std::size_t Masker::takeValue(std::string_view line, std::size_t at, bool inUrl, std::string& out) {
    const std::size_t begin = line.find_first_not_of("=>:~, \t\r", at);
    if (begin == None)
        return at;
    out += line.substr(at, begin - at);
    const std::string_view value = trimmed(line.substr(begin));
    const auto masked = [&](std::size_t end) {
        out += Mask;
        return end == None ? line.size() : end;
    };
    if ((value.front() == '|' || value.front() == '>') && value.size() <= 3) {
        out += value;
        return line.size();
    }
    if (value.starts_with("<<")) {
        m_until = trimmed(value.substr(std::min(value.find_first_not_of("<-~'\""), value.size())));
        while (!m_until.empty() && isQuote(m_until.back()))
            m_until.pop_back();
        return masked(None);
    }
    if (line[at - 1] == '>' && value.find('<') != None)
        return masked(line.find('<', begin));
    for (const char* three : {"\"\"\"", "'''"})
        if (value.starts_with(three)) {
            if (value.find(three, 3) == None)
                m_until = three;
            return masked(None);
        }
    if (isQuote(value.front())) {
        std::size_t end = endOfQuoted(line, begin);
        if (end == None)
            m_until = std::string(1, value.front());
        else if (end < line.size() && std::string_view(",;:}]) \t\r#<&\\").find(line[end]) == None)
            end = line.find_first_of(" \t", end); // "one"two is one word to a shell
        return masked(end);
    }
    if (value.front() == '{' || value.front() == '[') {
        m_depth = 0;
        return masked(endOfBrackets(line, begin, m_depth));
    }
    m_continued = value.ends_with('\\');
    return masked(inUrl ? line.find_first_of("& \t\"'", begin) : None);
}

/// "name: DB_PASSWORD" is followed by its "value".
void Masker::noteName(std::string_view name, std::string_view line, std::size_t at) {
    static constexpr std::array<std::string_view, 6> Names{"name", "Name",   "key",
                                                           "Key",  "header", "variable"};
    if (!listed(Names, name))
        return;
    std::string_view word = trimmed(line.substr(at));
    while (!word.empty() && isQuote(word.front()))
        word.remove_prefix(1);
    std::size_t end = 0;
    while (end < word.size() && isNameChar(word[end]))
        ++end;
    if (namesASecret(word.substr(0, end)))
        m_pair = 4;
}

std::string Masker::scanned(std::string_view line) {
    std::string out;
    std::size_t done = 0;
    std::string_view name;
    for (std::size_t at = separator(line, 0, name); at != None; at = separator(line, at, name)) {
        noteName(name, line, at);
        if (!isSecret(name) || at < done)
            continue;
        const auto column = static_cast<std::size_t>(name.data() - line.data());
        const bool inUrl = column > 0 && (line[column - 1] == '?' || line[column - 1] == '&');
        out += line.substr(done, at - done);
        done = at = takeValue(line, at, inUrl, out);
        std::size_t first = line.find_first_not_of(" \t-\"'");
        if (first == column && m_depth == 0 && m_until.empty())
            m_indent = line[column == 0 ? 0 : column - 1] == '"' ? None : column;
        if (at >= line.size())
            break;
    }
    if (done == 0 && directive(line, out))
        return out;
    return rest(line, done, std::move(out));
}

/// What no name was found for.
std::string Masker::rest(std::string_view line, std::size_t at, std::string out) {
    std::string_view left = line.substr(std::min(at, line.size()));
    const std::size_t pem = left.find("-----BEGIN ");
    if (pem != None && left.find("PRIVATE KEY", pem) != None && left.find("-----END", pem) == None) {
        m_pem = true;
        const std::size_t end = left.find("-----", pem + 11);
        left = left.substr(0, end == None ? left.size() : end + 5);
        return out + std::string(left);
    }
    return out + std::string(left);
}

/// "name value", as Caddy, nginx, redis and netrc write it.
bool Masker::directive(std::string_view line, std::string& out) {
    static constexpr std::array<std::string_view, 15> Before{"header",
                                                             "header_up",
                                                             "header_down",
                                                             "add_header",
                                                             "proxy_set_header",
                                                             "request_header",
                                                             "response_header",
                                                             "set",
                                                             "setenv",
                                                             "SetEnv",
                                                             "env",
                                                             "ENV",
                                                             "ARG",
                                                             "export",
                                                             "dns"};
    static constexpr std::array<std::string_view, 4> Anywhere{"password", "passwd", "passphrase", "PASSWORD"};
    std::string_view previous;
    std::size_t number = 0;
    for (std::size_t at = line.find_first_not_of(" \t-#;/"); at != None;) {
        const std::size_t end = std::min(line.find_first_of(Blanks, at), line.size());
        const std::string_view word = line.substr(at, end - at);
        const std::size_t next = line.find_first_not_of(Blanks, end);
        if (next == None)
            return false;
        const bool first = number == 0 || (number == 1 && listed(Before, previous));
        const bool anywhere = listed(Anywhere, word) || previous == "IDENTIFIED" || previous == "identified";
        const bool dns = number == 1 && previous == "dns";
        if ((first && !listed(Before, word) && namesASecret(word)) || anywhere || dns) {
            out = line.substr(0, next);
            const std::string_view value = trimmed(line.substr(next));
            if (value.ends_with('{')) {
                m_depth = 1;
                out += value;
            } else {
                m_continued = value.ends_with('\\');
                out += Mask;
            }
            return true;
        }
        previous = word;
        ++number;
        at = next;
    }
    return false;
}

std::string Masker::next(std::string_view line) {
    m_pair = std::max(0, m_pair - 1);
    std::string out;
    if (goesOn(line, out))
        return out;
    section(line);
    out = scanned(line);
    std::string_view item = trimmed(line);
    while (!item.empty() && std::string_view("- \"',").find(item.front()) != None)
        item.remove_prefix(1);
    while (!item.empty() && std::string_view("\"',").find(item.back()) != None)
        item.remove_suffix(1);
    // An option whose value is the next item.
    m_continued |= line.find("--") != None && item.find_first_of(" =:") == None && namesASecret(item);
    hideForms(out);
    return out;
}

} // namespace inodeck::masking
