#pragma once

#include <QAbstractEventDispatcher>
#include <QObject>
#include <chrono>
#include <ctime>
#include <vector>

namespace inodeck::bench {

/// How long the thread of the event loop is held from one wait to the next: wall clock, and the CPU that it
/// burned itself (on a busy machine the rest is other programs' doing).
class Watchdog final : public QObject {
public:
    Watchdog() {
        auto* loop = QAbstractEventDispatcher::instance();
        connect(loop, &QAbstractEventDispatcher::awake, this, [this] { begin(); });
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, [this] { end(); });
    }
    void reset() {
        m_wall.clear();
        m_cpu.clear();
    }
    /// Milliseconds; of each pass of the loop.
    const std::vector<double>& wall() const { return m_wall; }
    const std::vector<double>& cpu() const { return m_cpu; }

private:
    static double cpuNow() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    void begin() {
        end(); // the loop may go on without a wait in between
        m_begin = std::chrono::steady_clock::now();
        m_cpuBegin = cpuNow();
        m_busy = true;
    }
    void end() {
        if (!m_busy)
            return;
        m_busy = false;
        m_wall.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_begin).count());
        m_cpu.push_back(cpuNow() - m_cpuBegin);
    }

    std::chrono::steady_clock::time_point m_begin;
    double m_cpuBegin = 0;
    bool m_busy = false;
    std::vector<double> m_wall;
    std::vector<double> m_cpu;
};

} // namespace inodeck::bench
