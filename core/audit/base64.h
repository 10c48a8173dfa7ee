#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// RFC 4648, with padding, without line breaks.
std::string base64(std::string_view bytes);
/// nullopt unless `text` is exactly what base64() writes for some bytes.
std::optional<std::string> unbase64(std::string_view text);

} // namespace inodeck
