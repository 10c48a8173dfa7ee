#include "core/base/text.h"
#include "core/restart/proof.h"
#include "core/restart/restart.h"

namespace inodeck {

Result<AuditResult> Restarter::recover(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                       const Cancel& cancel) {
    const auto id = ContainerId::parse(intent.draft.target.containerId);
    if (!id)
        return fail(ErrorCode::Protocol, "Record " + std::to_string(intent.seq) + " names no container id.");
    // All of the host: asked for a container that is gone, Docker only errs.
    HostScan now = m_scanner.scanHost(host, cancel);
    if (now.status != HostStatus::Ok)
        return fail(now.error.code, "Record " + std::to_string(intent.seq) + " stays open, " +
                                        printable(host.name) +
                                        " could not be looked at: " + now.error.message);
    std::erase_if(now.rows, [&](const Row& row) { return row.observation.container.id != *id; });
    AuditResult found;
    found.status = "unknown";
    if (const Row* worst = worstOf(now.rows)) {
        const Container& container = worst->observation.container;
        found.startedAt = container.startedAt;
        found.health = container.health;
        found.status = container.startedAt == intent.draft.target.startedAt ? "not_done" : "done";
        found.verdict = toString(worst->judgement.verdict);
    }
    RecordDraft record = intent.draft;
    record.type = RecordType::Recovered;
    record.actor = actor;
    record.reason = "recovered by looking; first reason: " + intent.draft.reason;
    const AuditTarget& target = intent.draft.target;
    record.evidence = evidenceOf(now.rows, host.keepsSecret(target.project + "/" + target.service));
    record.result = found;
    if (auto kept = m_store.append(record, Deadline::after(std::chrono::seconds{20})); !kept)
        return tl::unexpected(kept.error());
    return found;
}

} // namespace inodeck
