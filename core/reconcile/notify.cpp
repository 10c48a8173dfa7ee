#include "core/reconcile/notify.h"

#include <algorithm>

#include "core/base/mask.h"
#include "core/drift/verdict.h"

namespace inodeck {

namespace {

/// As in the records: of what is secret there is no hash.
bool isSecret(const Item& item, const Row& row) {
    return row.secret || item.service.secret || isSecretFile(row.observation.source) ||
           isSecretFile(row.observation.destination);
}

} // namespace

Event eventOf(const Host& host, const Item& item, EventType type, EventStatus status, TimePoint now,
              const Deployment& deployment) {
    Event event;
    event.type = type;
    event.status = status;
    event.time = now;
    event.message = status == EventStatus::InProgress ? item.decision.cause : item.text;
    event.opId = item.opId;
    event.host = host.name;
    event.env = host.env;
    event.service = item.container.label();
    event.containerId = item.container.id.hex();
    event.verdict = toString(item.decision.verdict);
    event.commit = deployment.commit;
    event.actor = deployment.actor;
    if (item.duration)
        event.durationMs = static_cast<std::uint64_t>(item.duration->count());
    if (!item.decision.rows.empty()) {
        const Observation& o = item.decision.rows.front().observation;
        event.configPath = o.source;
        if (!isSecret(item, item.decision.rows.front())) {
            const auto known = item.hints.baselines.find(o.destination);
            if (known != item.hints.baselines.end())
                event.oldSha256 = known->second;
            else if (o.containerSide.facts)
                event.oldSha256 = o.containerSide.facts->sha256;
            if (o.hostSide.facts)
                event.newSha256 = o.hostSide.facts->sha256;
        }
    }
    if (!item.proof.empty()) {
        event.containerId = item.proof.front().observation.container.id.hex();
        event.verdict = toString(item.proof.front().judgement.verdict);
    }
    return event;
}

Event eventOf(const Host& host, const OpenIntent& intent, const AuditResult& found, TimePoint now,
              const Deployment& deployment) {
    const AuditTarget& target = intent.draft.target;
    const bool good = found.status == "done" && found.verdict == toString(Verdict::InSync);
    Event event;
    event.type = EventType::ConfigRestart;
    event.status = good ? EventStatus::Success : EventStatus::Failed;
    event.time = now;
    event.message = "The run that began this restart ended in the middle of it. Looked at later: " +
                    (found.status == "unknown" ? "its container is gone"
                                               : found.status + ", and it is " + found.verdict) +
                    ".";
    event.opId = intent.draft.opId;
    event.host = host.name;
    event.env = host.env;
    event.service = target.project.empty() ? target.service : target.project + "/" + target.service;
    event.containerId = target.containerId;
    event.verdict = found.verdict;
    event.commit = deployment.commit;
    event.actor = deployment.actor;
    const auto cause =
        std::find_if(intent.draft.evidence.begin(), intent.draft.evidence.end(),
                     [](const AuditEvidence& one) { return one.verdict != toString(Verdict::InSync); });
    if (cause != intent.draft.evidence.end()) {
        event.configPath = cause->source;
        event.oldSha256 = cause->container.sha256;
        event.newSha256 = cause->host.sha256;
    }
    return event;
}

} // namespace inodeck
