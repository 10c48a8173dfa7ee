#pragma once

#include "core/reconcile/reconcile.h"
#include "core/restart/vm_lock.h"

namespace inodeck {

/// One run of a Reconciler: survey, plan, then host by host under the VM's lock.
struct Reconciler::Run {
    Reconciler& r;
    const ReconcileOrder& order;
    const ReconcileWatch& watch;
    const Cancel& cancel;
    Report report{};
    std::vector<HostScan> scans{}; ///< the last one of each host of the report
    std::unique_ptr<AuditStore> store{};
    std::optional<std::vector<OpenIntent>> openAtFirst{};
    int restarts = 0;

    void surveyAll(const std::vector<Host>& hosts);
    void checkScope();
    void plan();
    void actOn(HostReport& host);
    HostScan& scanOf(const HostReport& host);

    // the log
    Result<void> openLog();
    std::vector<OpenIntent> ours(std::vector<OpenIntent> intents, const Host& host) const;
    std::vector<OpenIntent> leftOpen(const Host& host);
    void recoverOpen(const Host& host);
    void closeOpen(const Host& host);
    void tellOpen(const Host& host);
    void recordRefusal(HostReport& host, Item& item);

    // one host
    Result<std::unique_ptr<VmLock>> lockOn(const Host& host);
    void actUnderLock(HostReport& host, const VmLock& lock);
    void restart(HostReport& host, Item& item);
    std::string whyNotNow(const RestartPlan& plan, const Item& item);
    RestartOrder orderFor(const Item& item) const;
    void end(Item& item, const RestartResult& result) const;
    void writeHash(HostReport& host, const Item& item, const std::vector<Row>& proof);
    void writeHashesOf(HostReport& host);

    // what is told
    void stop(const std::string& why);
    void refuseAll(HostReport& host, const std::string& why, bool noRecord = false);
    void emit(Event event);
    void emit(const Host& host, const Item& item, EventType type, EventStatus status);
    void announceFindings();
    void notice(const std::string& sentence) const;
};

} // namespace inodeck
