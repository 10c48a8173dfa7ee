#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inodeck {

/// Hostile bytes made literal for people: valid UTF-8 stays; control characters, invalid bytes, and the bidi,
/// zero-width and line-separator characters that can reorder or hide text become visible escapes (\n, \x1b,
/// \u202e). A backslash becomes \\ so that the escapes cannot be forged. The result is one line of valid
/// UTF-8.
std::string printable(std::string_view bytes);

/// Whether `bytes` is well-formed UTF-8 (RFC 3629: no overlongs, no surrogates).
bool isUtf8(std::string_view bytes);

/// The next line of `text`, which loses it and its LF; nullopt without a LF.
std::optional<std::string_view> takeLine(std::string_view& text);

/// One POSIX shell word that means exactly `argument` (single quotes). NUL cannot be expressed and is
/// dropped.
std::string shellQuote(std::string_view argument);
/// The words of `argv`, each quoted where it must be, joined by spaces: what a person can paste.
std::string shellJoin(const std::vector<std::string>& argv);

} // namespace inodeck
