#include "ui/models/restart_recreate.h"

#include "core/restart/recreate.h"
#include "ui/models/fleet_session.h"

namespace inodeck::ui {

namespace {

struct Found {
    RestartPlan plan;
    std::vector<std::string> command;
};

Result<Found> findCommand(Scanner& scanner, const RestartPlan& failed, const Cancel& cancel) {
    const HostScan scan = scanner.scanHost(failed.host, cancel); // of all: a scaled service must be seen
    auto plans = planRestarts(failed.host, scan, failed.container.id.hex());
    if (!plans)
        return tl::unexpected(plans.error());
    auto command =
        recreateCommand(scanner.sessions(), plans->front(), scan, RestartOrder{}.stopTimeout, cancel);
    if (!command)
        return tl::unexpected(command.error());
    return Found{std::move(plans->front()), std::move(*command)};
}

} // namespace

RecreateFinder::RecreateFinder(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_cancel(std::make_shared<Cancel>()) {}

RecreateFinder::~RecreateFinder() {
    m_cancel->request();
    m_pool.waitForDone();
}

void RecreateFinder::find(const RestartPlan& failedPlan) {
    m_pool.start([this, failedPlan] {
        const auto result = findCommand(m_session.scanner(), failedPlan, *m_cancel);
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                if (result)
                    Q_EMIT found(result->plan, result->command);
                else
                    Q_EMIT failed(QString::fromStdString(result.error().message));
            },
            Qt::QueuedConnection);
    });
}

} // namespace inodeck::ui
