#pragma once

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "core/ssh/keep_alive.h"
#include "core/ssh/link.h"

namespace inodeck::ssh {

/// An authenticated session to a jump host and the thread that owns it from then on: it opens direct-tcpip
/// channels and pumps each of them to and from a socket pair. Ends with its last user.
class Bastion : public std::enable_shared_from_this<Bastion> {
public:
    Bastion(std::unique_ptr<Link> link, KeepAlive keepAlive);
    ~Bastion();
    Bastion(const Bastion&) = delete;
    Bastion& operator=(const Bastion&) = delete;

    /// At once: the channel opens while the caller already waits for the banner, within its own bounds.
    Result<Route> open(const std::string& host, int port);
    bool alive() const;

private:
    struct Tunnel;
    class Pump;
    void run(std::stop_token stop);

    std::unique_ptr<Link> m_link; // the thread's
    KeepAlive m_keepAlive;        // the thread's
    Fd m_wake;
    mutable std::mutex m_mutex;
    std::list<std::shared_ptr<Tunnel>> m_new;
    bool m_alive = true;
    std::jthread m_thread;
};

/// The bastions in use, so that hosts behind the same one share it. Thread-safe.
class BastionRegistry {
public:
    /// The living bastion of that name, or the one that `make` connects; others who want it wait meanwhile,
    /// and share a failure that happened while they waited.
    template <typename Make>
    Result<std::shared_ptr<Bastion>> get(const std::string& name, const Bounds& bounds, Make make) {
        const auto slot = find(name);
        const auto asked = std::chrono::steady_clock::now();
        auto place = slot->gate.enter(bounds.deadline(), bounds.cancel(),
                                      "waiting for the connection to jump host " + printable(name));
        if (!place)
            return tl::unexpected(place.error());
        if (auto bastion = slot->bastion.lock(); bastion && bastion->alive())
            return bastion;
        if (slot->failure && slot->failedAt > asked)
            return tl::unexpected(*slot->failure);
        Result<std::shared_ptr<Bastion>> made = make();
        slot->failure.reset();
        if (made) {
            slot->bastion = *made;
        } else if (made.error().code != ErrorCode::Cancelled && made.error().code != ErrorCode::Timeout) {
            slot->failure = made.error();
            slot->failedAt = std::chrono::steady_clock::now();
        }
        return made;
    }

private:
    struct Slot {
        Gate gate{1};
        std::weak_ptr<Bastion> bastion;
        std::optional<Error> failure;
        std::chrono::steady_clock::time_point failedAt;
    };
    std::shared_ptr<Slot> find(const std::string& name) {
        const std::lock_guard lock(m_mutex);
        auto& slot = m_slots[name];
        if (!slot)
            slot = std::make_shared<Slot>();
        return slot;
    }

    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Slot>> m_slots;
};

} // namespace inodeck::ssh
