#include <poll.h>

#include "core/base/text.h"
#include "core/reconcile/run.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
/// Docker may still be at a restart whose client was killed: its clean stop takes that long.
constexpr auto CommandMayRun = 30s;

bool startedAgain(Scanner& scanner, const Host& host, const OpenIntent& intent, const Cancel& cancel) {
    const auto id = ContainerId::parse(intent.draft.target.containerId);
    const HostScan now = id ? scanner.scanHost(host, cancel, {*id}) : HostScan{};
    return now.rows.empty() ||
           now.rows.front().observation.container.startedAt != intent.draft.target.startedAt;
}

} // namespace

/// Under the lock, an open intent of ours is that of a run that was killed. What became of it is looked at
/// and put on record before anything else is done; others' intents are left to them.
void Reconciler::Run::recoverOpen(const Host& host) {
    const auto open = store->openIntents();
    if (!open)
        return; // the store says so again before it takes a record
    Restarter restarter(r.m_scanner, *store, r.m_clock);
    for (const OpenIntent& intent : *open) {
        if (intent.draft.target.vm != host.name || intent.draft.actor.account != order.actor.account)
            continue;
        while (r.m_clock.now() - intent.ts < CommandMayRun && !cancel.requested() &&
               !startedAgain(r.m_scanner, host, intent, cancel)) {
            pollfd waiting{cancel.fd(), POLLIN, 0};
            ::poll(&waiting, 1, 1000);
        }
        const auto found = restarter.recover(intent, host, order.actor, cancel);
        notice("An earlier run ended in the middle of restarting " + printable(intent.draft.target.service) +
               " (record " + std::to_string(intent.seq) +
               "); looked at now: " + (found ? found->status : found.error().message) + ".");
    }
}

} // namespace inodeck
