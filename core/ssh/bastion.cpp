#include "core/ssh/bastion.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <iterator>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <vector>

namespace inodeck::ssh {

constexpr std::size_t MaxBuffered = std::size_t{128} << 10;
constexpr std::size_t Chunk = std::size_t{32} << 10;

/// One direct-tcpip channel and our end of its socket pair. Everything but `failure` is the thread's.
struct Bastion::Tunnel {
    std::string host;
    int port = 0;
    Fd socket;
    ChannelHandle channel;
    bool open = false;
    bool done = false;
    bool socketEnded = false;
    bool eofSent = false;
    std::string toSocket;
    std::string toChannel;

    std::mutex mutex;
    std::string failure;

    void end(std::string reason) {
        const std::lock_guard lock(mutex);
        if (failure.empty())
            failure = std::move(reason);
        done = true;
    }
};

namespace {

class TunnelCarrier final : public Carrier {
public:
    TunnelCarrier(std::shared_ptr<Bastion> bastion, std::function<std::string()> failure)
        : m_bastion(std::move(bastion))
        , m_failure(std::move(failure)) {}
    std::string failure() override { return m_failure(); }

private:
    std::shared_ptr<Bastion> m_bastion; // lives as long as what it carries
    std::function<std::string()> m_failure;
};

} // namespace

/// What the thread does between two polls.
class Bastion::Pump {
public:
    explicit Pump(Link& link)
        : m_link(link) {}

    std::vector<std::shared_ptr<Tunnel>> tunnels;

    void step(Tunnel& tunnel) {
        if (!tunnel.open && !tunnel.done)
            open(tunnel);
        if (!tunnel.open || tunnel.done)
            return;
        writeSocket(tunnel); // what is left of before, first: no new data need ever come
        while (fromChannel(tunnel) && writeSocket(tunnel)) {
        }
        while (fromSocket(tunnel) && writeChannel(tunnel)) {
        }
        ended(tunnel);
    }

    /// A tunnel had to wait while libssh was sending for another, and no event will tell that this is over.
    bool canWrite() const {
        return !m_link.writePending() &&
               std::any_of(tunnels.begin(), tunnels.end(), [](const std::shared_ptr<Tunnel>& t) {
                   return t->open && !t->done && !t->toChannel.empty() &&
                          ssh_channel_window_size(t->channel.get()) > 0;
               });
    }

    short events(const Tunnel& tunnel) const {
        short events = 0;
        if (tunnel.open && !tunnel.socketEnded && tunnel.toChannel.empty())
            events |= POLLIN;
        if (!tunnel.toSocket.empty())
            events |= POLLOUT;
        return events;
    }

private:
    void open(Tunnel& tunnel) {
        if (!tunnel.channel)
            tunnel.channel.reset(ssh_channel_new(m_link.raw()));
        const int answer =
            ssh_channel_open_forward(tunnel.channel.get(), tunnel.host.c_str(), tunnel.port, "127.0.0.1", 0);
        if (answer == SSH_AGAIN)
            return;
        tunnel.open = answer == SSH_OK;
        if (!tunnel.open)
            tunnel.end("jump host " + m_link.who() + " cannot reach " + printable(tunnel.host) + " port " +
                       std::to_string(tunnel.port) + ": " + errorText(m_link.raw()));
    }

