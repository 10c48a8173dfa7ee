#include "core/ssh/link.h"

#include <cerrno>
#include <fcntl.h>
#include <libssh/server.h> // ssh_execute_message_callbacks
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace inodeck::ssh {
namespace {

constexpr int MaxReads = 64; // of 4 KiB

bool atEnd(int fd) {
    char byte = 0;
    const ssize_t count = ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

} // namespace

Result<std::unique_ptr<Link>> Link::make(Route route, const ClientConfig& config,
                                         const std::string& hostKeyAlgorithms, std::string who) {
    std::unique_ptr<Link> link(new Link(std::move(route), std::move(who)));
    if (!link->m_session)
        return fail(ErrorCode::Internal, "libssh gives no session.");
    if (auto set = link->setOptions(config, hostKeyAlgorithms); !set)
        return tl::unexpected(set.error());
    return link;
}

Result<void> Link::setOptions(const ClientConfig& config, const std::string& hostKeyAlgorithms) {
    const auto set = [this](ssh_options_e option, const void* value) {
        return ssh_options_set(raw(), option, value) == SSH_OK;
    };
    const auto setList = [&](ssh_options_e option, const std::string& list) {
        return list.empty() || set(option, list.c_str()); // libssh drops the names that it does not know
    };
    const bool off = false;
    const int strict = 1;
    // Its own known_hosts check is never asked; /dev/null keeps it from reading those files at all.
    bool good = set(SSH_OPTIONS_HOST, "host") && set(SSH_OPTIONS_USER, config.user.c_str()) &&
                set(SSH_OPTIONS_PROCESS_CONFIG, &off) && set(SSH_OPTIONS_STRICTHOSTKEYCHECK, &strict) &&
                set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null") && set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
    good = good && setList(SSH_OPTIONS_HOSTKEYS, hostKeyAlgorithms) &&
           setList(SSH_OPTIONS_KEY_EXCHANGE, config.kexAlgorithms) &&
           setList(SSH_OPTIONS_CIPHERS_C_S, config.ciphers) &&
           setList(SSH_OPTIONS_CIPHERS_S_C, config.ciphers) && setList(SSH_OPTIONS_HMAC_C_S, config.macs) &&
           setList(SSH_OPTIONS_HMAC_S_C, config.macs);
    if (!good)
        return fail(ErrorCode::Config, "The ssh configuration of " + m_who +
                                           " asks for what libssh does not have: " + errorText(raw()));
    ssh_set_blocking(raw(), 0);
    ssh_set_counters(raw(), &m_in, nullptr);
    // libssh closes the descriptor it was given on some ways out; ours must stay ours.
    const int copy = ::fcntl(fd(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0 || !set(SSH_OPTIONS_FD, &copy))
        return fail(ErrorCode::Io, "No file descriptor is left for the connection to " + m_who + ".");
    return {};
}

bool Link::connected() const {
    return !m_peerClosed && (ssh_get_status(raw()) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0;
}

short Link::pollEvents() const {
    return static_cast<short>(POLLIN | POLLRDHUP | (writePending() ? POLLOUT : 0));
}

Result<void> Link::wait(const Deadline& deadline, const Cancel& cancel, const std::string& doing) {
    // Before the first wait there is no error state to look at; after it, a dead session must not wait on.
    if (m_in.in_bytes > 0 && !connected())
        return tl::unexpected(lost(doing));
    if (m_opening)
        ::fcntl(fd(), F_SETFL, ::fcntl(fd(), F_GETFL) | O_NONBLOCK); // libssh makes it blocking on the way
    acknowledgeAtOnce();
    const bool stuck = m_seen == m_in.in_bytes;
    m_seen = m_in.in_bytes;
    const auto ready = pollFor(fd(), pollEvents(), deadline, cancel, doing + " " + m_who);
    if (!ready)
        return tl::unexpected(ready.error());
    // Readable, but libssh took nothing last time: the end of the stream, which it does not always report.
    if (stuck && (*ready & (POLLIN | POLLHUP | POLLRDHUP | POLLERR)) != 0 && atEnd(fd())) {
        pump();
        m_peerClosed = true;
        return tl::unexpected(lost(doing));
    }
    return {};
}

void Link::acknowledgeAtOnce() const {
    const int on = 1;
    ::setsockopt(fd(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on); // the kernel forgets it again
}

bool Link::pump() {
    // A peer that never stops must not keep us from the clock.
    for (int round = 0; round < MaxReads; ++round) {
        const auto before = m_in.in_bytes;
        ssh_execute_message_callbacks(raw());
        if (!connected())
            return false;
        if (m_in.in_bytes == before)
            break;
    }
    return true;
}

Error Link::lost(const std::string& doing) const {
    std::string reason = m_route.carrier ? m_route.carrier->failure() : std::string();
    const std::string error = errorText(raw()); // before the question below, which may overwrite it
    if (reason.empty()) {
        const char* words = ssh_get_disconnect_message(raw());
        reason = words && *words ? "the server said \"" + printable(words) + "\"" : std::string();
    }
    if (reason.empty() && (!m_peerClosed || error.find("SSH_MSG_DISCONNECT") != std::string::npos))
        reason = error;
    return {ErrorCode::Disconnected, m_who + " closed the connection while " + doing +
                                         (reason.empty() ? std::string() : " (" + reason + ")") + "."};
}

Error Link::exchangeFailure() const {
    const std::string reason = errorText(raw());
    if (reason.find("no match for method") != std::string::npos)
        return {ErrorCode::Unsupported, m_who + " and this program have no algorithm in common (" + reason +
                                            "); see KexAlgorithms, HostKeyAlgorithms, Ciphers and MACs."};
    if (m_in.in_bytes == 0 || reason.find("ocket error") != std::string::npos ||
        reason.find("disconnect") != std::string::npos)
        return lost("exchanging keys with");
    return {ErrorCode::Protocol, m_who + " does not speak SSH as it should (" + reason + ")."};
}

} // namespace inodeck::ssh
