#include "core/ssh/ssh_session.h"

#include "core/ssh/exec.h"

namespace inodeck::ssh {

SshSession::SshSession(std::unique_ptr<Link> link, PeerInfo peer, KeepAlive keepAlive,
                       std::shared_ptr<IdleKeeper> keeper)
    : m_link(std::move(link))
    , m_peer(std::move(peer))
    , m_keepAlive(keepAlive)
    , m_keeper(std::move(keeper))
    , m_idleId(m_keeper->add(*m_link, m_keepAlive, m_alive)) {}

SshSession::~SshSession() {
    m_keeper->remove(m_idleId);
}

Result<ExecResult> SshSession::exec(const ExecRequest& request, const Deadline& deadline,
                                    const Cancel& cancel) {
    m_keeper->remove(m_idleId);
    if (!alive()) {
        m_link.reset();
        return fail(ErrorCode::Disconnected, "The connection to " + m_peer.address + " has ended.");
    }
    auto result = execOn(*m_link, m_keepAlive, request, deadline, cancel);
    if (result.sessionLives) {
        m_idleId = m_keeper->add(*m_link, m_keepAlive, m_alive);
    } else {
        m_alive.store(false, std::memory_order_release);
        m_link.reset();
    }
    return std::move(result.result);
}

} // namespace inodeck::ssh
