#pragma once

#include <optional>
#include <string>

#include "core/audit/record.h"
#include "core/base/result.h"

namespace inodeck {

/// What the store knows of a record and the caller does not.
struct Envelope {
    std::string log; ///< UUID of the log
    std::uint64_t seq = 0;
    std::string prev; ///< hex SHA-256 of the line before; 64 zeros at genesis
    std::string id;   ///< UUID of the record
    TimePoint ts{};
    std::string kid; ///< of the key that signs
};

inline constexpr std::size_t MaxLine = 16 * 1024;

/// The canonical line (RFC 8785, without LF) of a record: redacted, at most MaxLine bytes. Evidence that does
/// not fit is counted in "evidence_left_out"; texts are cut only when the rest alone does not fit.
std::string recordLine(const Envelope& envelope, const RecordDraft& draft);

struct ParsedRecord {
    Envelope envelope;
    RecordDraft draft;
};
/// Reads a stored line back; Protocol when it is not a record of version 1.
Result<ParsedRecord> parseRecordLine(const std::string& line);

/// What is signed: "inodeck-audit/v1\n" log "\n" seq "\n" hex(SHA-256(line)) "\n".
std::string signedText(const std::string& log, std::uint64_t seq, const std::string& hash);

} // namespace inodeck
