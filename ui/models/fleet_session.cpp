#include "ui/models/fleet_session.h"

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/restart/recover.h"
#include "ui/models/background.h"
#include "ui/models/locked_restart.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

constexpr std::chrono::nanoseconds BatchBudget = std::chrono::milliseconds{4};
constexpr std::chrono::milliseconds BatchPause{8};

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

bool isSame(const AuditState& one, const AuditState& other) {
    const auto sameIntent = [](const OpenIntent& a, const OpenIntent& b) { return a.id == b.id; };
    return one.ready == other.ready && one.sentence == other.sentence &&
           std::equal(one.openIntents.begin(), one.openIntents.end(), other.openIntents.begin(),
                      other.openIntents.end(), sameIntent);
}

QString recoveredWords(const Result<Recovered>& recovered) {
    if (!recovered)
        return QString::fromStdString(recovered.error().message);
    QString text =
        recovered->found
            ? FleetSession::tr("%1; recorded.").arg(QString::fromStdString(printable(recovered->words())))
            : FleetSession::tr("It has its outcome on record by now.");
    if (!recovered->withoutLock.empty())
        text += QLatin1Char('\n') + FleetSession::tr("Looked at without a lock: %1")
                                        .arg(QString::fromStdString(recovered->withoutLock));
    return text;
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
    m_scanPool.setMaxThreadCount(8);
}

