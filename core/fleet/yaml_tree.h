#pragma once

#include <optional>

#include "core/fleet/problems.h"

namespace inodeck {

/// A value of a YAML document and its place in the file.
struct YamlNode {
    enum class Kind {
        Null,
        Scalar,
        List,
        Map,
        Refused, ///< a problem of it is known already
    };
    Kind kind = Kind::Null;
    int line = 1; ///< both count from 1; columns are characters
    int column = 1;
    std::string text;            ///< of a scalar
    bool plain = false;          ///< a scalar without quotes, which may be a number or true
    std::vector<YamlNode> items; ///< of a list; the values of a map
    std::vector<YamlNode> keys;  ///< of a map: scalars, no two the same, one for each of `items`
};

/// One document of at most 1 MiB, 16 deep, in UTF-8. Anchors, aliases and tags are refused: a fleet file does
/// without, and neither can they make a small file a large one. nullopt: `problems` says why.
std::optional<YamlNode> parseYaml(const std::string& text, Problems& problems);

constexpr std::size_t MostYamlBytes = std::size_t{1} << 20;

} // namespace inodeck
