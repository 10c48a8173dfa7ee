#include "core/fleet/map_reader.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/fleet/variables.h"

namespace inodeck {

namespace {

constexpr std::size_t MostShown = 32;

std::string quoted(std::string_view text) {
    return "'" + printable(text) + "'";
}

/// What stands where something else was wanted.
std::string found(const YamlNode& node, Secrecy secrecy) {
    switch (node.kind) {
    case YamlNode::Kind::List:
        return "a list";
    case YamlNode::Kind::Map:
        return "a map";
    case YamlNode::Kind::Scalar:
        if (secrecy == Secrecy::Open && node.text.size() <= MostShown)
            return (node.plain ? "" : "the text ") + quoted(node.text);
        return "this text";
    default:
        return "nothing";
    }
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Digits without sign and leading zero; -1: it is none.
long wholeNumber(std::string_view text) {
    long number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool zeros = text.size() > 1 && text[0] == '0';
    return error == std::errc{} && end == text.data() + text.size() && !zeros && text[0] != '-' ? number : -1;
}

/// "5m" with {"m", 60} is 300. -1: none of the units.
long withUnit(const std::string& text, const std::vector<std::pair<std::string_view, long>>& units) {
    for (const auto& [unit, factor] : units) {
        if (text.size() <= unit.size() || !text.ends_with(unit))
            continue;
        const long number = wholeNumber(std::string_view(text).substr(0, text.size() - unit.size()));
        if (number >= 0)
            return number > std::numeric_limits<int>::max() ? number : number * factor;
    }
    return -1;
}

} // namespace

std::string shown(std::string_view word) {
    return word.size() <= MostShown ? printable(word) : "…";
}

bool isNoText(const std::string& plain) {
    static const keys::Keys Words{"true",  "True", "TRUE", "false", "False",
                                  "FALSE", "null", "Null", "NULL",  "~"};
    if (std::find(Words.begin(), Words.end(), plain) != Words.end())
        return true;
    std::string_view digits = plain;
    if (digits.starts_with('+') || digits.starts_with('-'))
        digits.remove_prefix(1);
    if (digits.empty() || (digits[0] != '.' && (digits[0] < '0' || digits[0] > '9')))
        return false;
    const int base = digits.starts_with("0x") ? 16 : digits.starts_with("0o") ? 8 : 0;
    const char* end = digits.data() + digits.size();
    if (base != 0) {
        unsigned long long number = 0;
        return std::from_chars(digits.data() + 2, end, number, base).ptr == end;
    }
    double number = 0;
    return std::from_chars(digits.data(), end, number).ptr == end;
}

MapReader::MapReader(const YamlNode& map, std::string what, const keys::Keys& known, Problems& problems,
                     Secrecy secrecy)
    : m_map(map)
    , m_what(std::move(what))
    , m_problems(problems)
    , m_secrecy(secrecy) {
    checkKeys(known);
}

void MapReader::checkKeys(const keys::Keys& known) const {
    for (const YamlNode& key : m_map.keys) {
        if (m_problems.full())
            return;
        if (key.kind == YamlNode::Kind::Refused ||
            std::find(known.begin(), known.end(), key.text) != known.end())
            continue;
        const std::string name = m_secrecy == Secrecy::Open && key.text.size() <= MostShown
                                     ? quoted(key.text)
                                     : keyForMessage(key.text);
        m_problems.add(key,
                       (name == "this key" ? "this" : name) + " is not a key of " + m_what +
                           didYouMean(name.starts_with('\'') ? key.text : std::string(), known, "its keys"));
    }
}

const YamlNode* MapReader::raw(std::string_view key) const {
    for (std::size_t i = 0; i < m_map.keys.size() && i < m_map.items.size(); ++i)
        if (m_map.keys[i].text == key && m_map.keys[i].kind == YamlNode::Kind::Scalar)
            return &m_map.items[i];
    return nullptr;
}

const YamlNode* MapReader::value(std::string_view key) const {
    const YamlNode* node = raw(key);
    if (!node || node->kind == YamlNode::Kind::Refused)
        return nullptr;
    if (node->kind == YamlNode::Kind::Null) {
        wrong(key, "has no value; write one, or remove the line.");
        return nullptr;
    }
    return node;
}

void MapReader::wrong(std::string_view key, const std::string& sentence) const {
    const YamlNode* node = raw(key);
    m_problems.add(node ? *node : m_map, quoted(key) + " " + sentence);
}

void MapReader::wants(std::string_view key, const YamlNode& node, const std::string& what) const {
    if (node.kind != YamlNode::Kind::Refused)
        m_problems.add(node, quoted(key) + " wants " + what + ", not " + found(node, m_secrecy) + ".");
}

bool MapReader::literal(std::string_view key, const YamlNode& node, std::string& to) const {
    auto text = withoutVariables(node.text);
    const bool nul = text && text->find('\0') != std::string::npos;
    if (!text)
        m_problems.add(node, text.error().message);
    else if (nul)
        m_problems.add(node, quoted(key) + " holds a NUL character.");
    else
        to = std::move(*text);
    return text && !nul;
}

bool MapReader::plainText(std::string_view key, const YamlNode& node, std::string& to) const {
    if (node.kind != YamlNode::Kind::Scalar) {
        wants(key, node, "text");
        return false;
    }
    if (node.plain && isNoText(node.text)) {
        m_problems.add(node, quoted(key) + " wants text; put " +
                                 (m_secrecy == Secrecy::Open ? found(node, m_secrecy) : "this value") +
                                 " in quotes if that is meant.");
        return false;
    }
    if (!literal(key, node, to))
        return false;
    const bool control = std::any_of(to.begin(), to.end(), isControl);
    if (control || to.find_first_not_of(' ') == std::string::npos || to.size() > 4096) {
        m_problems.add(node, quoted(key) + (control            ? " holds a line break or control character."
                                            : to.size() > 4096 ? " is longer than 4096 bytes."
                                                               : " is empty; write a value, or remove it."));
        to.clear();
        return false;
    }
    return true;
}

void MapReader::text(std::string_view key, std::string& to) const {
    if (const YamlNode* node = value(key))
        plainText(key, *node, to);
}

void MapReader::needed(std::string_view key, std::string& to) const {
    if (!has(key))
        m_problems.add(m_map, m_what + " needs " + quoted(key) + ".");
    text(key, to);
}

void MapReader::flag(std::string_view key, bool& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    const std::string word = node->plain ? node->text : std::string();
    const bool yes = word == "true" || word == "True" || word == "TRUE";
    if (yes || word == "false" || word == "False" || word == "FALSE")
        to = yes;
    else
        wants(key, *node, "true or false");
}

void MapReader::number(std::string_view key, int least, int most, int& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    const long number = node->plain ? wholeNumber(node->text) : -1;
    if (number < least || number > most)
        wants(key, *node, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    else
        to = static_cast<int>(number);
}

void MapReader::seconds(std::string_view key, int least, int most, std::chrono::seconds& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    const long number = withUnit(node->text, {{"s", 1}, {"m", 60}, {"h", 3600}, {"", 1}});
    if (number < least || number > most)
        wants(key, *node,
              "seconds from " + std::to_string(least) + " to " + std::to_string(most) +
                  ", like 90, 90s or 5m");
    else
        to = std::chrono::seconds{number};
}

void MapReader::bytes(std::string_view key, std::uint64_t& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    const long number = withUnit(node->text, {{"KiB", 1L << 10}, {"MiB", 1L << 20}, {"GiB", 1L << 30}});
    if (number < 0 || number > (1L << 30))
        wants(key, *node, "a size of at most 1GiB with its unit, like 512KiB or 4MiB");
    else
        to = static_cast<std::uint64_t>(number);
}

void MapReader::texts(std::string_view key, std::vector<std::string>& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    if (node->kind != YamlNode::Kind::List)
        return wants(key, *node, "a list, like [a, b]");
    if (node->items.empty())
        return wrong(key, "is an empty list; write something into it, or remove it.");
    for (const YamlNode& item : node->items) {
        std::string text;
        if (plainText(key, item, text))
            to.push_back(std::move(text));
    }
}

void MapReader::argv(std::string_view key, std::vector<std::string>& to) const {
    const YamlNode* node = value(key);
    if (!node)
        return;
    if (node->kind == YamlNode::Kind::Scalar)
        return wrong(key,
                     "wants a list of words, like [docker, restart, x], not one text: no shell splits it.");
    if (node->kind != YamlNode::Kind::List)
        return wants(key, *node, "a list of words, like [docker, restart, x]");
    if (node->items.empty())
        return wrong(key, "is an empty list; write a command into it, or remove it.");
    std::vector<std::string> words;
    for (const YamlNode& item : node->items) {
        std::string word;
        if (item.kind != YamlNode::Kind::Scalar)
            wants(key, item, "words");
        else if (literal(key, item, word))
            words.push_back(std::move(word));
    }
    if (words.size() != node->items.size())
        return; // said already
    if (words.front().empty())
        return wrong(key, "begins with an empty word, which is no command.");
    to = std::move(words);
}

} // namespace inodeck
