#include "ui/models/live_mode.h"

namespace inodeck::ui {

LiveMode::LiveMode(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session) {
    m_timer.setInterval(std::chrono::seconds{1});
    connect(&m_timer, &QTimer::timeout, this, &LiveMode::look);
    connect(&session, &FleetSession::hostScanned, this,
            [this](const HostScan& scan) { m_schedule.taken(scan, std::chrono::steady_clock::now()); });
}

void LiveMode::setOn(bool on) {
    if (on == isOn())
        return;
    if (!on) {
        m_timer.stop();
        return;
    }
    m_timer.start();
    look();
}

void LiveMode::look() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::string> due;
    for (const Host& host : m_session.hosts())
        if (!m_session.scanning(host.name) && m_schedule.isDue(host.name, now))
            due.push_back(host.name);
    m_session.scan(due);
}

QString LiveMode::waiting(const std::string& host) const {
    if (!isOn())
        return {};
    if (m_schedule.needsPerson(host))
        return tr("Live mode leaves this host alone until you scan it: it needs a person.");
    if (const int failures = m_schedule.failures(host))
        return tr("Live mode asks this host every %1 s only, because it keeps failing.")
            .arg(m_schedule.pause(failures).count());
    return {};
}

} // namespace inodeck::ui
