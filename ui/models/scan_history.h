#pragma once

#include <QObject>
#include <map>
#include <tuple>
#include <vector>

#include "ui/models/fleet_session.h"

namespace inodeck::ui {

/// One verdict that a mount had, over as many looks in a row as said the same.
struct SeenVerdict {
    Verdict verdict = Verdict::Unknown;
    TimePoint first{};
    TimePoint last{};
    int looks = 0;
};

/// What the scans since the program was started said of each mount; the last MaxKept changes of each.
class ScanHistory final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t MaxKept = 50;

    explicit ScanHistory(FleetSession& session, QObject* parent = nullptr);
    /// Oldest first.
    std::vector<SeenVerdict> of(const std::string& host, const Observation& mount) const;

private:
    void take(const HostScan& scan);
    using Key = std::tuple<std::string, std::string, std::string>; ///< host, container's name, destination
    std::map<Key, std::vector<SeenVerdict>> m_seen;
};

} // namespace inodeck::ui
