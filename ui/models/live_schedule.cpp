#include "ui/models/live_schedule.h"

#include <algorithm>

namespace inodeck::ui {

namespace {

bool wantsPerson(ErrorCode code) {
    return code == ErrorCode::AuthFailed || code == ErrorCode::HostKeyUnknown ||
           code == ErrorCode::HostKeyChanged;
}

} // namespace

void LiveSchedule::setInterval(std::chrono::seconds interval) {
    m_interval = std::clamp(interval, Shortest, Longest);
}

void LiveSchedule::taken(const HostScan& scan, Time now) {
    Entry& entry = m_hosts[scan.host];
    entry.last = now;
    if (scan.status == HostStatus::Cancelled)
        return;
    const bool failed = scan.status == HostStatus::Failed;
    entry.failures = failed ? entry.failures + 1 : 0;
    entry.needsPerson = failed && wantsPerson(scan.error.code);
}

std::chrono::seconds LiveSchedule::pause(int failures) const {
    std::chrono::seconds pause = m_interval;
    for (int i = 0; i < failures && pause < LongestBackoff; ++i)
        pause *= 2;
    return std::max(m_interval, std::min(pause, LongestBackoff));
}

bool LiveSchedule::isDue(const std::string& host, Time now) const {
    const auto found = m_hosts.find(host);
    if (found == m_hosts.end())
        return true;
    const Entry& entry = found->second;
    return !entry.needsPerson && now - entry.last >= pause(entry.failures);
}

bool LiveSchedule::needsPerson(const std::string& host) const {
    const auto found = m_hosts.find(host);
    return found != m_hosts.end() && found->second.needsPerson;
}

int LiveSchedule::failures(const std::string& host) const {
    const auto found = m_hosts.find(host);
    return found == m_hosts.end() ? 0 : found->second.failures;
}

} // namespace inodeck::ui
