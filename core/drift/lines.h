#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace inodeck {

using Lines = std::vector<std::string_view>;

/// The lines of a text, each with its newline.
Lines linesOf(std::string_view text);
std::string_view withoutNewline(std::string_view line);

/// Gives equal lines equal numbers, over several texts, which must outlive it.
class LineNumbers {
public:
    explicit LineNumbers(bool ignoreBlanks = false)
        : m_ignoreBlanks(ignoreBlanks) {}
    std::vector<int> of(const Lines& lines);

private:
    std::string_view key(std::string_view line);
    bool m_ignoreBlanks;
    std::deque<std::string> m_kept;
    std::unordered_map<std::string_view, int> m_known;
};

} // namespace inodeck
