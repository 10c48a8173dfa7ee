#include "core/drift/line_marks.h"

#include <dtl/dtl.hpp>
#include <string_view>

namespace inodeck {

namespace {

constexpr std::size_t MaxPairs =
    100'000; ///< of words; beyond, only what both ends have in common is left out

bool inWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        std::size_t end = 0;
        while (end < text.size() && inWord(text[end]))
            ++end;
        words.push_back(text.substr(0, std::max<std::size_t>(end, 1)));
        text.remove_prefix(words.back().size());
    }
    return words;
}

void mark(std::vector<TextSpan>& marks, std::size_t at, std::size_t length) {
    if (!marks.empty() && marks.back().begin + marks.back().length == at)
        marks.back().length += length;
    else
        marks.push_back({at, length});
}

LineMarks byEnds(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
    std::size_t head = 0;
    std::size_t at = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head])
        at += before[head++].size();
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    const auto middle = [&](const std::vector<std::string_view>& words) {
        std::size_t length = 0;
        for (std::size_t i = head; i < words.size() - tail; ++i)
            length += words[i].size();
        return length > 0 ? std::vector<TextSpan>{{at, length}} : std::vector<TextSpan>{};
    };
    return {middle(before), middle(after)};
}

} // namespace

LineMarks lineMarks(const std::string& before, const std::string& after) {
    const auto old = wordsOf(before);
    const auto fresh = wordsOf(after);
    if (old.size() * fresh.size() > MaxPairs)
        return byEnds(old, fresh);
    dtl::Diff<std::string_view> diff(old, fresh);
    diff.compose();
    LineMarks marks;
    std::size_t oldAt = 0;
    std::size_t freshAt = 0;
    std::size_t common = 0;
    for (const auto& [word, info] : diff.getSes().getSequence()) {
        if (info.type == dtl::SES_DELETE)
            mark(marks.before, oldAt, word.size());
        else if (info.type == dtl::SES_ADD)
            mark(marks.after, freshAt, word.size());
        else if (word != " ")
            common += word.size();
        oldAt += info.type != dtl::SES_ADD ? word.size() : 0;
        freshAt += info.type != dtl::SES_DELETE ? word.size() : 0;
    }
    // Marks all over a line that was written anew are noise.
    return common * 4 < std::max(before.size(), after.size()) ? LineMarks{} : marks;
}

} // namespace inodeck
