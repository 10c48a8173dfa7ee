#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// One line of audit.sig: "<seq> <base64 of the 64 bytes>".
std::string signatureRow(std::uint64_t seq, std::string_view signature);

struct SignatureRow {
    std::uint64_t seq = 0;
    std::string signature;
};
/// nullopt unless `row` is exactly what signatureRow() writes.
std::optional<SignatureRow> parseSignatureRow(const std::string& row);

/// "<seq> <rest>"; nullopt when it is not that, in the one spelling of a number.
std::optional<std::pair<std::uint64_t, std::string>> numberedRow(const std::string& row);

} // namespace inodeck
