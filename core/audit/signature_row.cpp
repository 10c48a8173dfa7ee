#include "core/audit/signature_row.h"

#include <charconv>

#include "core/audit/base64.h"

namespace inodeck {

std::string signatureRow(std::uint64_t seq, std::string_view signature) {
    return std::to_string(seq) + " " + base64(signature);
}

std::optional<std::pair<std::uint64_t, std::string>> numberedRow(const std::string& row) {
    std::uint64_t seq = 0;
    const auto [end, problem] = std::from_chars(row.data(), row.data() + row.size(), seq);
    if (problem != std::errc{} || end == row.data() + row.size() || *end != ' ' ||
        std::to_string(seq).size() != std::size_t(end - row.data()))
        return std::nullopt;
    return std::pair{seq, std::string(end + 1, row.data() + row.size())};
}

std::optional<SignatureRow> parseSignatureRow(const std::string& row) {
    const auto parts = numberedRow(row);
    auto signature = parts ? unbase64(parts->second) : std::nullopt;
    return signature ? std::optional(SignatureRow{parts->first, std::move(*signature)}) : std::nullopt;
}

} // namespace inodeck
