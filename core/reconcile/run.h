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
    std::unique_ptr<AuditStore> store{};
    int restarts = 0;

    void surveyAll(const std::vector<Host>& hosts);
    void checkScope();
    void plan();
    void actOn(HostReport& host);

    // one host
    bool openLog(HostReport& host);
    void recoverOpen(const Host& host);
    void actUnderLock(HostReport& host, const VmLock& lock);
    void restart(HostReport& host, Item& item, const HostScan& scan);
    std::string whyNotNow(const RestartPlan& plan, const Item& item);
    RestartOrder orderFor(const Item& item) const;
    void end(Item& item, const RestartResult& result) const;
    void writeHash(HostReport& host, const Item& item, const std::vector<Row>& proof);
    void writeHashesOf(HostReport& host);

    // what is told
    void stop(const std::string& why);
    void refuseAll(HostReport& host, const std::string& why, bool noRecord = false);
    void emit(const Host& host, const Item& item, EventType type, EventStatus status);
    void announceFindings();
    void notice(const std::string& sentence) const;
};

} // namespace inodeck
