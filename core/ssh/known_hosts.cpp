#include "core/ssh/known_hosts.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <optional>

#include "core/base/sha256.h"

namespace inodeck::ssh {
namespace {

constexpr std::size_t MaxFile = std::size_t{16} << 20;

std::optional<std::string> decodeBase64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0)
        return std::nullopt;
    std::string out(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0)
        return std::nullopt;
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

std::string encodeBase64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string hmacSha1(std::string_view salt, std::string_view name) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha1(), salt.data(), static_cast<int>(salt.size()),
         reinterpret_cast<const unsigned char*>(name.data()), name.size(), digest.data(), &size);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// `*` and `?`; linear in practice, no recursion that a long pattern could blow up.
bool wildcardMatch(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool hashedMatch(std::string_view field, std::string_view name) {
    const auto separator = field.find('|', 3);
    if (separator == std::string_view::npos)
        return false;
    const auto salt = decodeBase64(field.substr(3, separator - 3));
    const auto hash = decodeBase64(field.substr(separator + 1));
    return salt && hash && hmacSha1(*salt, name) == *hash;
}

/// A list of patterns: one that matches with `!` rules the whole line out.
bool patternsMatch(std::string_view patterns, std::string_view name) {
    if (patterns.starts_with("|1|"))
        return hashedMatch(patterns, name);
    bool matched = false;
    while (!patterns.empty()) {
        const auto comma = std::min(patterns.find(','), patterns.size());
        auto pattern = patterns.substr(0, comma);
        patterns.remove_prefix(std::min(comma + 1, patterns.size()));
        const bool negated = pattern.starts_with('!');
        if (negated)
            pattern.remove_prefix(1);
        if (pattern.empty() || !wildcardMatch(lower(pattern), name))
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}

std::string_view nextField(std::string_view& line) {
    const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
    const auto end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const auto field = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return field;
}

std::optional<KnownKey> matchLine(std::string_view line, std::string_view name) {
    KnownKey known;
    auto patterns = nextField(line);
    if (patterns.empty() || patterns.front() == '#')
        return std::nullopt;
    if (patterns.front() == '@') {
        if (patterns == "@revoked")
            known.marker = KnownKey::Marker::Revoked;
        else if (patterns == "@cert-authority")
            known.marker = KnownKey::Marker::CertAuthority;
        else
            return std::nullopt;
        patterns = nextField(line);
    }
    if (patterns.empty() || !patternsMatch(patterns, name))
        return std::nullopt;
    known.key.type = nextField(line);
    known.key.base64 = nextField(line);
    if (!decodeBase64(known.key.base64))
        return std::nullopt;
    return known;
}

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text;
    std::array<char, 65536> chunk;
    while (file && text.size() < MaxFile) {
        file.read(chunk.data(), chunk.size());
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
    }
    return text;
}

std::optional<KeyJudgement> judgeLines(const std::vector<KnownKey>& lines, const PublicKey& offered) {
    for (const auto& line : lines) {
        if (line.marker == KnownKey::Marker::Revoked && line.key.base64 == offered.base64)
            return KeyJudgement{KeyJudgement::State::Revoked, line, false};
    }
    for (const auto& line : lines) {
        if (line.marker == KnownKey::Marker::None && line.key.base64 == offered.base64)
            return KeyJudgement{KeyJudgement::State::Known, line, false};
    }
    return std::nullopt;
}

} // namespace

std::string fingerprintOf(const PublicKey& key) {
    const auto blob = decodeBase64(key.base64);
    if (!blob)
        return {};
    const auto digest = Sha256::of(*blob);
    auto text = encodeBase64({reinterpret_cast<const char*>(digest.bytes().data()), digest.bytes().size()});
    text.erase(text.find_last_not_of('=') + 1);
    return "SHA256:" + text;
}

std::string knownHostsName(std::string_view host, int port) {
    const std::string name = lower(host);
    return port == 22 ? name : "[" + name + "]:" + std::to_string(port);
}

std::vector<KnownKey> matchKnownHosts(std::string_view text, std::string_view name, const std::string& file) {
    std::vector<KnownKey> found;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        if (auto known = matchLine(text.substr(0, end), name)) {
            known->file = file;
            known->line = number;
            found.push_back(*std::move(known));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

std::vector<std::string> KnownHost::knownTypes() const {
    std::vector<std::string> types;
    for (const auto* lines : {&exact, &bare}) {
        for (const auto& line : *lines) {
            if (line.marker == KnownKey::Marker::None &&
                std::find(types.begin(), types.end(), line.key.type) == types.end())
                types.push_back(line.key.type);
        }
    }
    return types;
}

KnownHost readKnownHosts(const std::vector<std::string>& files, std::string_view host, int port,
                         std::string_view alias) {
    KnownHost known;
    known.name = alias.empty() ? knownHostsName(host, port) : lower(alias);
    const std::string bareName = lower(host);
    for (const auto& file : files) {
        if (file == "none")
            continue;
        const std::string text = readFile(file);
        const auto append = [&](std::vector<KnownKey>& to, const std::string& name) {
            auto lines = matchKnownHosts(text, name, file);
            std::move(lines.begin(), lines.end(), std::back_inserter(to));
        };
        append(known.exact, known.name);
        if (alias.empty() && port != 22)
            append(known.bare, bareName);
    }
    return known;
}

KeyJudgement judgeKey(const KnownHost& host, const PublicKey& offered) {
    if (auto judged = judgeLines(host.exact, offered))
        return *judged;
    KeyJudgement judgement;
    for (const auto& line : host.exact) {
        if (line.marker == KnownKey::Marker::CertAuthority)
            judgement.certAuthority = true;
        if (line.marker != KnownKey::Marker::None || judgement.state == KeyJudgement::State::Changed)
            continue;
        judgement.state =
            line.key.type == offered.type ? KeyJudgement::State::Changed : KeyJudgement::State::OtherType;
        judgement.known = line;
    }
    if (judgement.state != KeyJudgement::State::Unknown)
        return judgement;
    // Another machine behind the same name on another port is common, so only agreement counts here.
    if (auto judged = judgeLines(host.bare, offered))
        return *judged;
    for (const auto& line : host.bare)
        judgement.certAuthority |= line.marker == KnownKey::Marker::CertAuthority;
    return judgement;
}

std::string knownHostsLine(const std::string& name, const PublicKey& key, bool hashed) {
    std::string host = name;
    if (hashed) {
        std::array<unsigned char, 20> salt{};
        RAND_bytes(salt.data(), salt.size());
        const std::string_view bytes(reinterpret_cast<const char*>(salt.data()), salt.size());
        host = "|1|" + encodeBase64(bytes) + "|" + encodeBase64(hmacSha1(bytes, name));
    }
    return host + " " + key.type + " " + key.base64;
}

} // namespace inodeck::ssh
