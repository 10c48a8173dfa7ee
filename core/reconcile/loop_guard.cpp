#include "core/reconcile/loop_guard.h"

#include <algorithm>
#include <map>

#include "core/audit/guarded_file.h"
#include "core/audit/record_line.h"
#include "core/audit/signing_key.h"

namespace inodeck {

namespace {

const AuditEvidence* evidenceAt(const RecordDraft& record, const std::string& destination) {
    const auto found =
        std::find_if(record.evidence.begin(), record.evidence.end(),
                     [&](const AuditEvidence& evidence) { return evidence.destination == destination; });
    return found == record.evidence.end() ? nullptr : &*found;
}

/// What a record keeps of a file: its hash, of a secret one an HMAC of that.
std::optional<Sha256> markOf(const AuditSide& side) {
    return side.sha256 ? side.sha256 : side.hmac;
}

/// The same of a file as it is now. (An HMAC by another installation, which has a key of its own, differs.)
std::optional<Sha256> markLike(const AuditSide& recorded, const std::optional<Sha256>& now) {
    if (recorded.sha256 || !now)
        return now;
    const auto key = hmacKey(keyDirectory());
    return key ? std::optional(hmacSha256(*key, now->hex())) : std::nullopt;
}

/// It brought in what the host had when it was begun, and that is not what calls for a restart now. A run
/// that was killed has no proof, but what was looked at later says the same.
bool cured(const RecordDraft& intent, const RecordDraft& end, const std::vector<Row>& rows) {
    const std::string status = end.result ? end.result->status : std::string{};
    if (status != toString(RestartStatus::Verified) && status != "done")
        return false;
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        const AuditEvidence* wanted = evidenceAt(intent, row.observation.destination);
        const AuditEvidence* got = evidenceAt(end, row.observation.destination);
        const auto& now = row.observation.hostSide.facts;
        if (!wanted || !got || !now)
            return false;
        const auto brought = markOf(wanted->host);
        const auto called = markLike(wanted->host, now->sha256);
        return brought && called && markOf(got->container) == brought && *called != *brought;
    });
}

bool wasDone(const RecordDraft& end) {
    const std::string status = end.result ? end.result->status : std::string{};
    return status != "refused" && status != "not_done";
}

} // namespace

Result<std::string> whyLooping(AuditReader& log, const RestartPlan& plan, const std::vector<Row>& rows,
                               TimePoint now) {
    RecordFilter filter;
    filter.since = now - LoopWindow;
    filter.host = plan.host.name;
    filter.types = {RecordType::Intent, RecordType::Outcome, RecordType::Recovered};
    const AuditTarget target = targetOf(plan);
    filter.service = target.project.empty() ? target.service : target.project + "/" + target.service;
    std::map<std::string, RecordDraft> intents;
    std::map<std::string, bool> futile; // by operation; the last record of it decides
    const auto read = log.each(filter, [&](const StoredRecord& stored) {
        auto record = parseRecordLine(stored.line);
        if (!record)
            return true;
        RecordDraft& draft = record->draft;
        const bool isEnd = draft.type == RecordType::Outcome || draft.type == RecordType::Recovered;
        if (isEnd)
            futile[draft.opId] = wasDone(draft) && !cured(intents[draft.opId], draft, rows);
        if (draft.type == RecordType::Intent) {
            futile[draft.opId] = true;
            intents[draft.opId] = std::move(draft);
        }
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    const auto count =
        std::count_if(futile.begin(), futile.end(), [](const auto& entry) { return entry.second; });
    if (count < MaxFutileRestarts)
        return std::string{};
    return "it was restarted " + std::to_string(count) + " times within " +
           std::to_string(LoopWindow.count()) +
           " minutes without a cure. Find out why (inodeck audit list; inodeck diff), or restart it by hand.";
}

} // namespace inodeck
