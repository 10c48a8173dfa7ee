#pragma once

#include <QObject>
#include <map>

#include "ui/models/fleet_session.h"

namespace inodeck::ui {

/// How each host was looked at last, failures included; without the rows.
class LastLooks final : public QObject {
    Q_OBJECT

public:
    explicit LastLooks(FleetSession& session, QObject* parent = nullptr);
    /// One of each of the session's hosts; one that was not looked at yet says so.
    std::vector<HostScan> all() const;

private:
    FleetSession& m_session;
    std::map<std::string, HostScan> m_looks;
};

} // namespace inodeck::ui
