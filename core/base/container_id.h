#pragma once

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// A container's full id: 64 lowercase hex digits (Docker, podman). Safe in a command line by construction.
class ContainerId {
public:
    ContainerId() = default;

    /// nullopt unless `text` is exactly 64 lowercase hex digits.
    static std::optional<ContainerId> parse(std::string_view text) {
        const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
        if (text.size() != 64 || !std::all_of(text.begin(), text.end(), isHex))
            return std::nullopt;
        ContainerId id;
        id.m_hex = text;
        return id;
    }

    const std::string& hex() const { return m_hex; }
    /// The 12 digits that `docker ps` shows.
    std::string brief() const { return m_hex.substr(0, 12); }

    auto operator<=>(const ContainerId&) const = default;

private:
    std::string m_hex;
};

} // namespace inodeck
