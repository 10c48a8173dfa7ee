#include "tests/support/fault_proxy.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <deque>
#include <limits>
#include <list>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

#include "core/transport/fd.h"

namespace inodeck::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t Unlimited = std::numeric_limits<std::uint64_t>::max();

sockaddr_in addressOf(const std::string& address, int port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address.c_str(), &result.sin_addr);
    return result;
}

/// One direction of one connection: what was read and when it may go on.
struct Flow {
    struct Part {
        Clock::time_point due;
        std::string bytes;
    };
    std::deque<Part> parts;
};

struct Pair {
    Fd client;
    Fd server;
    Flow toServer;
    Flow toClient;
    bool broken = false;

    void reset() {
        const linger hard{1, 0};
        for (const auto* fd : {&client, &server}) {
            if (*fd)
                ::setsockopt(fd->get(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        }
        broken = true;
    }
};

} // namespace

struct FaultProxy::Private {
    std::string address;
    int target = 0;
    int port = 0;
    Fd listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    Fd wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::atomic<bool> stop{false};
    std::atomic<bool> muted{false};
    std::atomic<bool> cutAtEnd{false};
    std::atomic<std::uint64_t> budget{Unlimited};
    std::atomic<std::int64_t> delayMs{0};
    std::atomic<int> refuse{0};
    std::atomic<std::uint64_t> toClient{0};
    std::atomic<std::uint64_t> toServer{0};
    std::atomic<int> connections{0};
    std::list<Pair> pairs;
    std::thread thread;

    void poke() const { ::eventfd_write(wake.get(), 1); }
    bool stalled() const { return budget == 0; }

    void accept() {
        Fd client(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!client)
            return;
        ++connections;
        const int on = 1;
        ::setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        Pair& pair = pairs.emplace_back();
        pair.client = std::move(client);
        if (refuse > 0 || (stalled() && cutAtEnd)) {
            refuse -= refuse > 0 ? 1 : 0;
            pair.reset();
            return;
        }
        if (muted)
            return;
        pair.server = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ::setsockopt(pair.server.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const auto to = addressOf(address, target);
        if (::connect(pair.server.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            pair.reset();
    }

    /// Reads at most what the budget allows; false: the connection ends here.
    bool read(const Fd& from, Flow& flow, bool fromServer) {
        std::array<char, 16384> chunk;
        const auto most = fromServer ? std::min<std::uint64_t>(chunk.size(), budget) : chunk.size();
        const ssize_t count = ::recv(from.get(), chunk.data(), most, MSG_DONTWAIT);
        if (count <= 0)
            return count < 0 && errno == EAGAIN;
        const auto size = static_cast<std::size_t>(count);
        if (fromServer && budget != Unlimited)
            budget -= size;
        flow.parts.push_back({Clock::now() + std::chrono::milliseconds(delayMs), {chunk.data(), size}});
        return true;
    }

    bool write(const Fd& to, Flow& flow, std::atomic<std::uint64_t>& counter) {
        while (!flow.parts.empty() && flow.parts.front().due <= Clock::now()) {
            auto& bytes = flow.parts.front().bytes;
            const ssize_t count = ::send(to.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (count < 0)
                return errno == EAGAIN;
            counter += static_cast<std::uint64_t>(count);
            bytes.erase(0, static_cast<std::size_t>(count));
            if (bytes.empty())
                flow.parts.pop_front();
        }
        return true;
    }

    void serve(Pair& pair, short clientEvents, short serverEvents) {
        if (pair.broken || !pair.server)
            return;
        bool good = true;
        if ((clientEvents & (POLLIN | POLLHUP)) != 0 && !stalled())
            good = read(pair.client, pair.toServer, false);
        if (good && (serverEvents & (POLLIN | POLLHUP)) != 0 && !stalled())
            good = read(pair.server, pair.toClient, true);
        // What was read before the limit goes on; then nothing moves.
        good = write(pair.client, pair.toClient, toClient) && good;
        if (!stalled())
            good = write(pair.server, pair.toServer, toServer) && good;
        if (stalled() && cutAtEnd && pair.toClient.parts.empty())
            pair.reset();
        else if (!good)
            pair.broken = true;
    }

    int timeout() const {
        auto next = Clock::time_point::max();
        for (const auto& pair : pairs) {
            for (const auto* flow : {&pair.toClient, &pair.toServer}) {
                if (!flow->parts.empty())
                    next = std::min(next, flow->parts.front().due);
            }
        }
        if (next == Clock::time_point::max())
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
        return static_cast<int>(std::clamp<std::int64_t>(left, 1, 1000));
    }

    void run() {
        while (!stop) {
            const short events = stalled() ? 0 : POLLIN;
            std::vector<pollfd> fds{{wake.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
            for (const auto& pair : pairs) {
                fds.push_back({stalled() ? -1 : pair.client.get(), events, 0});
                fds.push_back({stalled() ? -1 : pair.server.get(), events, 0});
            }
            ::poll(fds.data(), fds.size(), timeout());
            eventfd_t count = 0;
            ::eventfd_read(wake.get(), &count);
            std::size_t i = 2;
            for (auto& pair : pairs) {
                serve(pair, fds[i].revents, fds[i + 1].revents);
                i += 2;
            }
            if (fds[1].revents != 0)
                accept();
            pairs.remove_if([](const Pair& pair) { return pair.broken; });
        }
    }
};

FaultProxy::FaultProxy(std::string address, int port)
    : d(new Private) {
    d->address = std::move(address);
    d->target = port;
    auto at = addressOf("127.0.0.1", 0);
    socklen_t size = sizeof at;
    if (::bind(d->listener.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(d->listener.get(), 128) != 0 ||
        ::getsockname(d->listener.get(), reinterpret_cast<sockaddr*>(&at), &size) != 0)
        throw std::runtime_error("no port for a proxy");
    d->port = ntohs(at.sin_port);
    d->thread = std::thread([this] { d->run(); });
}

FaultProxy::~FaultProxy() {
    d->stop = true;
    d->poke();
    d->thread.join();
}

int FaultProxy::port() const {
    return d->port;
}

void FaultProxy::mute() {
    d->muted = true;
}

void FaultProxy::stallAfter(std::uint64_t bytes) {
    d->cutAtEnd = false;
    d->budget = bytes;
    d->poke();
}

void FaultProxy::cutAfter(std::uint64_t bytes) {
    d->cutAtEnd = true;
    d->budget = bytes;
    d->poke();
}

void FaultProxy::delay(std::chrono::milliseconds each) {
    d->delayMs = each.count();
}

void FaultProxy::refuseNext(int count) {
    d->refuse = count;
}

void FaultProxy::resume() {
    d->budget = Unlimited;
    d->muted = false;
    d->poke();
}

std::uint64_t FaultProxy::bytesToClient() const {
    return d->toClient;
}

std::uint64_t FaultProxy::bytesToServer() const {
    return d->toServer;
}

int FaultProxy::connections() const {
    return d->connections;
}

} // namespace inodeck::test
