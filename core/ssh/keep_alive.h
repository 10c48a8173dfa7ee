#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <libssh/server.h> // ssh_send_keepalive

#include "core/ssh/link.h"

namespace inodeck::ssh {

/// ServerAliveInterval and ServerAliveCountMax, judged by received bytes.
class KeepAlive {
public:
    using Clock = std::chrono::steady_clock;

    KeepAlive(std::chrono::seconds interval, int countMax)
        : m_interval(interval)
        , m_countMax(countMax) {}

    bool enabled() const { return m_interval.count() > 0; }

    /// Sends what is due. False: the peer has been silent too often, count it dead.
    bool tick(Link& link) {
        if (!enabled())
            return true;
        const auto now = Clock::now();
        if (link.received() != m_seen) {
            m_seen = link.received();
            m_heard = now;
            m_sent = 0;
        }
        if (now < m_heard + m_interval * (m_sent + 1))
            return true;
        if (m_sent >= m_countMax)
            return false;
        ++m_sent;
        ssh_send_keepalive(link.raw());
        return true;
    }

    /// Until the next tick() has something to do.
    std::chrono::milliseconds next() const {
        if (!enabled())
            return std::chrono::hours(1);
        const auto left = m_heard + m_interval * (m_sent + 1) - Clock::now();
        return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(0));
    }

private:
    std::chrono::seconds m_interval;
    int m_countMax;
    int m_sent = 0;
    std::uint64_t m_seen = 0;
    Clock::time_point m_heard = Clock::now();
};

} // namespace inodeck::ssh
