#pragma once

#include "core/fleet/fleet.h"

namespace inodeck {

/// Collects what is wrong while a file is read.
class Problems {
public:
    static constexpr std::size_t Most = 20;

    void add(int line, int column, std::string sentence) {
        if (!full())
            m_found.push_back({line, column, std::move(sentence)});
    }
    /// Anything with a place: a YamlNode.
    template <typename Place> void add(const Place& place, std::string sentence) {
        add(place.line, place.column, std::move(sentence));
    }
    /// Nothing more is taken: no use in looking on.
    bool full() const { return m_found.size() >= Most; }
    bool empty() const { return m_found.empty(); }
    /// In the order of the file.
    std::vector<FleetProblem> inOrder() const;

private:
    std::vector<FleetProblem> m_found;
};

/// "'hosts'", or "this key" for what is no plain word: it may be a value, and a secret.
std::string keyForMessage(const std::string& key);
/// "; did you mean 'protected'?" where one of `known` is near, else "; " + `others` + " are a, b and c.".
std::string didYouMean(std::string_view word, const std::vector<std::string_view>& known,
                       std::string_view others);

} // namespace inodeck
