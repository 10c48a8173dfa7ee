#pragma once

#include "core/audit/record_line.h"
#include "core/audit/signing_key.h"

namespace inodeck {

inline const std::string NoHash(64, '0'); ///< prev of the genesis record

/// Where a chain ends.
struct ChainHead {
    std::uint64_t next = 0;    ///< seq of the next record
    std::string hash = NoHash; ///< of the last line
    std::string log;           ///< empty before the genesis record

    bool operator==(const ChainHead&) const = default;
};

/// A record, linked and signed, that is not stored yet.
struct MadeRecord {
    Envelope envelope;
    RecordDraft draft;
    std::string line;
    std::string hash; ///< hex SHA-256 of the line
    std::string signature;
};

MadeRecord makeRecord(const ChainHead& head, const RecordDraft& draft, const std::string& id, TimePoint now,
                      const SigningKey& key);
/// The head after this record.
ChainHead headAfter(const MadeRecord& record);
/// The first record of a new log: it names its own key.
RecordDraft genesisDraft(const AuditActor& actor, const SigningKey& key);

} // namespace inodeck
