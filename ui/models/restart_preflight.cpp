#include "ui/models/restart_preflight.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/restart/proof.h"
#include "ui/models/fleet_session.h"

namespace inodeck::ui {

namespace {

AuditLook lookAtLog(const std::string& where) {
    AuditLook look;
    const auto store = openAuditStore(where);
    const auto ready = store ? (*store)->ready() : Result<void>(tl::unexpected(store.error()));
    if (!ready)
        look.whyNotReady = ready.error().message;
    if (!store)
        return look;
    if (auto open = (*store)->openIntents())
        look.openIntents = std::move(*open);
    else if (look.whyNotReady.empty())
        look.whyNotReady = open.error().message;
    return look;
}

GuardCheck nobodyElse(const RestartPlan& plan, const AuditLook& log) {
    GuardCheck check{"No other restart of it is open", true, {}};
    for (const OpenIntent& intent : log.openIntents)
        if (intent.draft.target.containerId == plan.container.id.hex()) {
            check.passed = false;
            check.detail = "A restart of it that began at " + formatRfc3339(intent.ts, 0) + " (by " +
                           printable(intent.draft.actor.account) +
                           ") has no outcome on record: wait for it, or look what became of it.";
        }
    return check;
}

GuardCheck stillCalledFor(const RestartPlan& plan, const HostScan& now) {
    const bool called = std::any_of(now.rows.begin(), now.rows.end(), [&](const Row& row) {
        return row.observation.container.id == plan.container.id && callsForRestart(row.judgement.verdict);
    });
    return {"A mount of it still calls for a restart", called,
            called ? "" : "None of its mounts calls for a restart any more; scan again."};
}

} // namespace

std::vector<GuardCheck> preflight(const RestartPlan& plan, const HostScan& now, const AuditLook& log) {
    std::vector<GuardCheck> checks = guard(plan, now);
    if (!plan.causes.empty() && now.status == HostStatus::Ok)
        checks.push_back(stillCalledFor(plan, now));
    checks.push_back({"A record of it can be written", log.whyNotReady.empty(), log.whyNotReady});
    checks.push_back(nobodyElse(plan, log));
    return checks;
}

RestartPreflight::RestartPreflight(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_cancel(std::make_shared<Cancel>()) {
    m_pool.setMaxThreadCount(4);
}

RestartPreflight::~RestartPreflight() {
    m_cancel->request();
    m_pool.waitForDone();
}

void RestartPreflight::run(const std::vector<RestartPlan>& plans) {
    std::map<std::string, Wanted> byHost;
    for (std::size_t i = 0; i < plans.size(); ++i)
        byHost[plans[i].host.name].emplace_back(static_cast<int>(i), plans[i]);
    for (const auto& [host, wanted] : byHost)
        m_pool.start([this, wanted = wanted] { look(wanted); });
}

void RestartPreflight::look(const Wanted& ofOneHost) {
    std::vector<ContainerId> ids;
    for (const auto& [index, plan] : ofOneHost)
        ids.push_back(plan.container.id);
    const HostScan now = m_session.scanner().scanHost(ofOneHost.front().second.host, *m_cancel, ids);
    const AuditLook log = lookAtLog(m_session.auditWhere());
    for (const auto& [index, plan] : ofOneHost)
        QMetaObject::invokeMethod(
            this, [this, i = index, checks = preflight(plan, now, log)] { Q_EMIT checked(i, checks); },
            Qt::QueuedConnection);
}

} // namespace inodeck::ui
