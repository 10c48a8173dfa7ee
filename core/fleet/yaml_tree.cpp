#include "core/fleet/yaml_tree.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MostDepth = 16;

/// Where a byte is, as editors count.
struct Places {
    explicit Places(const std::string& text)
        : m_text(text)
        , m_begins{0} {
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
            m_begins.push_back(at + 1);
    }

    std::pair<int, int> of(std::size_t line, std::size_t byteColumn) {
        line = std::min(line, m_begins.size() - 1);
        const std::size_t begin = m_begins[line];
        const std::size_t end = std::min(begin + byteColumn, m_text.size());
        // Mostly one place is right of the last: a long line is counted once, not once for each of its
        // values.
        const bool on = m_counted >= begin && m_counted <= end && m_line == line;
        const std::size_t from = on ? m_counted : begin;
        m_characters = on ? m_characters : 0;
        m_characters += std::count_if(m_text.begin() + static_cast<std::ptrdiff_t>(from),
                                      m_text.begin() + static_cast<std::ptrdiff_t>(end),
                                      [](char c) { return (c & 0xC0) != 0x80; });
        m_line = line;
        m_counted = end;
        return {static_cast<int>(line) + 1, static_cast<int>(m_characters) + 1};
    }
    std::pair<int, int> of(std::size_t offset) {
        const auto after = std::upper_bound(m_begins.begin(), m_begins.end(), offset);
        const auto line = static_cast<std::size_t>(after - m_begins.begin()) - 1;
        return of(line, offset - m_begins[line]);
    }
    std::pair<int, int> of(const YAML::Mark& mark) {
        return mark.is_null()
                   ? std::pair{1, 1}
                   : of(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
    }

private:
    const std::string& m_text;
    std::vector<std::size_t> m_begins;
    std::size_t m_line = 0;
    std::size_t m_counted = 0; ///< the byte up to which m_characters of m_line are counted
    std::ptrdiff_t m_characters = 0;
};

/// Builds the tree from the parser's events; the parser's own tree loses duplicate keys and expands aliases.
class Builder : public YAML::EventHandler {
public:
    Builder(Places& places, Problems& problems)
        : m_places(places)
        , m_problems(problems) {}

    YamlNode root;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        put(node(YamlNode::Kind::Null, mark, {}, anchor), mark);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        put(node(YamlNode::Kind::Refused, mark, {}, 1), mark);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode scalar = node(YamlNode::Kind::Scalar, mark, tag, anchor);
        scalar.text = value;
        scalar.plain = tag == "?";
        put(std::move(scalar), mark);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(node(YamlNode::Kind::List, mark, tag, anchor), mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(node(YamlNode::Kind::Map, mark, tag, anchor), mark);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        YamlNode node;
        std::map<std::string, int> seen; ///< the keys of a map, and their lines
        bool hasKey = false;
        bool twice = false; ///< the key was there before: its value is dropped
    };

    YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor) {
        YamlNode made;
        made.kind = kind;
        std::tie(made.line, made.column) = m_places.of(mark);
        if (anchor != YAML::NullAnchor)
            m_problems.add(made,
                           "anchors and aliases (&name, *name) are not taken in a fleet file; write the "
                           "value out, or use 'defaults'.");
        else if (!tag.empty() && tag != "?" && tag != "!")
            m_problems.add(made, "tags (!name) are not taken in a fleet file; remove it.");
        return made;
    }

    bool wantsKey() const {
        return !m_open.empty() && m_open.back().node.kind == YamlNode::Kind::Map && !m_open.back().hasKey;
    }

    void open(YamlNode node, const YAML::Mark& mark) {
        if (wantsKey())
            throw YAML::ParserException(
                mark, "a list or map stands where a key should; look for an open bracket or a missing quote");
        if (m_open.size() == MostDepth)
            throw YAML::ParserException(mark, "this is nested more than 16 deep, which no fleet file is");
        m_open.push_back({std::move(node), {}, false, false});
    }

    void close() {
        YamlNode done = std::move(m_open.back().node);
        m_open.pop_back();
        put(std::move(done), YAML::Mark());
    }

    void put(YamlNode value, const YAML::Mark& mark) {
        if (m_open.empty())
            root = std::move(value);
        else if (wantsKey())
            putKey(std::move(value), mark);
        else
            putValue(m_open.back(), std::move(value));
    }

    void putKey(YamlNode key, const YAML::Mark& mark) {
        if (key.kind == YamlNode::Kind::Null)
            throw YAML::ParserException(mark, "a key is missing before the ':'");
        Open& map = m_open.back();
        const auto [first, fresh] = map.seen.emplace(key.text, key.line);
        map.hasKey = true;
        map.twice = !fresh;
        if (map.twice)
            m_problems.add(key, keyForMessage(key.text) + " stands on line " + std::to_string(first->second) +
                                    " already; remove one of the two.");
        else
            map.node.keys.push_back(std::move(key));
    }

