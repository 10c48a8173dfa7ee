#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// Lowercase, two digits a byte.
std::string hexEncode(std::string_view bytes);
/// nullopt for an odd length or any character that is no hex digit.
std::optional<std::string> hexDecode(std::string_view hex);

} // namespace inodeck
