#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "core/ssh/keep_alive.h"

namespace inodeck::ssh {

/// Looks after sessions between their execs: answers the server's own keepalives, which would end them
/// otherwise, sends ours, and sees when the server hangs up. A link is the keeper's from add() to remove().
class IdleKeeper {
public:
    IdleKeeper();
    ~IdleKeeper();
    IdleKeeper(const IdleKeeper&) = delete;
    IdleKeeper& operator=(const IdleKeeper&) = delete;

    /// `alive` is cleared when the session ends.
    std::uint64_t add(Link& link, KeepAlive& keepAlive, std::atomic<bool>& alive);
    void remove(std::uint64_t id);

private:
    struct Idle {
        Link* link;
        KeepAlive* keepAlive;
        std::atomic<bool>* alive;
    };
    void run();
    void wake();

    Fd m_wake;
    std::mutex m_mutex;
    std::map<std::uint64_t, Idle> m_idle;
    std::uint64_t m_lastId = 0;
    bool m_stop = false;
    std::thread m_thread; // from the first add() on
};

} // namespace inodeck::ssh
