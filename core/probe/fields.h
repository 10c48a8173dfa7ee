#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace inodeck {

/// Splits at the first blank: the word goes, `rest` keeps what follows.
inline std::string_view nextWord(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

/// The whole of `text` as a number of type T; nullopt otherwise.
template <typename T> std::optional<T> toNumber(std::string_view text, int base = 10) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace inodeck
