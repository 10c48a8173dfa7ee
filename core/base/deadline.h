#pragma once

#include <algorithm>
#include <chrono>

namespace inodeck {

/// An absolute end on the monotonic clock. Every wait in the core has one.
class Deadline {
public:
    using SteadyClock = std::chrono::steady_clock;

    static Deadline after(std::chrono::milliseconds timeout) {
        return Deadline{SteadyClock::now() + timeout};
    }

    bool passed() const { return SteadyClock::now() >= m_end; }
    /// What is left, never negative; rounded up, so that poll() does not spin in the last millisecond.
    std::chrono::milliseconds left() const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_end - SteadyClock::now());
        return std::max(left, std::chrono::milliseconds{0});
    }
    /// The earlier of this and `timeout` from now.
    Deadline atMost(std::chrono::milliseconds timeout) const {
        return Deadline{std::min(m_end, SteadyClock::now() + timeout)};
    }

private:
    explicit Deadline(SteadyClock::time_point end)
        : m_end(end) {}
    SteadyClock::time_point m_end;
};

} // namespace inodeck
