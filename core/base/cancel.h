#pragma once

#include <atomic>
#include <chrono>

namespace inodeck {

/// One request to stop, seen by every wait that polls `fd()` or asks `requested()`. Thread-safe; once set it
/// stays set.
class Cancel {
public:
    Cancel();
    ~Cancel();
    Cancel(const Cancel&) = delete;
    Cancel& operator=(const Cancel&) = delete;

    void request();
    bool requested() const { return m_requested.load(std::memory_order_acquire); }
    /// Between two looks: sleeps that long, released at once by request(). Returns requested().
    bool waitFor(std::chrono::milliseconds time) const;
    /// An eventfd that is readable once cancelled; for poll(), never to be read.
    int fd() const { return m_fd; }

private:
    std::atomic<bool> m_requested{false};
    int m_fd = -1;
};

} // namespace inodeck
