#pragma once

#include "core/events/event_sink.h"
#include "core/reconcile/report.h"

namespace inodeck {

/// Who deploys what, for the events.
struct Deployment {
    std::string commit; ///< GITHUB_SHA
    std::string actor;
};

/// One event about an item, in the light of its decision: the mount that decided names path and hashes. No
/// hash of a secret service.
Event eventOf(const Host& host, const Item& item, EventType type, EventStatus status, TimePoint now,
              const Deployment& deployment);

/// The event that a run which was killed did not live to send: what became of its restart.
Event eventOf(const Host& host, const OpenIntent& intent, const AuditResult& found, TimePoint now,
              const Deployment& deployment);

} // namespace inodeck
