#include "core/base/mask.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/mask_forms.h"
#include "core/base/masker.h"

namespace inodeck {

using namespace masking;

namespace {

/// Of a file that is secret as a whole: the names of its keys, at most.
std::string onlyTheName(std::string_view line) {
    const std::string_view words = trimmed(line);
    if (words.empty())
        return std::string(line);
    std::size_t end = 0;
    while (end < words.size() && isNameChar(words[end]) && words[end] != '/')
        ++end;
    const std::string_view value =
        end < words.size() && words[end] == '=' ? trimmed(words.substr(end + 1)) : std::string_view{};
    // "Q==" is the end of something in base64, not a key.
    if (end == 0 || end > 60 || value.empty() || value.front() == '=')
        return std::string(Mask);
    return std::string(words.substr(0, end + 1)) + std::string(Mask);
}

bool isSecretManifest(const std::vector<std::string_view>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
        return line.size() < 80 && line.find("kind") != None && line.find("Secret") != None;
    });
}

} // namespace

std::vector<std::string> maskedLines(const std::vector<std::string_view>& lines, const MaskOptions& options) {
    std::vector<std::string> masked;
    masked.reserve(lines.size());
    Masker masker(isSecretManifest(lines));
    std::unordered_map<std::string, std::string> known; // files repeat their lines
    for (const std::string_view line : lines) {
        if (masked.size() % 256 == 0 && options.stop && options.stop())
            return {};
        if (options.everything) {
            masked.push_back(onlyTheName(line));
            continue;
        }
        std::string one = masker.next(line);
        if (trimmed(one) != Mask) {
            const auto [found, isNew] = known.try_emplace(one);
            if (isNew)
                found->second = withoutKnownForms(one);
            one = found->second;
        }
        masked.push_back(std::move(one));
    }
    return masked;
}

} // namespace inodeck
