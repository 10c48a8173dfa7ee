#pragma once

#include <cstdint>
#include <libssh/libssh.h>
#include <memory>
#include <string>

#include "core/ssh/bounds.h"
#include "core/ssh/client_config.h"
#include "core/ssh/handle.h"
#include "core/transport/fd.h"

namespace inodeck::ssh {

/// What carries the bytes when it is not a plain TCP connection: a jump host's channel, a ProxyCommand. Ends
/// with its last holder.
class Carrier {
public:
    virtual ~Carrier() = default;
    /// Why it ended, as far as it knows; printable, may be empty.
    virtual std::string failure() = 0;
};

struct Route {
    Fd socket;
    std::string address;
    std::shared_ptr<Carrier> carrier;
};

/// One libssh session, never blocking, over a socket that we own. One thread at a time.
class Link {
public:
    /// `hostKeyAlgorithms` in order of preference. `who` names the host in errors.
    static Result<std::unique_ptr<Link>> make(Route route, const ClientConfig& config,
                                              const std::string& hostKeyAlgorithms, std::string who);
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    ssh_session raw() const { return m_session.get(); }
    int fd() const { return m_route.socket.get(); }
    const std::string& who() const { return m_who; }
    const std::string& address() const { return m_route.address; }

    /// Repeats a libssh call while it answers `again` (SSH_AGAIN, SSH_AUTH_AGAIN), waiting in between; what
    /// it answers in the end, or why that never came. `doing` ends an error message.
    template <typename Call>
    Result<int> drive(Call call, int again, const Bounds& bounds, const std::string& doing) {
        for (;;) {
            const int answer = call();
            if (answer != again)
                return answer;
            if (auto waited = wait(bounds.deadline(), bounds.cancel(), doing); !waited)
                return tl::unexpected(waited.error());
        }
    }

    /// Until there is something for libssh to do. Disconnected when the peer is gone.
    Result<void> wait(const Deadline& deadline, const Cancel& cancel, const std::string& doing);
    /// Lets libssh handle what has arrived and send what is pending; false when the session is dead.
    bool pump();
    short pollEvents() const;
    bool writePending() const { return (ssh_get_poll_flags(raw()) & SSH_WRITE_PENDING) != 0; }

    bool connected() const;
    /// Bytes received so far: the only proof that the peer lives (ssh_send_keepalive always says OK).
    std::uint64_t received() const { return m_in.in_bytes; }
    /// The error of a session that has ended.
    Error lost(const std::string& doing) const;

    /// The error of a key exchange that failed.
    Error exchangeFailure() const;

    /// sshd leaves Nagle's algorithm on: each small answer would wait 40 ms for a delayed ACK of the last
    /// one. Before each poll.
    void acknowledgeAtOnce() const;
    void setOpened() { m_opening = false; }

private:
    Link(Route route, std::string who)
        : m_route(std::move(route))
        , m_who(std::move(who)) {}
    Result<void> setOptions(const ClientConfig& config, const std::string& hostKeyAlgorithms);

    Route m_route;
    std::string m_who;
    ssh_counter_struct m_in{};
    // Freed before the route ends, and never by ssh_disconnect(), which forgets the descriptor it was given
    // without closing it; ssh_free() closes it.
    SessionHandle m_session{ssh_new()};
    std::uint64_t m_seen = 0;
    bool m_opening = true;
    bool m_peerClosed = false;
};

} // namespace inodeck::ssh
