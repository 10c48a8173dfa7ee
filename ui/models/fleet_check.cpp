#include "ui/models/fleet_check.h"

#include <utility>

namespace inodeck::ui {

FleetCheck::FleetCheck(std::map<std::string, std::string> environment, QObject* parent)
    : QObject(parent)
    , m_environment(std::move(environment)) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds{150});
    connect(&m_soon, &QTimer::timeout, this, &FleetCheck::run);
}

void FleetCheck::check(const QString& text, const std::string& path) {
    m_text = text.toStdString();
    m_path = path;
    m_worker.drop();
    m_soon.start();
}

void FleetCheck::run() {
    m_worker.run([this, text = m_text, path = m_path, environment = m_environment](const Cancel&) {
        auto problems = checkFleet(text, path, environment);
        auto fleet = problems.empty() ? parseFleet(text, path, environment) : Result<Fleet>(Fleet{});
        if (!fleet) // cannot be, after an empty list; if it is, it is said
            problems.push_back({1, 1, fleet.error().message});
        return [this, problems = std::move(problems), fleet = fleet.value_or(Fleet{})] {
            Q_EMIT checked(problems, fleet);
        };
    });
}

} // namespace inodeck::ui
