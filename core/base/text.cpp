#include "core/base/text.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace inodeck {

namespace {

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 0; ///< 0: not well-formed here
};

CodePoint decode(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = at(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length)
        return {};
    std::uint32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80)
            return {};
        value = value << 6 | (at(i) & 0x3Fu);
    }
    static constexpr std::array<std::uint32_t, 5> Smallest{0, 0, 0x80, 0x800, 0x10000};
    if (value < Smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return {};
    return {value, length};
}

/// Characters that reorder, hide or break a line; Unicode TR36 and the "Trojan Source" list.
bool deceptive(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

std::string escape(std::uint32_t c) {
    switch (c) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    std::array<char, 16> buffer{};
    const char* format = c < 0x80 ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
    std::snprintf(buffer.data(), buffer.size(), format, c);
    return buffer.data();
}

} // namespace

std::string printable(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const CodePoint c = decode(bytes);
        if (c.length == 0) {
            std::array<char, 8> buffer{};
            std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned char>(bytes[0]));
            out += buffer.data();
            bytes.remove_prefix(1);
            continue;
        }
        if (c.value == '\\')
            out += "\\\\";
        else if (deceptive(c.value))
            out += escape(c.value);
        else
            out += bytes.substr(0, c.length);
        bytes.remove_prefix(c.length);
    }
    return out;
}

bool isUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const CodePoint c = decode(bytes);
        if (c.length == 0)
            return false;
        bytes.remove_prefix(c.length);
    }
    return true;
}

std::optional<std::string_view> takeLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::string shellQuote(std::string_view argument) {
    std::string out = "'";
    for (const char c : argument) {
        if (c == '\'')
            out += "'\\''";
        else if (c != '\0')
            out += c;
    }
    return out + "'";
}

std::string shellJoin(const std::vector<std::string>& argv) {
    static constexpr std::string_view Plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+:,./-";
    std::string out;
    for (const std::string& word : argv) {
        if (!out.empty())
            out += ' ';
        const bool plain = !word.empty() && word.find_first_not_of(Plain) == std::string::npos;
        out += plain ? word : shellQuote(word);
    }
    return out;
}

} // namespace inodeck
