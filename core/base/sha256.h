#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// A SHA-256 digest: 32 bytes, shown as 64 lowercase hex digits (FIPS 180-4).
class Sha256 {
public:
    static constexpr std::size_t Size = 32;

    /// nullopt unless `hex` is exactly 64 hex digits.
    static std::optional<Sha256> fromHex(std::string_view hex);
    /// Digest of `bytes`, by OpenSSL.
    static Sha256 of(std::string_view bytes);

    std::string hex() const;
    const std::array<unsigned char, Size>& bytes() const { return m_bytes; }

    auto operator<=>(const Sha256&) const = default;

private:
    std::array<unsigned char, Size> m_bytes{};
};

} // namespace inodeck
