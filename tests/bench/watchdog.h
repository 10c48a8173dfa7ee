#pragma once

#include <QObject>
#include <atomic>
#include <ctime>
#include <thread>
#include <vector>

namespace inodeck::bench {

/// Asks the thread that made it, once a millisecond and from a thread of its own, whether it listens, and
/// notes how long each question waited. It asks on time although nobody answers: a hold of 50 ms counts 50
/// times, as often as somebody could have pressed a key in it, and not once.
class Watchdog final : public QObject {
public:
    struct Wait {
        double wall = 0; ///< ms from the question to the answer
        double cpu = 0;  ///< ms of it that the asked thread worked itself; the rest it waited for a core
    };

    Watchdog();
    ~Watchdog() override;
    /// Those since the last call.
    std::vector<Wait> take();

protected:
    bool event(QEvent* event) override;

private:
    void ask();

    clockid_t m_cpuClock{}; ///< of the asked thread
    std::vector<Wait> m_waits;
    std::atomic<bool> m_stop{false};
    std::thread m_asking;
};

} // namespace inodeck::bench