    static void putValue(Open& in, YamlNode value) {
        if (value.kind == YamlNode::Kind::Null && in.hasKey &&
            !in.twice) { // its own place is what comes next
            value.line = in.node.keys.back().line;
            value.column = in.node.keys.back().column;
        }
        if (!in.twice)
            in.node.items.push_back(std::move(value));
        in.hasKey = false;
        in.twice = false;
    }

    Places& m_places;
    Problems& m_problems;
    std::vector<Open> m_open;
};

/// The parser's words, for people.
std::string explained(const std::string& words) {
    static const std::map<std::string, std::string> Plain{
        {"illegal map value", "there is a ': ' inside a value; put the value in quotes"},
        {"end of map not found", "this line is indented differently from the others of its map"},
        {"end of sequence not found", "this line is indented differently from the others of its list"},
        {"end of map flow not found", "a '{' is not closed"},
        {"end of sequence flow not found", "a '[' is not closed"},
        {"illegal EOF in scalar", "a quote is not closed"},
        {"illegal document indicator in scalar", "a quote is not closed"},
        {"unknown token", "a value cannot begin with this character; put it in quotes"},
        {"illegal block entry", "a list begins where none can"},
        {"illegal flow end", "a bracket is closed that is not open"},
    };
    const auto found = Plain.find(words);
    return found == Plain.end() ? printable(words) : found->second;
}

/// How many bytes are UTF-8 before the first that is not.
std::size_t goodUtf8(std::string_view bytes) {
    std::size_t good = 0;
    while (good < bytes.size()) {
        std::size_t length = 1;
        while (length <= 4 && !isUtf8(bytes.substr(good, length)))
            ++length;
        if (length > 4)
            break;
        good += length;
    }
    return good;
}

/// What is wrong with the bytes, before they are looked at as YAML; npos: nothing.
std::pair<std::size_t, std::string> badByte(const std::string& text) {
    if (text.size() > MostYamlBytes)
        return {0, "the file is larger than 1 MiB, which no fleet file is."};
    std::size_t line = 0;
    while (line < text.size()) {
        const std::size_t end = std::min(text.find('\n', line), text.size());
        const std::string_view bytes = std::string_view(text).substr(line, end - line);
        if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
            return {line + nul, "there is a NUL byte; save the file as UTF-8 text."};
        if (!isUtf8(bytes)) {
            const std::size_t good = goodUtf8(bytes);
            return {line + good, "this byte is not UTF-8; save the file as UTF-8."};
        }
        const std::size_t indent = bytes.find_first_not_of(' ');
        if (indent != std::string_view::npos && bytes[indent] == '\t' &&
            bytes.find_first_not_of(" \t\r") != std::string_view::npos)
            return {line + indent, "there is a tab in the indentation; YAML wants blanks."};
        line = end + 1;
    }
    return {std::string::npos, {}};
}

class NoDocument final : public Builder {
public:
    using Builder::Builder;
    void OnDocumentStart(const YAML::Mark& mark) override {
        throw YAML::ParserException(mark, "a second document begins here, and a fleet file is one");
    }
};

void readDocument(const std::string& text, Builder& builder, Places& places, Problems& problems) {
    try {
        // The end of a document: without it the parser takes a quote that is not closed by the end of the
        // file.
        std::istringstream stream(text + "\n...\n");
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder))
            return problems.add(1, 1, "the file is empty; it wants at least 'hosts' or 'services'.");
        NoDocument more(places, problems);
        parser.HandleNextDocument(more);
    } catch (const YAML::Exception& error) {
        const auto [line, column] = places.of(error.mark);
        problems.add(line, column, "this cannot be read as YAML: " + explained(error.msg) + ".");
    }
}

} // namespace

std::optional<YamlNode> parseYaml(const std::string& text, Problems& problems) {
    const bool marked = text.starts_with("\xEF\xBB\xBF");
    const std::string body = marked ? text.substr(3) : text;
    Places places(body);
    if (const auto [offset, sentence] = badByte(body); offset != std::string::npos) {
        const auto [line, column] = places.of(offset);
        problems.add(line, column, sentence);
        return std::nullopt;
    }
    Problems syntax;
    Builder builder(places, problems);
    readDocument(body, builder, places, syntax);
    for (const FleetProblem& problem : syntax.inOrder())
        problems.add(problem, problem.sentence);
    if (!syntax.empty())
        return std::nullopt;
    return std::move(builder.root);
}

} // namespace inodeck
