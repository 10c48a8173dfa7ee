#include <algorithm>

#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck {

Result<AuditResult> Restarter::recover(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                       const Cancel& cancel) {
    const auto id = ContainerId::parse(intent.draft.target.containerId);
    if (!id)
        return fail(ErrorCode::Protocol, "Record " + std::to_string(intent.seq) + " names no container id.");
    const HostScan now = m_scanner.scanHost(host, cancel, {*id});
    if (now.status != HostStatus::Ok)
        return fail(now.error.code, "Record " + std::to_string(intent.seq) + " stays open, " +
                                        printable(host.name) +
                                        " could not be looked at: " + now.error.message);
    AuditResult found;
    found.status = "unknown";
    if (!now.rows.empty()) {
        const Container& container = now.rows.front().observation.container;
        found.startedAt = container.startedAt;
        found.health = container.health;
        found.status = container.startedAt == intent.draft.target.startedAt ? "not_done" : "done";
        const auto worst = std::min_element(now.rows.begin(), now.rows.end(), [](const Row& a, const Row& b) {
            return a.judgement.verdict < b.judgement.verdict;
        });
        found.verdict = toString(worst->judgement.verdict);
    }
    RecordDraft record = intent.draft;
    record.type = RecordType::Recovered;
    record.actor = actor;
    record.reason = "recovered by looking; first reason: " + intent.draft.reason;
    record.evidence = evidenceOf(now.rows);
    record.result = found;
    if (auto kept = m_store.append(record, Deadline::after(std::chrono::seconds{20})); !kept)
        return tl::unexpected(kept.error());
    return found;
}

} // namespace inodeck
