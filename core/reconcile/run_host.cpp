#include <algorithm>

#include "core/base/text.h"
#include "core/reconcile/hash_file.h"
#include "core/reconcile/loop_guard.h"
#include "core/reconcile/run.h"

namespace inodeck {

namespace {

bool wasBegun(const Item& item) {
    return !item.opId.empty();
}

/// The new look at a host, with what this run has already done in the place of what it finds there.
void takeOver(HostReport& host, HostReport fresh) {
    for (Item& item : fresh.items) {
        const auto done = std::find_if(host.items.begin(), host.items.end(), [&](const Item& before) {
            return wasBegun(before) && before.container.name == item.container.name;
        });
        if (done != host.items.end()) {
            item = std::move(*done);
            host.items.erase(done);
        }
    }
    for (Item& item : host.items) // recreated under another name, or gone since
        if (wasBegun(item))
            fresh.items.push_back(std::move(item));
    for (std::string& warning : host.warnings)
        if (std::find(fresh.warnings.begin(), fresh.warnings.end(), warning) == fresh.warnings.end())
            fresh.warnings.push_back(std::move(warning));
    host = std::move(fresh);
}

std::vector<std::string> destinationsOf(const std::vector<Row>& rows) {
    std::vector<std::string> destinations;
    for (const Row& row : rows)
        destinations.push_back(row.observation.destination);
    return destinations;
}

ItemStatus statusOf(const RestartResult& result) {
    switch (result.status) {
    case RestartStatus::Verified:
        return ItemStatus::Restarted;
    case RestartStatus::Refused:
    case RestartStatus::NotRecorded:
        return ItemStatus::Refused;
    default:
        return ItemStatus::Failed;
    }
}

} // namespace

Result<std::unique_ptr<VmLock>> Reconciler::Run::lockOn(const Host& host) {
    VmLock::Request request;
    request.holder = lockHolder(order.actor);
    request.wait = order.wait;
    request.onBusy = [&](const std::string& who) { notice(printable(host.name) + ": " + who + " Waiting."); };
    return VmLock::acquire(r.m_transport, r.m_scanner.sessions(), host, request, cancel);
}

/// Looks again before each restart: somebody else may have done it, one restart may have been for several.
void Reconciler::Run::actUnderLock(HostReport& host, const VmLock& lock) {
    for (;;) {
        HostScan& scan = scanOf(host);
        scan = r.m_scanner.scanHost(host.host, cancel);
        takeOver(host, survey(host.host, scan, order.scope, r.m_scanner.sessions(), cancel));
        if (!host.observed)
            return stop("The host could not be looked at again: " + host.error.message);
        const auto next = std::find_if(host.items.begin(), host.items.end(),
                                       [](const Item& item) { return item.status == ItemStatus::Planned; });
        if (next == host.items.end())
            return writeHashesOf(host);
        if (cancel.requested())
            return stop("It was cancelled.");
        if (!lock.held())
            return stop("The lock on " + printable(host.host.name) + " was lost.");
        if (restarts >= order.maxRestarts)
            return stop("More containers need a restart than at first; " + std::to_string(restarts) +
                        " were restarted, which is all that one run may do (--max).");
        restart(host, *next);
        if (next->status != ItemStatus::Restarted)
            return stop(printable(next->container.label()) + " on " + printable(host.host.name) + ": " +
                        next->text);
    }
}

RestartOrder Reconciler::Run::orderFor(const Item& item) const {
    const Service& service = item.service;
    RestartOrder how = inodeck::orderOf(service);
    how.opId = item.opId;
    how.reason = order.reason;
    how.actor = order.actor;
    how.protectedConfirmed = order.protectedConfirmed;
    how.stopTimeout = order.scope.stopTimeout;
    how.baselines = item.hints.baselines;
    if (!service.configPaths.empty())
        how.destinations = destinationsOf(item.decision.rows);
    return how;
}

std::string Reconciler::Run::whyNotNow(const RestartPlan& plan, const Item& item) {
    const auto looping = whyLooping(*store, plan, item.decision.rows, r.m_clock.now());
    return looping ? *looping : "the log of restarts cannot be read: " + looping.error().message;
}

void Reconciler::Run::restart(HostReport& host, Item& item) {
    const auto plans = planRestarts(host.host, scanOf(host), item.container.id.hex());
    const std::string why = plans ? whyNotNow(plans->front(), item) : plans.error().message;
    if (!why.empty()) {
        item.status = ItemStatus::Refused; // and announced with the other findings
        item.text = "Refused, nothing was done: " + why;
        return;
    }
    item.opId = newUuid();
    if (watch.onBegin)
        watch.onBegin(host.host, item);
    const auto begin = std::chrono::steady_clock::now();
    emit(host.host, item, EventType::ConfigRestart, EventStatus::InProgress);
    const RestartResult result =
        Restarter(r.m_scanner, *store, r.m_clock).run(plans->front(), orderFor(item), cancel, watch.onStep);
    item.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    end(item, result);
    restarts += item.status == ItemStatus::Refused ? 0 : 1;
    const bool good = item.status == ItemStatus::Restarted;
    emit(host.host, item, EventType::ConfigRestart, good ? EventStatus::Success : EventStatus::Failed);
    if (good)
        writeHash(host, item, item.proof);
    if (watch.onEnd)
        watch.onEnd(host.host, item);
}

void Reconciler::Run::end(Item& item, const RestartResult& result) const {
    item.status = statusOf(result);
    item.text = result.text;
    item.proof = result.after.rows;
    item.partly = !result.unread.empty();
    item.noRecord =
        result.status == RestartStatus::NotRecorded || result.status == RestartStatus::OutcomeSpooled;
}

/// Only what is proven is written: the process has started with these bytes. Written anew even if they are
/// the same, since only what is younger than the process says anything of it.
void Reconciler::Run::writeHash(HostReport& host, const Item& item, const std::vector<Row>& proof) {
    const Service& service = item.service;
    const Row* row = service.hashFile.empty() ? nullptr : hashedRow(proof, service);
    if (!row || row->judgement.verdict != Verdict::InSync || !row->observation.containerSide.facts)
        return;
    const auto& hash = row->observation.containerSide.facts->sha256;
    if (!hash)
        return;
    const auto written =
        writeHashFile(r.m_scanner.sessions(), host.host, host.access, service.hashFile, *hash);
    if (!written)
        host.warnings.push_back(written.error().message);
}

/// A container that compose has just recreated, or an earlier run that ended before it wrote.
void Reconciler::Run::writeHashesOf(HostReport& host) {
    for (const Item& item : host.items)
        if (item.status == ItemStatus::InSync && item.hints.baselines.empty())
            writeHash(host, item, item.decision.rows);
}

} // namespace inodeck
