#include <algorithm>

#include "core/base/text.h"
#include "core/reconcile/run.h"

namespace inodeck {

namespace {

std::string what(const OpenIntent& intent) {
    return "restarting " + printable(intent.draft.target.service) + " (record " + std::to_string(intent.seq) +
           ")";
}

} // namespace

Result<void> Reconciler::Run::openLog() {
    if (store)
        return {};
    auto opened = openAuditStore(r.m_audit);
    if (!opened)
        return tl::unexpected(opened.error());
    store = std::move(*opened);
    return {};
}

/// Others' are left to them.
std::vector<OpenIntent> Reconciler::Run::ours(std::vector<OpenIntent> intents, const Host& host) const {
    std::erase_if(intents, [&](const OpenIntent& intent) {
        return intent.draft.target.vm != host.name || intent.draft.actor.account != order.actor.account;
    });
    return intents;
}

/// What was open when this run began. The log is only read: a run with nothing to write makes none.
std::vector<OpenIntent> Reconciler::Run::leftOpen(const Host& host) {
    if (!openAtFirst) {
        const auto reader = openAuditReader(r.m_audit); // what is wrong with it is told when a record is due
        openAtFirst =
            reader ? (*reader)->openIntents().value_or(std::vector<OpenIntent>{}) : std::vector<OpenIntent>{};
    }
    return ours(*openAtFirst, host);
}

/// Under the lock, an open intent of ours is that of a run that was killed. What became of it is looked at
/// and put on record before anything else is done.
void Reconciler::Run::recoverOpen(const Host& host) {
    const auto open = store->openIntents();
    if (!open)
        return; // the store says so again before it takes a record
    Restarter restarter(r.m_scanner, *store, r.m_clock);
    for (const OpenIntent& intent : ours(*open, host)) {
        const auto found = restarter.recover(intent, host, order.actor, cancel,
                                             [this](const std::string& sentence) { notice(sentence); });
        notice("An earlier run ended in the middle of " + what(intent) +
               "; looked at now: " + (found ? found->status : found.error().message) + ".");
        if (found)
            emit(eventOf(host, intent, *found, r.m_clock.now(), order.deployment));
    }
}

/// A run that was killed after its restart leaves nothing to do but to say what became of it. Whoever holds
/// the lock may be the one that the intent is of: then it is not ours to close.
void Reconciler::Run::closeOpen(const Host& host) {
    if (leftOpen(host).empty())
        return;
    if (const auto log = openLog(); !log)
        return notice("An earlier run left an open intent, and no record can be written: " +
                      log.error().message);
    if (const auto lock = lockOn(host))
        recoverOpen(host);
}

/// In a dry run.
void Reconciler::Run::tellOpen(const Host& host) {
    for (const OpenIntent& intent : leftOpen(host))
        notice(printable(host.name) + ": " + what(intent) + " was begun at " + formatRfc3339(intent.ts, 0) +
               " and has no outcome yet; the next run that is no dry run looks what became of it.");
}

void Reconciler::Run::recordRefusal(HostReport& host, Item& item) {
    item.opId = newUuid();
    if (item.noRecord)
        return;
    const auto plans = planRestarts(host.host, scanOf(host), item.container.id.hex());
    const auto log = openLog();
    if (!plans || !log)
        item.text +=
            " (This refusal is not on record: " + (plans ? log.error().message : plans.error().message) + ")";
    else
        item.text += inodeck::recordRefusal(*store, plans->front(), orderFor(item), item.text);
}

} // namespace inodeck