FleetSession::~FleetSession() {
    m_inbox.close();
    m_scanCancel->request();
    m_taskCancel->request();
    m_restartCancel->request();
    m_scanPool.waitForDone();
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

void FleetSession::updateHost(const Host& host) {
    const auto found =
        std::find_if(m_hosts.begin(), m_hosts.end(), [&](const Host& h) { return h.name == host.name; });
    if (found == m_hosts.end())
        m_hosts.push_back(host);
    else
        *found = host;
}

void FleetSession::setLimits(const ScanLimits& limits) {
    m_limits = limits;
    m_scanner.setParallel(limits.hostsAtOnce);
}

Host FleetSession::limited(Host host) const {
    host.deadline = m_limits.deadline.value_or(host.deadline);
    host.hashLimit = m_limits.hashLimit.value_or(host.hashLimit);
    return host;
}

void FleetSession::removeHost(const std::string& name) {
    std::erase_if(m_hosts, [&](const Host& host) { return host.name == name; });
    m_last.erase(name);
    m_scanner.sessions().forget(name);
}

const HostScan* FleetSession::lastScan(const std::string& host) const {
    const auto found = m_last.find(host);
    return found == m_last.end() ? nullptr : found->second.get();
}

void FleetSession::scanAll() {
    startScan(m_hosts);
}

void FleetSession::scan(const std::vector<std::string>& names) {
    std::vector<Host> hosts;
    for (const std::string& name : names)
        if (const Host* host = find(name))
            hosts.push_back(*host);
    startScan(hosts);
}

void FleetSession::scanOne(const std::string& name) {
    if (scanning(name))
        m_again.insert(name);
    else
        scan({name});
}

void FleetSession::startScan(const std::vector<Host>& wanted) {
    std::vector<Host> hosts;
    std::vector<std::string> names;
    const bool fresh = !scanning();
    for (const Host& host : wanted)
        if (m_inFlight.insert(host.name).second) {
            hosts.push_back(limited(host));
            names.push_back(host.name);
        }
    if (hosts.empty())
        return;
    if (fresh)
        m_scanCancel = std::make_shared<Cancel>();
    m_scansWanted = (fresh ? 0 : m_scansWanted) + static_cast<int>(hosts.size());
    Q_EMIT scanStarted(names);
    m_scanPool.start([this, hosts = std::move(hosts), cancel = m_scanCancel] {
        giveWay();
        m_scanner.scan(hosts, *cancel, [this](const HostScan& scan) {
            if (m_inbox.put(std::make_shared<const HostScan>(scan)))
                post([this] { takeBatch(); });
        });
    });
}

/// As many as fit into a part of a frame; between two batches the window paints and answers.
void FleetSession::takeBatch() {
    QElapsedTimer spent;
    spent.start();
    std::shared_ptr<const HostScan> scan = m_inbox.take();
    while (scan) {
        take(scan);
        if (spent.nsecsElapsed() >= BatchBudget.count()) {
            // Posted: timers that are due together run together, and no key press comes between them.
            QTimer::singleShot(BatchPause, this, [this] { post([this] { takeBatch(); }); });
            break;
        }
        scan = m_inbox.take();
    }
    Q_EMIT batchTaken();
}

void FleetSession::take(const std::shared_ptr<const HostScan>& scan) {
    const std::string& host = scan->host;
    m_inFlight.erase(host);
    if (find(host)) {
        // First: who hears of the scan may plan from it.
        if (scan->status == HostStatus::Ok)
            m_last.insert_or_assign(host, scan);
        else if (scan->status == HostStatus::Failed)
            m_last.erase(host);
        Q_EMIT hostScanned(*scan);
    }
    if (!scanning())
        Q_EMIT scanFinished();
    if (m_again.erase(host) > 0)
        FleetSession::scan({host});
}

void FleetSession::cancelScan() {
    m_again.clear();
    m_scanCancel->request();
}

Result<std::vector<RestartPlan>> FleetSession::plan(const std::string& host,
                                                    const ContainerId& container) const {
    const Host* target = find(host);
    const HostScan* scan = lastScan(host);
    if (!target || !scan)
        return fail(ErrorCode::NotFound, "This host was not observed by the last scan; scan it first.");
    return planRestarts(limited(*target), *scan, container.hex());
}

void FleetSession::restart(const RestartPlan& plan, const RestartOrder& order) {
    if (m_restarting)
        return;
    m_restarting = true;
    m_restartCancel = std::make_shared<Cancel>();
    run([this, plan, order, cancel = m_restartCancel] {
        const RestartResult result = restartLocked(
            *m_transport, m_scanner, m_auditWhere, plan, order, *cancel,
            [this](const StepEvent& event) { post([this, event] { Q_EMIT restartStep(event); }); });
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
    if (m_recovering)
        return;
    const Host* known = find(intent.draft.target.vm);
    const Result<Host> host = known ? Result<Host>(*known) : parseHost(intent.draft.target.vm);
    if (!host) {
        Q_EMIT recoverFinished(QString::fromStdString(host.error().message));
        return;
    }
    m_recovering = true;
    Q_EMIT recoverNotice(tr("Looking at %1 what became of the restart…").arg(literal(host->name)));
    run([this, intent, host = *host, actor = actor(), cancel = m_taskCancel] {
        const Told told = [this](const std::string& sentence) {
            post([this, sentence] { Q_EMIT recoverNotice(QString::fromStdString(sentence)); });
        };
        const auto recovered =
            openAuditStore(m_auditWhere).and_then([&](const std::unique_ptr<AuditStore>& log) {
                return recoverUnderLock(intent, host, actor, *m_transport, m_scanner, *log, *cancel, told);
            });
        post([this, recovered] {
            m_recovering = false;
            Q_EMIT recoverFinished(recoveredWords(recovered));
        });
    });
}

std::string FleetSession::home() const {
    const auto found = m_environment.find("HOME");
    return found == m_environment.end() ? std::string() : found->second;
}

void FleetSession::askAudit(bool onlyNews) {
    run([this, onlyNews, where = m_auditWhere] {
        post([this, onlyNews, state = auditState(where)] {
            // A restart's own intent is open until its end, which is followed by another check.
            if (m_restarting || (onlyNews && isSame(state, m_audit)))
                return;
            m_audit = state;
            Q_EMIT auditChecked(state);
        });
    });
}

} // namespace inodeck::ui
