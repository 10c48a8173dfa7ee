#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <vector>

#include "core/restart/restart.h"

namespace inodeck::ui {

class FleetSession;

/// What the audit log says before anything is done.
struct AuditLook {
    std::string whyNotReady; ///< empty: a record can be written
    std::vector<OpenIntent> openIntents;
};

/// The checklist of one restart, from what was seen just now: the guard's checks, and those of the log. The
/// Restarter checks all of it once more before it acts. Pure.
std::vector<GuardCheck> preflight(const RestartPlan& plan, const HostScan& now, const AuditLook& log);

/// Looks at the hosts of plans, read-only, off the GUI thread.
class RestartPreflight final : public QObject {
    Q_OBJECT

public:
    explicit RestartPreflight(FleetSession& session, QObject* parent = nullptr);
    ~RestartPreflight() override;
    void run(const std::vector<RestartPlan>& plans);

Q_SIGNALS:
    /// Of the plan at this place.
    void checked(int index, const std::vector<GuardCheck>& checks);

private:
    using Wanted = std::vector<std::pair<int, RestartPlan>>;
    void look(const Wanted& ofOneHost);

    FleetSession& m_session;
    QThreadPool m_pool;
    std::shared_ptr<Cancel> m_cancel;
};

} // namespace inodeck::ui
