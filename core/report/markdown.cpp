#include <algorithm>

#include "core/report/document.h"

namespace inodeck::report {

namespace {

/// The longest run of backticks in a text.
std::size_t longestRun(const std::string& text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// CommonMark takes one blank off both ends of a code span.
std::string codeSpan(const std::string& text) {
    if (text.empty())
        return "(empty)";
    const std::string fence(longestRun(text) + 1, '`');
    const auto needsAir = [](char c) { return c == '`' || c == ' '; };
    const std::string air = needsAir(text.front()) || needsAir(text.back()) ? " " : "";
    return fence + air + text + air + fence;
}

/// Our own words hold no markup, but may hold characters of it.
std::string ownWords(const std::string& text) {
    static constexpr std::string_view Markup = "\\`*_{}[]<>#|~&!";
    std::string out;
    for (const char c : text) {
        if (Markup.find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

std::string inlineMarkdown(const Text& text) {
    std::string out;
    for (const Span& span : text)
        out += span.kind == Span::Kind::Word ? ownWords(span.text) : codeSpan(span.text);
    return out;
}

/// In a table a bar ends the cell, in code too.
std::string cell(const Text& text) {
    std::string out;
    for (const Span& span : text) {
        const std::string part = inlineMarkdown({span});
        for (const char c : part) {
            if (c == '|' && span.kind != Span::Kind::Word)
                out += '\\';
            out += c;
        }
    }
    return out;
}

std::string row(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& one : cells)
        out += " " + one + " |";
    return out + "\n";
}

struct ToMarkdown {
    std::string& out;

    void operator()(const Heading& heading) const {
        out += std::string(static_cast<std::size_t>(heading.level), '#') + " " +
               inlineMarkdown(heading.text) + "\n\n";
    }
    void operator()(const Paragraph& paragraph) const { out += inlineMarkdown(paragraph.text) + "\n\n"; }
    void operator()(const FactList& facts) const {
        for (const auto& [name, what] : facts.rows)
            out += "- " + ownWords(name) + ": " + inlineMarkdown(what) + "\n";
        out += "\n";
    }
    void operator()(const Grid& grid) const {
        std::vector<std::string> cells;
        for (const std::string& name : grid.header)
            cells.push_back(ownWords(name));
        out += row(cells) + row(std::vector<std::string>(cells.size(), "---"));
        for (const auto& line : grid.rows) {
            cells.clear();
            for (const Text& text : line)
                cells.push_back(cell(text));
            out += row(cells);
        }
        out += "\n";
    }
    void operator()(const DiffBlock& diff) const {
        std::size_t longest = 2;
        for (const DiffBlock::Line& line : diff.lines)
            longest = std::max(longest, longestRun(line.text));
        const std::string fence(longest + 1, '`');
        out += fence + "diff\n";
        for (const DiffBlock::Line& line : diff.lines)
            out += (line.mark == '@' ? line.text : line.mark + line.text) + "\n";
        out += fence + "\n\n";
    }
};

} // namespace

std::string toMarkdown(const Document& document) {
    std::string out;
    for (const Block& block : document.blocks)
        std::visit(ToMarkdown{out}, block);
    return out;
}

} // namespace inodeck::report
