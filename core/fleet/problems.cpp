#include "core/fleet/problems.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MostNamed = 20;

/// As people mistake them: case and '-' for '_' do not count.
std::string folded(std::string_view word) {
    std::string text(word);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::tolower(c)); });
    return text;
}

/// How many letters must be typed, deleted or changed to make one of the other.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, diagonal + 1, row[j] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

std::vector<FleetProblem> Problems::inOrder() const {
    std::vector<FleetProblem> sorted = m_found;
    std::stable_sort(sorted.begin(), sorted.end(), [](const FleetProblem& a, const FleetProblem& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    return sorted;
}

std::string problemLine(const std::string& path, const FleetProblem& problem) {
    return printable(path) + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column) +
           ": " + problem.sentence;
}

std::string keyForMessage(const std::string& key) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    };
    const bool word = !key.empty() && key.size() <= 16 && std::all_of(key.begin(), key.end(), letter);
    return word ? "'" + key + "'" : "this key";
}

std::string didYouMean(std::string_view word, const std::vector<std::string_view>& known,
                       std::string_view others) {
    std::string_view nearest;
    std::size_t best = std::min<std::size_t>(2, word.size() / 2) + 1;
    for (const std::string_view candidate : known) {
        if (word.size() > candidate.size() + 2)
            continue;
        const std::size_t far = distance(folded(word), folded(candidate));
        if (far < best) {
            best = far;
            nearest = candidate;
        }
    }
    if (!nearest.empty())
        return "; did you mean '" + printable(nearest) + "'?";
    if (known.empty() || known.size() > MostNamed)
        return ".";
    std::string names;
    for (std::size_t i = 0; i < known.size(); ++i)
        names += (i == 0 ? "" : i + 1 == known.size() ? " and " : ", ") + printable(known[i]);
    return "; " + std::string(others) + (known.size() == 1 ? " is " : " are ") + names + ".";
}

} // namespace inodeck
