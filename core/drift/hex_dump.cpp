#include "core/drift/hex_dump.h"

#include <array>
#include <cstdio>
#include <string_view>

#include "core/base/mask.h"

namespace inodeck {

namespace {

constexpr std::size_t Head = 1024;
constexpr std::size_t PerLine = 16;

std::string dumpLine(std::string_view bytes, std::size_t offset) {
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%08zx ", offset);
    std::string hex = buffer.data();
    std::string text;
    for (std::size_t i = 0; i < PerLine; ++i) {
        if (i < bytes.size())
            std::snprintf(buffer.data(), buffer.size(), " %02x", static_cast<unsigned char>(bytes[i]));
        hex += i < bytes.size() ? buffer.data() : "   ";
        if (i < bytes.size())
            text += bytes[i] >= 0x20 && bytes[i] < 0x7F ? bytes[i] : '.';
    }
    return hex + "  |" + text + "|\n";
}

/// As text, each run of printable bytes a line.
bool holdsSecrets(std::string_view bytes) {
    std::string text(bytes);
    for (char& c : text)
        c = c >= 0x20 && c < 0x7F ? c : '\n';
    std::vector<std::string_view> lines;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        lines.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const auto masked = maskedLines(lines);
    return !std::equal(masked.begin(), masked.end(), lines.begin(), lines.end());
}

} // namespace

bool looksBinary(const std::string& bytes) {
    return std::string_view(bytes).substr(0, 8000).find('\0') != std::string_view::npos;
}

std::string hexHead(const std::string& bytes, const SideBySideOptions& options) {
    const std::string_view head = std::string_view(bytes).substr(0, Head);
    if (!options.reveal && !options.secretFile && holdsSecrets(head))
        return std::string(Mask) + "\n";
    std::string out;
    for (std::size_t at = 0; at < head.size(); at += PerLine)
        out += dumpLine(head.substr(at, PerLine), at);
    return out;
}

} // namespace inodeck
