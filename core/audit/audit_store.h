#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/record.h"
#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

struct AppendedRecord {
    std::uint64_t seq = 0;
    std::string id;   ///< UUID
    std::string hash; ///< hex SHA-256 of the stored line
};

/// An intent that has no outcome and no recovered record.
struct OpenIntent {
    std::uint64_t seq = 0;
    std::string id;
    TimePoint ts{};
    RecordDraft draft;
};

/// A record as it is stored: the bytes are the evidence.
struct StoredRecord {
    std::uint64_t seq = 0;
    std::string line;      ///< canonical JSON, without LF
    std::string signature; ///< 64 bytes
    /// What the store finds it by (see listedAs); only where the filter asks for it.
    std::vector<std::string> listed = {};
};

/// Empty fields do not filter.
struct RecordFilter {
    std::optional<TimePoint> since; ///< ts >= since
    std::optional<TimePoint> until; ///< ts < until
    std::string host;               ///< target.vm
    std::string service;            ///< target.service or "project/service"
    std::string actor;              ///< account or claimed
    std::string outcome;            ///< result.status
    std::string opId;
    std::string containerId;       ///< target.container_id
    std::string text;              ///< words, each somewhere in the stored line; ASCII letters in any case
    std::vector<RecordType> types; ///< one of these
    std::vector<std::uint64_t> without; ///< seqs that are left out; a few
    std::optional<std::uint64_t> from;  ///< seq >= from
    std::optional<std::uint64_t> to;    ///< seq < to
    bool keysOnly = false;              ///< genesis and key_rotate
    bool listed = false;                ///< fill StoredRecord::listed; does not filter
    bool openOnly = false;              ///< intents without an outcome or recovered record
    bool newestFirst = false;
    std::uint64_t limit = 0;  ///< 0: no limit
    std::uint64_t offset = 0; ///< of the matching records
    /// Whether it chooses: an export of less than everything proves no completeness.
    bool narrows() const;
};

/// A log that is only read: nothing is made, changed or asked of the keys. Thread-safe.
class AuditReader {
public:
    virtual ~AuditReader() = default;
    virtual Result<std::vector<OpenIntent>> openIntents() = 0;
    /// Calls `take` for each matching record, in order, until it returns false; memory does not grow with the
    /// log. How many were taken.
    virtual Result<std::uint64_t> each(const RecordFilter& filter,
                                       const std::function<bool(const StoredRecord&)>& take) = 0;
    virtual Result<std::uint64_t> count(const RecordFilter& filter) = 0;
    /// For people: "sqlite:/home/…/audit.sqlite".
    virtual std::string location() const = 0;
};

/// An append-only log. Thread-safe; several processes write one log at once.
class AuditStore : public AuditReader {
public:
    /// Whether an action may be started now: writable, verified so far, key present, spool drained. The
    /// error's sentence says why not.
    virtual Result<void> ready() = 0;
    /// Durable when it returns. Errors are AuditUnavailable; after one the record may or may not be there
    /// only if the sentence says so.
    virtual Result<AppendedRecord> append(const RecordDraft& draft, const Deadline& deadline) = 0;
    /// For an outcome that append() could not write: fsynced into a file beside the store; ready() refuses
    /// until it is drained.
    virtual Result<void> spool(const RecordDraft& draft) = 0;
    /// A signed note (C2SP tlog-checkpoint) of the log as it is now: what to keep elsewhere.
    virtual Result<std::string> checkpoint() = 0;
    /// A new key for this installation: named by a record that the old one signs, and from the next record on
    /// used.
    virtual Result<void> rotateKey(const AuditActor& actor, const std::string& reason) = 0;
};

/// `where`: empty for the default SQLite file in the XDG data folder, a path, or postgresql://…
Result<std::unique_ptr<AuditStore>> openAuditStore(const std::string& where);
/// The same to read; NotFound when there is no log yet. A file may be anybody's and read-only.
Result<std::unique_ptr<AuditReader>> openAuditReader(const std::string& where);

} // namespace inodeck
