#include "ui/models/scan_history.h"

namespace inodeck::ui {

ScanHistory::ScanHistory(FleetSession& session, QObject* parent)
    : QObject(parent) {
    connect(&session, &FleetSession::hostScanned, this, &ScanHistory::take);
}

void ScanHistory::take(const HostScan& scan) {
    if (scan.status != HostStatus::Ok)
        return;
    const TimePoint now = scan.scannedAt == TimePoint{} ? Clock::system().now() : scan.scannedAt;
    for (const Row& row : scan.rows) {
        auto& seen = m_seen[{scan.host, row.observation.container.name, row.observation.destination}];
        const Verdict verdict = row.judgement.verdict;
        if (seen.empty() || seen.back().verdict != verdict)
            seen.push_back({verdict, now, now, 0});
        seen.back().last = now;
        ++seen.back().looks;
        if (seen.size() > MaxKept)
            seen.erase(seen.begin());
    }
}

std::vector<SeenVerdict> ScanHistory::of(const std::string& host, const Observation& mount) const {
    const auto found = m_seen.find({host, mount.container.name, mount.destination});
    return found == m_seen.end() ? std::vector<SeenVerdict>{} : found->second;
}

} // namespace inodeck::ui
