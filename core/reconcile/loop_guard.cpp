#include "core/reconcile/loop_guard.h"

#include <algorithm>
#include <map>

#include "core/audit/record_line.h"

namespace inodeck {

namespace {

/// The proof was for other content than what calls for a restart now: the restart did its work.
bool cured(const RecordDraft& outcome, const std::vector<Row>& rows) {
    if (!outcome.result || outcome.result->status != toString(RestartStatus::Verified))
        return false;
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        const auto proof =
            std::find_if(outcome.evidence.begin(), outcome.evidence.end(), [&](const AuditEvidence& e) {
                return e.destination == row.observation.destination;
            });
        const auto& facts = row.observation.hostSide.facts;
        return proof != outcome.evidence.end() && proof->host.sha256 && facts && facts->sha256 &&
               *proof->host.sha256 != *facts->sha256;
    });
}

bool wasDone(const RecordDraft& record) {
    if (record.type == RecordType::Intent)
        return true;
    const std::string status = record.result ? record.result->status : std::string{};
    return status != "refused" && status != "not_done";
}

} // namespace

Result<std::string> whyLooping(AuditReader& log, const RestartPlan& plan, const std::vector<Row>& rows,
                               TimePoint now) {
    RecordFilter filter;
    filter.since = now - LoopWindow;
    filter.host = plan.host.name;
    const AuditTarget target = targetOf(plan);
    filter.service = target.project.empty() ? target.service : target.project + "/" + target.service;
    std::map<std::string, bool> futile; // by operation; the last record of it decides
    const auto read = log.each(filter, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        const bool action = record && (record->draft.type == RecordType::Intent ||
                                       record->draft.type == RecordType::Outcome ||
                                       record->draft.type == RecordType::Recovered);
        if (action)
            futile[record->draft.opId] = wasDone(record->draft) && !cured(record->draft, rows);
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
