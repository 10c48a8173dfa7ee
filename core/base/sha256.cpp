#include "core/base/sha256.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <openssl/evp.h>

#include "core/base/hex.h"

namespace inodeck {

std::optional<Sha256> Sha256::fromHex(std::string_view hex) {
    const auto bytes = hexDecode(hex);
    if (!bytes || bytes->size() != Size)
        return std::nullopt;
    Sha256 digest;
    std::copy(bytes->begin(), bytes->end(), digest.m_bytes.begin());
    return digest;
}

Sha256 Sha256::of(std::string_view bytes) {
    Sha256 digest;
    // Fetched once: EVP_sha256() looks for its provider each time.
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> Method(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
    if (EVP_Digest(bytes.data(), bytes.size(), digest.m_bytes.data(), nullptr, Method.get(), nullptr) != 1)
        std::abort(); // all would have the same hash
    return digest;
}

std::string Sha256::hex() const {
    return hexEncode({reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()});
}

} // namespace inodeck
