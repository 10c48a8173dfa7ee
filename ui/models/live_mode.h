#pragma once

#include <QTimer>

#include "ui/models/fleet_session.h"
#include "ui/models/live_schedule.h"

namespace inodeck::ui {

/// Looks at the hosts again and again, over the sessions that are kept.
class LiveMode final : public QObject {
    Q_OBJECT

public:
    explicit LiveMode(FleetSession& session, QObject* parent = nullptr);
    void setOn(bool on);
    bool isOn() const { return m_timer.isActive(); }
    void setInterval(std::chrono::seconds interval) { m_schedule.setInterval(interval); }
    std::chrono::seconds interval() const { return m_schedule.interval(); }
    /// Why the host is not asked at each turn; empty: it is, or live mode is off.
    QString waiting(const std::string& host) const;

private:
    void look();

    FleetSession& m_session;
    LiveSchedule m_schedule;
    QTimer m_timer;
};

} // namespace inodeck::ui