    bool fromChannel(Tunnel& tunnel) {
        if (tunnel.toSocket.size() >= MaxBuffered)
            return false;
        const int count = ssh_channel_read_nonblocking(tunnel.channel.get(), m_chunk.data(),
                                                       static_cast<std::uint32_t>(m_chunk.size()), 0);
        if (count > 0)
            tunnel.toSocket.append(m_chunk.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    static bool writeSocket(Tunnel& tunnel) {
        while (!tunnel.toSocket.empty()) {
            const ssize_t count =
                ::send(tunnel.socket.get(), tunnel.toSocket.data(), tunnel.toSocket.size(), MSG_NOSIGNAL);
            if (count < 0) {
                if (errno != EAGAIN && errno != EINTR)
                    tunnel.done = true; // its user is gone
                return false;
            }
            tunnel.toSocket.erase(0, static_cast<std::size_t>(count));
        }
        return true;
    }

    bool fromSocket(Tunnel& tunnel) {
        if (tunnel.socketEnded || !tunnel.toChannel.empty())
            return !tunnel.toChannel.empty();
        const ssize_t count = ::recv(tunnel.socket.get(), m_chunk.data(), m_chunk.size(), 0);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            tunnel.socketEnded = true;
        if (count > 0)
            tunnel.toChannel.assign(m_chunk.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    /// Bounded by the peer's window, and only when libssh has nothing of before to send.
    bool writeChannel(Tunnel& tunnel) {
        const std::size_t window = ssh_channel_window_size(tunnel.channel.get());
        const auto size = std::min({tunnel.toChannel.size(), window, Chunk});
        if (size == 0 || m_link.writePending())
            return false;
        const int count = ssh_channel_write(tunnel.channel.get(), tunnel.toChannel.data(),
                                            static_cast<std::uint32_t>(size));
        if (count < 0)
            tunnel.end("jump host " + m_link.who() + " closed the channel");
        if (count > 0)
            tunnel.toChannel.erase(0, static_cast<std::size_t>(count));
        return count > 0 && tunnel.toChannel.empty();
    }

    void ended(Tunnel& tunnel) {
        if (tunnel.socketEnded && tunnel.toChannel.empty())
            tunnel.done = true;
        if (tunnel.toSocket.empty() && (ssh_channel_is_eof(tunnel.channel.get()) != 0 ||
                                        ssh_channel_is_closed(tunnel.channel.get()) != 0))
            tunnel.end({});
    }

    Link& m_link;
    std::array<char, Chunk> m_chunk{};
};

Bastion::Bastion(std::unique_ptr<Link> link, KeepAlive keepAlive)
    : m_link(std::move(link))
    , m_keepAlive(keepAlive)
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_thread([this](std::stop_token stop) { run(std::move(stop)); }) {}

Bastion::~Bastion() {
    m_thread.request_stop();
    ::eventfd_write(m_wake.get(), 1);
    m_thread.join();
}

Result<Route> Bastion::open(const std::string& host, int port) {
    std::array<int, 2> sockets{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets.data()) != 0)
        return fail(ErrorCode::Io, std::string("No socket pair for a jump host: ") + std::strerror(errno));
    auto tunnel = std::make_shared<Tunnel>();
    tunnel->host = host;
    tunnel->port = port;
    tunnel->socket = Fd(sockets[1]);
    Route route{Fd(sockets[0]), host + ":" + std::to_string(port),
                std::make_shared<TunnelCarrier>(shared_from_this(), [tunnel] {
                    const std::lock_guard lock(tunnel->mutex);
                    return tunnel->failure;
                })};
    {
        const std::lock_guard lock(m_mutex);
        if (!m_alive)
            return fail(ErrorCode::Disconnected, "The connection to the jump host has ended.");
        m_new.push_back(std::move(tunnel));
    }
    ::eventfd_write(m_wake.get(), 1);
    return route;
}

bool Bastion::alive() const {
    const std::lock_guard lock(m_mutex);
    return m_alive;
}

void Bastion::run(std::stop_token stop) {
    Pump pump(*m_link);
    std::vector<pollfd> fds;
    while (!stop.stop_requested()) {
        {
            const std::lock_guard lock(m_mutex);
            std::move(m_new.begin(), m_new.end(), std::back_inserter(pump.tunnels));
            m_new.clear();
        }
        // Reading for one channel may bring data for another, hence until nothing new comes.
        bool living = true;
        for (std::uint64_t before = 0; living && before != m_link->received();) {
            before = m_link->received();
            living = m_link->pump() && m_keepAlive.tick(*m_link);
            for (const auto& tunnel : pump.tunnels)
                pump.step(*tunnel);
        }
        std::erase_if(pump.tunnels, [](const auto& tunnel) {
            if (!tunnel->done)
                return false;
            tunnel->channel.reset();
            tunnel->socket.reset();
            return true;
        });
        if (!living)
            break;
        m_link->acknowledgeAtOnce();
        fds = {{m_wake.get(), POLLIN, 0}, {m_link->fd(), m_link->pollEvents(), 0}};
        for (const auto& tunnel : pump.tunnels)
            fds.push_back({tunnel->socket.get(), pump.events(*tunnel), 0});
        const auto pause = pump.canWrite() ? std::chrono::milliseconds{0} : m_keepAlive.next();
        ::poll(fds.data(), fds.size(), static_cast<int>(pause.count()));
        for (std::size_t i = 0; i < pump.tunnels.size(); ++i)
            pump.tunnels[i]->done |= (fds[i + 2].revents & (POLLHUP | POLLERR)) != 0; // its user is gone
        eventfd_t woken = 0;
        ::eventfd_read(m_wake.get(), &woken);
    }
    const std::lock_guard lock(m_mutex);
    m_alive = false;
    std::move(m_new.begin(), m_new.end(), std::back_inserter(pump.tunnels));
    for (const auto& tunnel : pump.tunnels) {
        tunnel->end("the connection to jump host " + m_link->who() + " ended");
        tunnel->channel.reset();
        tunnel->socket.reset();
    }
}

} // namespace inodeck::ssh
