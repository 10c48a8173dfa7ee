#include "core/base/mask_forms.h"

#include <algorithm>
#include <array>

#include "core/base/mask.h"
#include "core/base/redact.h"

namespace inodeck {

namespace {

constexpr std::size_t None = std::string_view::npos;

/// user:password of URLs, whatever the password is made of.
void hideUserInfo(std::string& text) {
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
        const std::size_t end = std::min(text.find_first_of(" \t\"'`<>|,;", at + 3), text.size());
        const std::size_t sign = text.rfind('@', end - 1);
        if (sign != std::string::npos && sign > at + 3 && sign < end)
            text.replace(at + 3, sign - at - 3, Mask);
    }
}

/// Hashes of passwords, as htpasswd, shadow, Caddyfiles and LDAP have them.
void hideHashes(std::string& text) {
    static constexpr std::array<std::string_view, 11> Begins{
        "$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$apr1$", "$argon2", "$y$", "{SHA}", "{SSHA"};
    for (const std::string_view begin : Begins)
        for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1))
            text.replace(at, std::min(text.find_first_of(" \t\"'`,:", at), text.size()) - at, Mask);
}

/// Long words of mixed letters and digits: tokens that stand there without a name.
void hideRandomWords(std::string& text) {
    constexpr std::size_t Least = 28;
    const auto inWord = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        int upper = 0, small = 0, digits = 0;
        for (; end < text.size() && inWord(text[end]); ++end) {
            upper += text[end] >= 'A' && text[end] <= 'Z';
            small += text[end] >= 'a' && text[end] <= 'z';
            digits += text[end] >= '0' && text[end] <= '9';
        }
        if (end - at >= Least && upper > 1 && small > 1 && digits > 1) {
            text.replace(at, end - at, Mask);
            end = at + Mask.size();
        }
        at = std::max(end, at + 1);
    }
}

} // namespace

void hideForms(std::string& text) {
    hideUserInfo(text);
    hideHashes(text);
    hideRandomWords(text);
}

std::string withoutKnownForms(std::string_view text) {
    constexpr std::size_t Piece = 3000;
    std::string out;
    while (!text.empty()) {
        std::size_t end = text.size();
        if (end > Piece) {
            end = text.find_last_of(" \t,;\"'&<>{}()[]", Piece);
            end = end == None ? 0 : end + 1;
        }
        if (end == 0) { // one word without an end: no configuration that people read
            const std::size_t stop = std::min(text.find_first_of(" \t,;\"'"), text.size());
            out += Mask;
            text.remove_prefix(stop);
            continue;
        }
        out += redacted(std::string(text.substr(0, end)), Piece * 2);
        text.remove_prefix(end);
    }
    return out;
}

} // namespace inodeck
