#include "core/audit/log_tail.h"

#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::uint64_t TailLength = 64;
constexpr std::uint64_t OwnWindow = 10'000; ///< of others' records, in which the last own one is looked for

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

std::string recordName(std::uint64_t seq) {
    return "Record " + std::to_string(seq) + " of the audit log ";
}

std::string badlySigned(const ParsedRecord& record, const std::string& hash, const std::string& signature,
                        const LogKeys& keys) {
    const std::string why = whyNotSigned(record, hash, signature, keys.ring());
    return why.empty() ? why : "is bad: " + why;
}

/// The last record of this installation, which others may have written past.
Result<void> verifyOwnLast(LogBackend& log, const LogKeys& keys, std::uint64_t before) {
    RecordFilter own;
    own.from = before > OwnWindow ? before - OwnWindow : 0;
    own.to = before;
    own.text = keys.own().kid();
    own.newestFirst = true;
    own.limit = 8;
    Result<void> good;
    const auto done = log.each(own, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        if (record && record->envelope.kid != keys.own().kid())
            return true; // it names the key, as a rotation does
        const std::string why =
            record ? badlySigned(*record, Sha256::of(stored.line).hex(), stored.signature, keys)
                   : "is not what was written";
        if (!why.empty())
            good = broken(recordName(stored.seq) + why + "; run 'inodeck audit verify'.");
        return false;
    });
    return done ? good : tl::unexpected(done.error());
}

} // namespace

Result<void> verifyTail(LogBackend& log, LogKeys& keys, const ChainHead& head) {
    if (auto learned = keys.learn(); !learned)
        return learned;
    RecordFilter tail;
    tail.from = head.next > TailLength ? head.next - TailLength : 0;
    tail.to = head.next; // others write on
    tail.listed = true;
    std::string wanted = *tail.from == 0 ? NoHash : std::string{};
    std::uint64_t next = *tail.from;
    Result<void> good;
    const auto done = log.each(tail, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        const std::string hash = Sha256::of(stored.line).hex();
        std::string why;
        if (!record || record->envelope.seq != stored.seq || stored.seq != next ||
            record->envelope.log != head.log)
            why = "is not what was written";
        else if (!wanted.empty() && record->envelope.prev != wanted)
            why = "does not link to the one before: the chain is broken";
        else if (stored.listed != listedAs(record->envelope, record->draft, hash))
            why = "is listed as something else than it says";
        else if (record->draft.type != RecordType::Genesis)
            why = badlySigned(*record, hash, stored.signature, keys);
        if (!why.empty())
            good = broken(recordName(stored.seq) + why + "; run 'inodeck audit verify'.");
        wanted = hash;
        ++next;
        return good.has_value();
    });
    if (!done)
        return tl::unexpected(done.error());
    if (good && wanted != head.hash)
        return broken("The audit log does not end as it should; run 'inodeck audit verify'.");
    return good ? verifyOwnLast(log, keys, *tail.from) : good;
}

} // namespace inodeck
