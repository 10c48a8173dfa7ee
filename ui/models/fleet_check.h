#pragma once

#include <QString>
#include <QTimer>

#include "core/fleet/fleet.h"
#include "ui/models/worker.h"

namespace inodeck::ui {

/// Checks the text of a fleet file while it is typed: off the GUI thread, when the typing pauses.
class FleetCheck final : public QObject {
    Q_OBJECT

public:
    explicit FleetCheck(std::map<std::string, std::string> environment, QObject* parent = nullptr);
    /// The latest text counts.
    void check(const QString& text, const std::string& path);
    /// A text was given and is not judged yet.
    bool busy() const { return m_soon.isActive() || m_worker.busy(); }

Q_SIGNALS:
    /// Empty `problems`: `fleet` is what the text means.
    void checked(const std::vector<FleetProblem>& problems, const Fleet& fleet);

private:
    void run();

    std::map<std::string, std::string> m_environment;
    QTimer m_soon;
    Worker m_worker;
    std::string m_text;
    std::string m_path;
};

} // namespace inodeck::ui
