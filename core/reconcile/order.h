#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace inodeck {

/// What the order of restarts depends on.
struct OrderKey {
    std::size_t rank = Unranked; ///< place in the fleet file
    std::string project;
    std::string service;
    std::string name;                   ///< of the container
    std::vector<std::string> dependsOn; ///< services of the same project

    static constexpr std::size_t Unranked = static_cast<std::size_t>(-1);
};

/// Indices of `keys` in the order of restarts: those of the fleet file as it has them; then the others, each
/// after what it depends on, otherwise by project, service and name. A circle of dependencies is broken by
/// name.
std::vector<std::size_t> restartOrder(const std::vector<OrderKey>& keys);

} // namespace inodeck
