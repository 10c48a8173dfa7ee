#pragma once

#include <atomic>

#include "core/ssh/idle_keeper.h"
#include "core/transport/transport.h"

namespace inodeck::ssh {

/// An authenticated connection: one channel per exec, looked after by the keeper in between.
class SshSession final : public Session {
public:
    SshSession(std::unique_ptr<Link> link, PeerInfo peer, KeepAlive keepAlive,
               std::shared_ptr<IdleKeeper> keeper);
    ~SshSession() override;

    Result<ExecResult> exec(const ExecRequest& request, const Deadline& deadline,
                            const Cancel& cancel) override;
    bool alive() const override { return m_alive.load(std::memory_order_acquire); }
    PeerInfo peer() const override { return m_peer; }

private:
    std::unique_ptr<Link> m_link; ///< null once dead
    PeerInfo m_peer;
    KeepAlive m_keepAlive;
    std::shared_ptr<IdleKeeper> m_keeper;
    std::atomic<bool> m_alive{true};
    std::uint64_t m_idleId = 0;
};

} // namespace inodeck::ssh
