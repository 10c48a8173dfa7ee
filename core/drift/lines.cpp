#include "core/drift/lines.h"

#include <algorithm>

namespace inodeck {

Lines linesOf(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

std::string_view withoutNewline(std::string_view line) {
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    return line;
}

std::vector<int> LineNumbers::of(const Lines& lines) {
    std::vector<int> numbers;
    numbers.reserve(lines.size());
    for (const std::string_view line : lines)
        numbers.push_back(m_known.try_emplace(key(line), static_cast<int>(m_known.size())).first->second);
    return numbers;
}

std::string_view LineNumbers::key(std::string_view line) {
    if (!m_ignoreBlanks)
        return line;
    std::string& kept = m_kept.emplace_back();
    std::copy_if(line.begin(), line.end(), std::back_inserter(kept),
                 [](char c) { return std::string_view(" \t\r\n\v\f").find(c) == std::string_view::npos; });
    return kept;
}

} // namespace inodeck
