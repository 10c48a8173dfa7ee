#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace inodeck {

/// A part of a line's text, in bytes.
struct TextSpan {
    std::size_t begin = 0;
    std::size_t length = 0;
    bool operator==(const TextSpan&) const = default;
};

/// One line of one side as it is shown: valid UTF-8, one line, printable; a tab is an arrow and blanks.
struct ShownLine {
    std::size_t number = 0; ///< from 1; 0: this side has no line here
    std::string text;
    std::vector<TextSpan> marks; ///< what differs within a changed line
    bool noNewline = false;      ///< the last line, and it does not end
};

enum class RowKind { Same, Changed, Removed, Added };

struct SideRow {
    RowKind kind = RowKind::Same;
    ShownLine before;
    ShownLine after;
    bool hiddenDiffers = false; ///< the texts shown are the same, what is masked in them is not
};

struct SideBySideOptions {
    bool ignoreBlanks = false; ///< lines that differ in blanks only are the same
    bool reveal = false;       ///< show secrets; the caller has put that on record
    bool secretFile = false;   ///< all of it is secret
    std::function<bool()> stop;
};

struct SideBySide {
    bool equal = false;       ///< the same bytes; the rows are there all the same
    bool binary = false;      ///< the rows are a hex dump of both heads
    bool onlyBlanks = false;  ///< blanks were ignored, and nothing else differs
    bool approximate = false; ///< too much differs to compare line by line
    bool masked = false;      ///< something is hidden
    bool stopped = false;     ///< `stop` said so: there are no rows
    std::vector<SideRow> rows;
    std::vector<std::size_t> changes; ///< the first row of each run of rows that differ
};

/// What a process reads (`before`) against what the host has (`after`). Compares bytes, then masks: a secret
/// that differs is seen to differ. Pure; takes seconds for files of many MiB: not for the GUI thread.
SideBySide sideBySide(const std::string& before, const std::string& after,
                      const SideBySideOptions& options = {});

/// One line of the unified view of rows.
struct UnifiedLine {
    enum class Part { Header, Both, Before, After };
    Part part = Part::Both;
    std::size_t row = 0;
    std::string header; ///< "@@ -1,7 +1,8 @@"
};
/// The changes with so many lines around them.
std::vector<UnifiedLine> unifiedLines(const SideBySide& sides, std::size_t context = 3);

} // namespace inodeck
