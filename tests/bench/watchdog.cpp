#include "tests/bench/watchdog.h"

#include <QCoreApplication>
#include <QEvent>
#include <chrono>
#include <pthread.h>
#include <sys/resource.h>
#include <utility>

namespace inodeck::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

const auto Question = static_cast<QEvent::Type>(QEvent::registerEventType());

double cpuOf(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Asked final : QEvent {
    explicit Asked(double cpuBefore)
        : QEvent(Question)
        , cpu(cpuBefore) {}
    SteadyClock::time_point when = SteadyClock::now();
    double cpu;
};

} // namespace

Watchdog::Watchdog() {
    pthread_getcpuclockid(pthread_self(), &m_cpuClock);
    m_asking = std::thread([this] { ask(); });
}

Watchdog::~Watchdog() {
    m_stop = true;
    m_asking.join();
}

/// Before all others, where that is allowed: who is late himself cannot say who else is.
void Watchdog::ask() {
    setpriority(PRIO_PROCESS, 0, -10);
    for (auto next = SteadyClock::now(); !m_stop; std::this_thread::sleep_until(next)) {
        QCoreApplication::postEvent(this, new Asked(cpuOf(m_cpuClock)));
        next = std::max(next + std::chrono::milliseconds{1}, SteadyClock::now());
    }
}

bool Watchdog::event(QEvent* event) {
    if (event->type() != Question)
        return QObject::event(event);
    const auto& asked = *static_cast<Asked*>(event);
    const std::chrono::duration<double, std::milli> waited = SteadyClock::now() - asked.when;
    m_waits.push_back({waited.count(), cpuOf(m_cpuClock) - asked.cpu});
    return true;
}

std::vector<Watchdog::Wait> Watchdog::take() {
    return std::exchange(m_waits, {});
}

} // namespace inodeck::bench
