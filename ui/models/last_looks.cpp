#include "ui/models/last_looks.h"

namespace inodeck::ui {

LastLooks::LastLooks(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session) {
    connect(&session, &FleetSession::hostScanned, this, [this](const HostScan& scan) {
        HostScan look = scan;
        look.rows.clear();
        m_looks.insert_or_assign(scan.host, std::move(look));
    });
}

std::vector<HostScan> LastLooks::all() const {
    std::vector<HostScan> looks;
    for (const Host& host : m_session.hosts()) {
        const auto found = m_looks.find(host.name);
        if (found != m_looks.end()) {
            looks.push_back(found->second);
            continue;
        }
        HostScan none;
        none.host = host.name;
        none.error = {ErrorCode::NotFound, "It was not looked at yet."};
        looks.push_back(std::move(none));
    }
    return looks;
}

} // namespace inodeck::ui
