#include "core/reconcile/notify.h"

#include "core/reconcile/survey.h"

namespace inodeck {

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
        if (!serviceOf(item).secret && !host.keepsSecret(item.container.label())) {
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

} // namespace inodeck
