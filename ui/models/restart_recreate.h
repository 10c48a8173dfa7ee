#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>

#include "core/restart/restart.h"

namespace inodeck::ui {

class FleetSession;

/// Looks at a container that a restart did not cure, and finds the exact command with which compose would
/// make a new one in its place. Read-only, off the GUI thread.
class RecreateFinder final : public QObject {
    Q_OBJECT

public:
    explicit RecreateFinder(FleetSession& session, QObject* parent = nullptr);
    ~RecreateFinder() override;
    void find(const RestartPlan& failed);

Q_SIGNALS:
    /// `plan` is of the container as it is now.
    void found(const RestartPlan& plan, const std::vector<std::string>& command);
    void failed(const QString& why);

private:
    FleetSession& m_session;
    QThreadPool m_pool;
    std::shared_ptr<Cancel> m_cancel;
};

} // namespace inodeck::ui
