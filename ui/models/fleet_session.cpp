#include "ui/models/fleet_session.h"

#include <QPointer>
#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace inodeck::ui {

namespace {

AuditState auditState(const std::string& where) {
    AuditState state;
    auto store = openAuditStore(where);
    if (!store) {
        state.sentence = store.error().message;
        return state;
    }
    const auto ready = (*store)->ready();
    state.ready = ready.has_value();
    state.sentence = ready ? (*store)->location() : ready.error().message;
    if (auto open = (*store)->openIntents())
        state.openIntents = std::move(*open);
    return state;
}

} // namespace

FleetSession::FleetSession(std::unique_ptr<Transport> transport, std::string auditWhere,
                           std::map<std::string, std::string> environment, QObject* parent)
    : QObject(parent)
    , m_transport(std::move(transport))
    , m_scanner(*m_transport, Clock::system())
    , m_auditWhere(std::move(auditWhere))
    , m_auditLog(m_auditWhere)
    , m_environment(std::move(environment))
    , m_scanCancel(std::make_shared<Cancel>())
    , m_taskCancel(std::make_shared<Cancel>())
    , m_restartCancel(std::make_shared<Cancel>()) {
    m_pool.setMaxThreadCount(8);
}

FleetSession::~FleetSession() {
    m_scanCancel->request();
    m_taskCancel->request();
    m_restartCancel->request();
    m_pool.waitForDone();
}

void FleetSession::run(std::function<void()> task) {
    m_pool.start(std::move(task));
}

/// Queued to the GUI thread; dropped when the session is gone by then.
void FleetSession::post(std::function<void()> onGuiThread) {
    QMetaObject::invokeMethod(this, std::move(onGuiThread), Qt::QueuedConnection);
}

const Host* FleetSession::find(const std::string& name) const {
    const auto found =
        std::find_if(m_hosts.begin(), m_hosts.end(), [&](const Host& h) { return h.name == name; });
    return found == m_hosts.end() ? nullptr : &*found;
}

void FleetSession::addHost(const Host& host) {
    if (!find(host.name))
        m_hosts.push_back(host);
}

void FleetSession::removeHost(const std::string& name) {
    std::erase_if(m_hosts, [&](const Host& host) { return host.name == name; });
    m_last.erase(name);
    m_scanner.sessions().forget(name);
}

const HostScan* FleetSession::lastScan(const std::string& host) const {
    const auto found = m_last.find(host);
    return found == m_last.end() ? nullptr : &found->second;
}

void FleetSession::scanAll() {
    startScan(m_hosts);
}

void FleetSession::scanOne(const std::string& name) {
    m_next.push_back(name);
    if (!scanning())
        scanNext();
}

void FleetSession::scanNext() {
    std::vector<Host> hosts;
    for (const std::string& name : std::exchange(m_next, {}))
        if (const Host* host = find(name))
            hosts.push_back(*host);
    startScan(hosts);
}

void FleetSession::startScan(const std::vector<Host>& hosts) {
    if (hosts.empty() || scanning())
        return;
    m_scanCancel = std::make_shared<Cancel>();
    const int generation = ++m_generation;
    m_scansLeft = m_scansWanted = static_cast<int>(hosts.size());
    for (const Host& host : hosts)
        Q_EMIT scanStarted(host.name);
    run([this, hosts, generation, cancel = m_scanCancel] {
        m_scanner.scan(hosts, *cancel, [&](const HostScan& scan) {
            post([this, scan, generation] { take(scan, generation); });
        });
    });
}

void FleetSession::take(const HostScan& scan, int generation) {
    if (generation != m_generation)
        return;
    if (scan.status == HostStatus::Ok)
        m_last.insert_or_assign(scan.host, scan);
    else if (scan.status == HostStatus::Failed)
        m_last.erase(scan.host);
    Q_EMIT hostScanned(scan);
    if (--m_scansLeft > 0)
        return;
    Q_EMIT scanFinished();
    if (!m_next.empty() && !scanning())
        scanNext();
}

void FleetSession::cancelScan() {
    m_next.clear();
    m_scanCancel->request();
}

Result<std::vector<RestartPlan>> FleetSession::plan(const std::string& host,
                                                    const ContainerId& container) const {
    const Host* target = find(host);
    const HostScan* scan = lastScan(host);
    if (!target || !scan)
        return fail(ErrorCode::NotFound, "This host was not observed by the last scan; scan it first.");
    return planRestarts(*target, *scan, container.hex());
}

void FleetSession::restart(const RestartPlan& plan, const RestartOrder& order) {
    if (m_restarting)
        return;
    m_restarting = true;
    m_restartCancel = std::make_shared<Cancel>();
    run([this, plan, order, cancel = m_restartCancel] {
        RestartResult result{RestartStatus::NotRecorded, {}, {}, {}};
        auto store = openAuditStore(m_auditWhere);
        if (store)
            result = Restarter(m_scanner, **store, Clock::system())
                         .run(plan, order, *cancel, [this](const StepEvent& event) {
                             post([this, event] { Q_EMIT restartStep(event); });
                         });
        else
            result.text = "Nothing was done, no audit record can be written: " + store.error().message;
        post([this, result] {
            m_restarting = false;
            Q_EMIT restartFinished(result);
        });
    });
}

void FleetSession::stopWaiting() {
    m_restartCancel->request();
}

void FleetSession::recover(const OpenIntent& intent) {
    const Host* known = find(intent.draft.target.vm);
    const Result<Host> host = known ? Result<Host>(*known) : parseHost(intent.draft.target.vm);
    if (!host) {
        Q_EMIT recoverFinished(QString::fromStdString(host.error().message));
        return;
    }
    run([this, intent, host = *host, actor = actor(), cancel = m_taskCancel] {
        auto store = openAuditStore(m_auditWhere);
        const Result<AuditResult> result =
            store ? Restarter(m_scanner, **store, Clock::system()).recover(intent, host, actor, *cancel)
                  : Result<AuditResult>(tl::unexpected(store.error()));
        const QString sentence =
            result ? tr("%1; recorded.").arg(QString::fromStdString(printable(result->status)))
                   : QString::fromStdString(result.error().message);
        post([this, sentence] { Q_EMIT recoverFinished(sentence); });
    });
}

std::string FleetSession::home() const {
    const auto found = m_environment.find("HOME");
    return found == m_environment.end() ? std::string() : found->second;
}

void FleetSession::checkAudit() {
    run([this, where = m_auditWhere] {
        post([this, state = auditState(where)] { Q_EMIT auditChecked(state); });
    });
}

} // namespace inodeck::ui
