#include "core/audit/record.h"

#include <array>
#include <openssl/rand.h>
#include <stdexcept>

#include "core/base/hex.h"

namespace inodeck {

namespace {
constexpr std::array<std::pair<RecordType, std::string_view>, 9> Words{{
    {RecordType::Genesis, "genesis"},
    {RecordType::Intent, "intent"},
    {RecordType::Outcome, "outcome"},
    {RecordType::Recovered, "recovered"},
    {RecordType::Refused, "refused"},
    {RecordType::HostKeyAccepted, "hostkey_accepted"},
    {RecordType::KeyRotate, "key_rotate"},
    {RecordType::Export, "export"},
    {RecordType::Reveal, "reveal"},
}};
} // namespace

std::string_view toString(RecordType type) {
    for (const auto& [value, word] : Words)
        if (value == type)
            return word;
    return "unknown";
}

std::optional<RecordType> recordTypeFromString(std::string_view word) {
    for (const auto& [value, text] : Words)
        if (text == word)
            return value;
    return std::nullopt;
}

std::string newUuid() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("OpenSSL has no random bytes");
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
    std::string uuid = hexEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    for (const std::size_t dash : {8u, 13u, 18u, 23u})
        uuid.insert(dash, 1, '-');
    return uuid;
}

} // namespace inodeck
