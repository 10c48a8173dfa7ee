#include "core/ssh/idle_keeper.h"

#include <algorithm>
#include <poll.h>
#include <sys/eventfd.h>
#include <vector>

namespace inodeck::ssh {

IdleKeeper::IdleKeeper()
    : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

IdleKeeper::~IdleKeeper() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    wake();
    if (m_thread.joinable())
        m_thread.join();
}

void IdleKeeper::wake() {
    ::eventfd_write(m_wake.get(), 1);
}

std::uint64_t IdleKeeper::add(Link& link, KeepAlive& keepAlive, std::atomic<bool>& alive) {
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(m_mutex);
        id = ++m_lastId;
        m_idle[id] = {&link, &keepAlive, &alive};
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    wake();
    return id;
}

void IdleKeeper::remove(std::uint64_t id) {
    const std::lock_guard lock(m_mutex); // the keeper touches links only under it
    m_idle.erase(id);
}

void IdleKeeper::run() {
    std::vector<pollfd> fds;
    std::vector<std::uint64_t> ids;
    for (;;) {
        auto next = std::chrono::milliseconds(std::chrono::hours(1));
        fds = {{m_wake.get(), POLLIN, 0}};
        ids = {0};
        {
            const std::lock_guard lock(m_mutex);
            if (m_stop)
                return;
            for (const auto& [id, idle] : m_idle) {
                fds.push_back({idle.link->fd(), idle.link->pollEvents(), 0});
                ids.push_back(id);
                next = std::min(next, idle.keepAlive->next());
            }
        }
        ::poll(fds.data(), fds.size(), static_cast<int>(next.count()));
        eventfd_t woken = 0;
        ::eventfd_read(m_wake.get(), &woken);
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 1; i < fds.size(); ++i) {
            const auto found = m_idle.find(ids[i]);
            if (found == m_idle.end())
                continue; // at work again
            const auto& idle = found->second;
            const bool hungUp = (fds[i].revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0;
            const bool lives =
                (fds[i].revents == 0 || idle.link->pump()) && !hungUp && idle.keepAlive->tick(*idle.link);
            if (lives)
                continue;
            idle.alive->store(false, std::memory_order_release);
            m_idle.erase(found);
        }
    }
}

} // namespace inodeck::ssh
