#include "core/ssh/dial.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

#include "core/base/text.h"

namespace inodeck::ssh {
namespace {

constexpr std::chrono::milliseconds Stagger{250};

struct AddrinfoDeleter {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using AddrinfoList = std::unique_ptr<addrinfo, AddrinfoDeleter>;

struct Lookup {
    AddrinfoList addresses;
    int failure = 0;
};

Lookup getAddresses(const std::string& host, int port, int family, int flags) {
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    Lookup lookup;
    lookup.failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    lookup.addresses.reset(list);
    return lookup;
}

/// Shared with a thread that may outlive the caller: getaddrinfo() cannot be interrupted.
struct Resolution {
    Lookup lookup;
    Fd done{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

Result<AddrinfoList> resolve(const ClientConfig& config, const Bounds& bounds) {
    auto numeric = getAddresses(config.hostName, config.port, config.family, AI_NUMERICHOST);
    if (numeric.failure == 0)
        return std::move(numeric.addresses);
    const auto resolution = std::make_shared<Resolution>();
    std::thread([resolution, host = config.hostName, port = config.port, family = config.family] {
        resolution->lookup = getAddresses(host, port, family, AI_ADDRCONFIG);
        ::eventfd_write(resolution->done.get(), 1);
    }).detach();
    const auto ready = pollFor(resolution->done.get(), POLLIN, bounds.deadline(), bounds.cancel(),
                               "looking up " + printable(config.hostName));
    if (!ready)
        return tl::unexpected(ready.error());
    eventfd_t count = 0;
    ::eventfd_read(resolution->done.get(), &count);
    if (resolution->lookup.failure != 0)
        return fail(ErrorCode::Unreachable,
                    "The name " + printable(config.hostName) +
                        " cannot be looked up: " + ::gai_strerror(resolution->lookup.failure) + ".");
    return std::move(resolution->lookup.addresses);
}

std::string addressText(const addrinfo& address) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    ::getnameinfo(address.ai_addr, address.ai_addrlen, host.data(), host.size(), port.data(), port.size(),
                  NI_NUMERICHOST | NI_NUMERICSERV);
    const std::string name = host.data();
    return (name.find(':') == std::string::npos ? name : "[" + name + "]") + ":" + port.data();
}

struct Attempt {
    Fd socket;
    std::string address;
};

/// The race of connection attempts to one host.
class Race {
public:
    Race(const ClientConfig& config, AddrinfoList addresses)
        : m_config(config)
        , m_addresses(std::move(addresses))
        , m_next(m_addresses.get()) {}

    Result<Dialled> run(const Bounds& bounds) {
        for (;;) {
            if (m_next && (m_running.empty() || m_launch.passed()))
                launch();
            if (m_running.empty() && !m_next)
                return fail(m_wasReset ? ErrorCode::Disconnected : ErrorCode::Unreachable,
                            "Cannot connect to " + printable(m_config.hostName) + " port " +
                                std::to_string(m_config.port) + ": " + m_reason + ".");
            if (bounds.cancel().requested())
                return fail(ErrorCode::Cancelled,
                            "Stopped while connecting to " + printable(m_config.hostName) + ".");
            if (bounds.deadline().passed())
                return fail(ErrorCode::Timeout, "Timed out while connecting to " +
                                                    printable(m_config.hostName) + " port " +
                                                    std::to_string(m_config.port) + ".");
            if (auto winner = wait(bounds))
                return *std::move(winner);
        }
    }

private:
    void launch() {
        const addrinfo& address = *m_next;
        m_next = address.ai_next;
        m_launch = Deadline::after(Stagger);
        Fd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!socket || !bindTo(socket.get(), address.ai_family)) {
            m_reason = std::strerror(errno);
            return;
        }
        const int on = 1;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) != 0 && errno != EINPROGRESS) {
            m_reason = std::strerror(errno);
            return;
        }
        m_running.push_back({std::move(socket), addressText(address)});
    }

    bool bindTo(int socket, int family) const {
        if (m_config.bindAddress.empty())
            return true;
        const auto local = getAddresses(m_config.bindAddress, 0, family, AI_NUMERICHOST);
        errno = EADDRNOTAVAIL;
        return local.failure == 0 &&
               ::bind(socket, local.addresses->ai_addr, local.addresses->ai_addrlen) == 0;
    }

    std::optional<Dialled> wait(const Bounds& bounds) {
        if (m_running.empty())
            return std::nullopt;
        std::vector<pollfd> fds{{bounds.cancel().fd(), POLLIN, 0}};
        for (const auto& attempt : m_running)
            fds.push_back({attempt.socket.get(), POLLOUT, 0});
        const auto left = bounds.deadline().left();
        ::poll(fds.data(), fds.size(),
               static_cast<int>((m_next ? std::min(left, m_launch.left()) : left).count()));
        for (std::size_t i = m_running.size(); i-- > 0;) {
            if (fds[i + 1].revents == 0)
                continue;
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(m_running[i].socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
            if (error == 0)
                return Dialled{std::move(m_running[i].socket), std::move(m_running[i].address)};
            m_reason = std::strerror(error);
            m_wasReset = error == ECONNRESET; // somebody is there, and hung up at once
            m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return std::nullopt;
    }

    const ClientConfig& m_config;
    AddrinfoList m_addresses;
    const addrinfo* m_next;
    Deadline m_launch = Deadline::after(std::chrono::milliseconds(0));
    std::vector<Attempt> m_running;
    std::string m_reason = "no address";
    bool m_wasReset = false;
};

} // namespace

Result<Dialled> dial(const ClientConfig& config, const Bounds& bounds) {
    auto addresses = resolve(config, bounds);
    if (!addresses)
        return tl::unexpected(addresses.error());
    return Race(config, *std::move(addresses)).run(bounds);
}

} // namespace inodeck::ssh
