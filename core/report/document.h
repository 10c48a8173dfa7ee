#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace inodeck::report {

/// Text of one origin. All of it is printable(): one line of valid UTF-8.
struct Span {
    enum class Kind {
        Word,    ///< ours
        Said,    ///< a sentence that holds what others said: errors, reasons
        Literal, ///< a name, a path, a hash, a command
    };
    Kind kind = Kind::Word;
    std::string text;
};
using Text = std::vector<Span>;

/// Of our own words only.
Text word(std::string text);
/// A sentence that is printable already stays as it is; what is not is made so.
Text said(const std::string& sentence);
/// Bytes from outside.
Text literal(const std::string& bytes);

struct Heading {
    int level = 1; ///< 1 to 3
    Text text;
};
struct Paragraph {
    Text text;
};
/// Names and what they are.
struct FactList {
    std::vector<std::pair<std::string, Text>> rows;
};
struct Grid {
    std::vector<std::string> header;
    std::vector<std::vector<Text>> rows;
};
struct DiffBlock {
    struct Line {
        char mark = ' '; ///< '@', ' ', '-', '+'
        std::string text;
    };
    std::vector<Line> lines;
};
using Block = std::variant<Heading, Paragraph, FactList, Grid, DiffBlock>;

/// What a report says, apart from how it is written down.
struct Document {
    std::string title;
    std::vector<Block> blocks;
};

/// One page without scripts, that fetches nothing and whose policy forbids both. What is in it stays text.
std::string toHtml(const Document& document);
/// GitHub's Markdown. What is not ours stands in code, where nothing is a link, an image or HTML.
std::string toMarkdown(const Document& document);

} // namespace inodeck::report
