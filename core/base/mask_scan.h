#pragma once

#include <string_view>

namespace inodeck::masking {

/// Where the words, quoted texts and brackets of a line of configuration begin and end.

constexpr std::string_view Blanks = " \t\r";
constexpr std::size_t None = std::string_view::npos;

bool isNameChar(char c);
bool isQuote(char c);
std::string_view trimmed(std::string_view text);
/// The end of the quoted text that begins at `at`; None: it goes on in the next line.
std::size_t endOfQuoted(std::string_view line, std::size_t at);
/// Goes on counting brackets from `at`, quoted text left out; where they are closed, or None.
std::size_t endOfBrackets(std::string_view line, std::size_t at, int& depth);

} // namespace inodeck::masking
