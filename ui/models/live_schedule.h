#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck::ui {

/// When to look at which host again in live mode. A host that fails is asked less and less often; one that
/// needs a person (its key, our credentials) not at all until somebody scans it.
class LiveSchedule {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds Shortest{5};
    static constexpr std::chrono::seconds Longest{3600};
    static constexpr std::chrono::seconds LongestBackoff{900};

    void setInterval(std::chrono::seconds interval);
    std::chrono::seconds interval() const { return m_interval; }
    void taken(const HostScan& scan, Time now);
    /// Whose time has come; a host that was never seen too.
    bool isDue(const std::string& host, Time now) const;
    /// How long from a failure to the next look: doubles with each, up to 15 minutes or the interval.
    std::chrono::seconds pause(int failures) const;
    /// Set: the host waits for a person. False: it only is asked less often.
    bool needsPerson(const std::string& host) const;
    int failures(const std::string& host) const;

private:
    struct Entry {
        Time last;
        int failures = 0;
        bool needsPerson = false;
    };
    std::map<std::string, Entry> m_hosts;
    std::chrono::seconds m_interval{30};
};

} // namespace inodeck::ui
