#include "core/reconcile/reconcile.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/reconcile/run.h"

namespace inodeck {

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::seconds FlushTimeout{20};

std::string namesOn(const HostReport& host) {
    std::string text;
    for (const Item& item : host.items)
        text += (text.empty() ? "" : ", ") + printable(item.container.label());
    return text;
}

bool isNamed(const Report& report, const std::string& name) {
    Scope one;
    one.only = {name};
    return std::any_of(report.hosts.begin(), report.hosts.end(), [&](const HostReport& host) {
        return std::any_of(host.items.begin(), host.items.end(),
                           [&](const Item& item) { return isInScope(one, item.container); });
    });
}

} // namespace

Reconciler::Reconciler(Transport& transport, Scanner& scanner, std::string audit, EventSink* sink,
                       const Clock& clock)
    : m_transport(transport)
    , m_scanner(scanner)
    , m_audit(std::move(audit))
    , m_sink(sink)
    , m_clock(clock) {}

Reconciler::~Reconciler() = default;

Report Reconciler::run(const std::vector<Host>& hosts, const ReconcileOrder& order,
                       const ReconcileWatch& watch, const Cancel& cancel) {
    Run run{*this, order, watch, cancel};
    const auto begin = SteadyClock::now();
    run.report.begin = m_clock.now();
    run.surveyAll(hosts);
    run.checkScope();
    if (run.report.usage.empty()) {
        run.plan();
        for (HostReport& host : run.report.hosts)
            order.dryRun ? run.tellOpen(host.host) : run.actOn(host);
        run.announceFindings();
    }
    if (m_sink)
        if (const auto sent = m_sink->flush(Deadline::after(FlushTimeout), cancel); !sent)
            run.notice(sent.error().message);
    run.report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin);
    return std::move(run.report);
}

void Reconciler::Run::surveyAll(const std::vector<Host>& hosts) {
    scans = r.m_scanner.scan(hosts, cancel);
    for (std::size_t i = 0; i < hosts.size(); ++i)
        report.hosts.push_back(survey(hosts[i], scans[i], order.scope, r.m_scanner.sessions(), cancel));
}

/// A misspelt name must not pass as "nothing to do".
void Reconciler::Run::checkScope() {
    const bool all = std::all_of(report.hosts.begin(), report.hosts.end(),
                                 [](const HostReport& host) { return host.observed; });
    for (const std::string& name : order.scope.only)
        if (all && !isNamed(report, name) && report.usage.empty())
            report.usage = "There is no container with a bind mount that '" + printable(name) +
                           "' names on the host(s) that were looked at; nothing was done.";
    if (!order.scope.service || !report.usage.empty())
        return;
    for (const HostReport& host : report.hosts) // one command is for one service
        for (const Item& item : host.items)
            if (item.container.label() != host.items.front().container.label())
                report.usage = "'" + printable(order.scope.only.front()) + "' names several services on " +
                               printable(host.host.name) + ": " + namesOn(host) +
                               "; name one as PROJECT/SERVICE.";
}

/// What is known to be refused before anything is done. A mass restart is a sign that something else is
/// wrong: then nothing at all is restarted.
void Reconciler::Run::plan() {
    for (HostReport& host : report.hosts)
        if (host.host.isProtected && !order.protectedConfirmed && !order.dryRun)
            refuseAll(host, "This host is protected: say --yes-protected.");
    const int wanted = report.count(ItemStatus::Planned);
    if (wanted <= order.maxRestarts)
        return;
    const std::string why = std::to_string(wanted) + " containers need a restart, and at most " +
                            std::to_string(order.maxRestarts) +
                            " may be restarted in one run (--max): nothing was restarted.";
    for (HostReport& host : report.hosts)
        refuseAll(host, why);
    report.stopped = why;
}

void Reconciler::Run::actOn(HostReport& host) {
    const auto planned = [](const Item& item) { return item.status == ItemStatus::Planned; };
    if (std::none_of(host.items.begin(), host.items.end(), planned)) {
        if (host.observed)
            closeOpen(host.host);
        return writeHashesOf(host);
    }
    if (!report.stopped.empty())
        return stop(report.stopped);
    if (const auto log = openLog(); !log) {
        const std::string why = "Nothing was done, no audit record can be written: " + log.error().message;
        refuseAll(host, why, true);
        return stop(why);
    }
    const auto lock = lockOn(host.host);
    if (!lock) {
        refuseAll(host, lock.error().message + " Nothing was done.");
        return stop(lock.error().message);
    }
    recoverOpen(host.host);
    actUnderLock(host, **lock);
}

void Reconciler::Run::stop(const std::string& why) {
    if (report.stopped.empty())
        report.stopped = why;
    for (HostReport& host : report.hosts)
        for (Item& item : host.items)
            if (item.status == ItemStatus::Planned) {
                item.status = ItemStatus::NotReached;
                item.text = item.decision.cause + " Not restarted, the run was stopped before.";
            }
}

void Reconciler::Run::refuseAll(HostReport& host, const std::string& why, bool noRecord) {
    for (Item& item : host.items)
        if (item.status == ItemStatus::Planned) {
            item.status = ItemStatus::Refused;
            item.text = why;
            item.noRecord = noRecord;
        }
}

HostScan& Reconciler::Run::scanOf(const HostReport& host) {
    return scans[static_cast<std::size_t>(&host - report.hosts.data())];
}

void Reconciler::Run::emit(Event event) {
    if (!r.m_sink)
        return;
    // Where events are kept whoever cuts the log later is contradicted.
    if (store && event.type == EventType::ConfigRestart && event.status != EventStatus::InProgress)
        if (auto note = store->checkpoint())
            event.checkpoint = std::move(*note);
    if (const auto kept = r.m_sink->emit(event); !kept)
        notice(kept.error().message);
}

void Reconciler::Run::emit(const Host& host, const Item& item, EventType type, EventStatus status) {
    emit(eventOf(host, item, type, status, r.m_clock.now(), order.deployment));
}

/// What was begun was announced then. A dry run finds, and leaves all alone. A refusal is on record, too.
void Reconciler::Run::announceFindings() {
    for (HostReport& host : report.hosts)
        for (Item& item : host.items) {
            if (!item.opId.empty() || item.status == ItemStatus::InSync)
                continue;
            if (item.status == ItemStatus::Refused && !order.dryRun) {
                recordRefusal(host, item);
                emit(host.host, item, EventType::ConfigRestart, EventStatus::Failed);
            } else {
                emit(host.host, item, EventType::ConfigDrift, EventStatus::Found);
            }
        }
}

void Reconciler::Run::notice(const std::string& sentence) const {
    if (watch.onNotice)
        watch.onNotice(sentence);
}

} // namespace inodeck
