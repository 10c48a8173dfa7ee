#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/restart/restart.h"
#include "ui/models/audit_log.h"
#include "ui/models/preferences.h"
#include "ui/models/scan_inbox.h"

namespace inodeck::ui {

/// What the audit log allows now.
struct AuditState {
    bool ready = false;
    std::string sentence; ///< where it is, or why nothing can be recorded; printable
    std::vector<OpenIntent> openIntents;
};

/// The window's side of the core: runs its blocking calls on worker threads and hands their results to the
/// GUI thread by signals. A host is never scanned twice at once; results come in small batches, so that a
/// thousand hosts do not hold the GUI thread.
class FleetSession final : public QObject {
    Q_OBJECT

public:
    FleetSession(std::unique_ptr<Transport> transport, std::string auditWhere,
                 std::map<std::string, std::string> environment, QObject* parent = nullptr);
    ~FleetSession() override;

    void addHost(const Host& host);
    /// As the fleet file has it now; added where it is not there.
    void updateHost(const Host& host);
    /// What the fleet file in force says of services.
    void setFleet(const Fleet& fleet) { m_fleet = fleet; }
    /// For all hosts, from the next scan on.
    void setLimits(const ScanLimits& limits);
    void removeHost(const std::string& name);
    const std::vector<Host>& hosts() const { return m_hosts; }
    /// Null: there is no such host.
    const Host* find(const std::string& name) const;
    const HostScan* lastScan(const std::string& host) const;
    /// For those that ask the hosts more than scans do, on threads of their own that end before this does.
    Scanner& scanner() { return m_scanner; }
    /// As openAuditStore() takes it.
    const std::string& auditWhere() const { return m_auditWhere; }

    void scanAll();
    /// Those of the hosts that are not being scanned already.
    void scan(const std::vector<std::string>& names);
    /// Once more after the scan that is under way, if there is one.
    void scanOne(const std::string& name);
    void cancelScan();
    bool scanning() const { return !m_inFlight.empty(); }
    bool scanning(const std::string& host) const { return m_inFlight.contains(host); }
    int scansLeft() const { return static_cast<int>(m_inFlight.size()); }
    int scansWanted() const { return m_scansWanted; }
    bool restarting() const { return m_restarting; }
    bool recovering() const { return m_recovering; }

    /// Plans from the last scan of the host.
    Result<std::vector<RestartPlan>> plan(const std::string& host, const ContainerId& container) const;
    /// How the fleet file wants the container of this plan restarted.
    RestartOrder order(const RestartPlan& plan) const { return orderOf(m_fleet, plan); }
    void restart(const RestartPlan& plan, const RestartOrder& order);
    void stopWaiting();
    /// auditChecked() follows.
    void checkAudit() { askAudit(false); }
    /// The same, unless it is as it was told last.
    void checkAuditForNews() { askAudit(true); }
    /// Looks at what an open intent left behind and records it; never restarts. One at a time.
    void recover(const OpenIntent& intent);
    /// The same log, to be read.
    AuditLog& auditLog() { return m_auditLog; }
    /// The operator's home folder.
    std::string home() const;
    const std::map<std::string, std::string>& environment() const { return m_environment; }
    AuditActor actor() const { return currentActor(m_environment); }

Q_SIGNALS:
    void scanStarted(const std::vector<std::string>& hosts);
    void hostScanned(const HostScan& scan);
    /// The hosts of this batch were told by hostScanned().
    void batchTaken();
    void scanFinished();
    void restartStep(const StepEvent& event);
    void restartFinished(const RestartResult& result);
    /// When it begins, and when it waits.
    void recoverNotice(const QString& sentence);
    void recoverFinished(const QString& sentence);
    void auditChecked(const AuditState& state);

private:
    void askAudit(bool onlyNews);
    void run(std::function<void()> task);
    void post(std::function<void()> onGuiThread);
    Host limited(Host host) const;
    void startScan(const std::vector<Host>& hosts);
    void takeBatch();
    void take(const std::shared_ptr<const HostScan>& scan);

    std::unique_ptr<Transport> m_transport;
    Scanner m_scanner;
    std::string m_auditWhere;
    AuditLog m_auditLog;
    std::map<std::string, std::string> m_environment;
    std::vector<Host> m_hosts; ///< as they were given, without the limits
    Fleet m_fleet;
    ScanLimits m_limits;
    std::map<std::string, std::shared_ptr<const HostScan>> m_last;
    QThreadPool m_pool;
    QThreadPool m_scanPool; ///< of its own: slow hosts must not keep a restart waiting
    std::shared_ptr<Cancel> m_scanCancel;
    std::shared_ptr<Cancel> m_taskCancel;
    std::shared_ptr<Cancel> m_restartCancel;
    int m_scansWanted = 0;
    std::set<std::string> m_inFlight; ///< hosts that are being scanned
    std::set<std::string> m_again;    ///< of these, those to scan once more
    ScanInbox m_inbox;                ///< from the workers
    bool m_restarting = false;
    bool m_recovering = false;
    AuditState m_audit; ///< as it was told last
};

} // namespace inodeck::ui
