#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "core/scan/scan.h"

namespace inodeck::ui {

/// What the threads that scan have found, on its way to the GUI thread, in the order in which it came. There
/// is room for a few: who has more waits, so that what is computed does not run ahead of what is shown, and
/// dozens of threads do not compute at once while somebody types. Thread-safe.
class ScanInbox {
public:
    static constexpr std::size_t Room = 8;

    /// Waits for room. True: the one who takes must be called; he is not there.
    bool put(std::shared_ptr<const HostScan> scan);
    /// The oldest. Null: there is none, and who takes goes until he is called.
    std::shared_ptr<const HostScan> take();
    /// Nobody takes any more: nobody waits any more.
    void close();

private:
    std::mutex m_mutex;
    std::condition_variable m_taken;
    std::deque<std::shared_ptr<const HostScan>> m_scans;
    bool m_called = false;
    bool m_closed = false;
};

} // namespace inodeck::ui
