#pragma once

#include <cstdint>
#include <memory>
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

/// An append-only log. Thread-safe; several processes write one log at once.
class AuditStore {
public:
    virtual ~AuditStore() = default;
    /// Whether an action may be started now: writable, verified so far, key present, spool drained. The
    /// error's sentence says why not.
    virtual Result<void> ready() = 0;
    /// Durable when it returns. Errors are AuditUnavailable; after one the record may or may not be there
    /// only if the sentence says so.
    virtual Result<AppendedRecord> append(const RecordDraft& draft, const Deadline& deadline) = 0;
    /// For an outcome that append() could not write: fsynced into a file beside the store; ready() refuses until it is drained.
    virtual Result<void> spool(const RecordDraft& draft) = 0;
    virtual Result<std::vector<OpenIntent>> openIntents() = 0;
    /// For people: "sqlite:/home/…/audit.sqlite".
    virtual std::string location() const = 0;
};

/// `where`: empty for the default SQLite file in the XDG data folder, a path, or postgresql://…
Result<std::unique_ptr<AuditStore>> openAuditStore(const std::string& where);

} // namespace inodeck
