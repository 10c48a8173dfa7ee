#pragma once

#include <optional>
#include <string_view>

#include "core/drift/observation.h"

namespace inodeck {

/// One "container {json}" line of the probe; nullopt when it is not what the template prints.
std::optional<Container> parseContainer(std::string_view json);

} // namespace inodeck
