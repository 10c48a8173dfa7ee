#include "core/drift/shown_line.h"

#include <algorithm>

#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MaxBytes = 4000; ///< of a line; nobody reads more, and painting it takes long
constexpr std::size_t Around = 200;    ///< what is kept before the first difference
constexpr std::size_t TabWidth = 4;

std::string withTabs(std::string_view line) {
    std::string out;
    std::size_t column = 0;
    while (true) {
        const std::size_t tab = std::min(line.find('\t'), line.size());
        const std::string part = printable(line.substr(0, tab));
        column += static_cast<std::size_t>(std::count_if(
            part.begin(), part.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
        out += part;
        if (tab == line.size())
            return out;
        const std::size_t blanks = TabWidth - 1 - column % TabWidth;
        out += "\xe2\x86\x92" + std::string(blanks, ' ');
        column += blanks + 1;
        line.remove_prefix(tab + 1);
    }
}

bool insideCharacter(const std::string& text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::string part(const std::string& text, std::size_t begin) {
    std::size_t first = std::min(begin, text.size());
    while (first > 0 && insideCharacter(text, first))
        --first;
    std::size_t end = std::min(first + MaxBytes, text.size());
    while (end > first && insideCharacter(text, end))
        --end;
    const auto note = [](std::size_t bytes) { return "[\xe2\x80\xa6 " + std::to_string(bytes) + " bytes]"; };
    std::string out = first > 0 ? note(first) + " " : std::string();
    out += printable(text.substr(first, end - first));
    return end < text.size() ? out + " " + note(text.size() - end) : out;
}

} // namespace

void makeShown(ShownLine& before, ShownLine& after) {
    if (std::max(before.text.size(), after.text.size()) <= MaxBytes) {
        before.text = withTabs(before.text);
        after.text = withTabs(after.text);
        return;
    }
    const auto [differs, other] =
        std::mismatch(before.text.begin(), before.text.end(), after.text.begin(), after.text.end());
    const auto at = static_cast<std::size_t>(differs - before.text.begin());
    const bool same = differs == before.text.end() && other == after.text.end();
    const std::size_t begin = same || at + Around < MaxBytes ? 0 : at - Around;
    before.text = part(before.text, begin);
    after.text = part(after.text, begin);
}

} // namespace inodeck
