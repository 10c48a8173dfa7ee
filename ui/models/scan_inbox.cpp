#include "ui/models/scan_inbox.h"

#include <utility>

namespace inodeck::ui {

bool ScanInbox::put(std::shared_ptr<const HostScan> scan) {
    std::unique_lock lock(m_mutex);
    m_taken.wait(lock, [this] { return m_scans.size() < Room || m_closed; });
    m_scans.push_back(std::move(scan));
    return !std::exchange(m_called, true);
}

std::shared_ptr<const HostScan> ScanInbox::take() {
    const std::lock_guard lock(m_mutex);
    if (m_scans.empty()) {
        m_called = false;
        return nullptr;
    }
    auto scan = std::move(m_scans.front());
    m_scans.pop_front();
    m_taken.notify_one();
    return scan;
}

void ScanInbox::close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_taken.notify_all();
}

} // namespace inodeck::ui
