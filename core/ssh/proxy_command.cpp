#include "core/ssh/proxy_command.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

#include "core/transport/child_process.h"

namespace inodeck::ssh {
namespace {

class ProxyCarrier final : public Carrier {
public:
    ProxyCarrier(ChildProcess child, Fd errors)
        : m_child(std::move(child))
        , m_errors(std::move(errors)) {}

    std::string failure() override {
        std::array<char, 500> words{};
        const ssize_t count = ::read(m_errors.get(), words.data(), words.size());
        if (count > 0)
            m_said.append(words.data(), static_cast<std::size_t>(count));
        const auto end = m_said.find_last_not_of("\r\n ");
        return "its ProxyCommand ended" +
               (end == std::string::npos ? std::string() : ": " + printable(m_said.substr(0, end + 1)));
    }

private:
    ChildProcess m_child;
    Fd m_errors;
    std::string m_said;
};

} // namespace

Result<Route> startProxyCommand(const std::string& command, std::string address) {
    std::array<int, 2> sockets{};
    std::array<int, 2> errors{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return fail(ErrorCode::Io, std::string("No socket pair for a ProxyCommand: ") + std::strerror(errno));
    Fd ours(sockets[0]);
    const Fd theirs(sockets[1]);
    // Non-blocking at both ends: a ProxyCommand that writes more than fits loses words, it does not hang.
    if (::pipe2(errors.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return fail(ErrorCode::Io, std::string("No pipe for a ProxyCommand: ") + std::strerror(errno));
    Fd errorsRead(errors[0]);
    const Fd errorsWrite(errors[1]);
    auto child = ChildProcess::start({"/bin/sh", "-c", "exec " + command},
                                     {theirs.get(), theirs.get(), errorsWrite.get()});
    if (!child)
        return tl::unexpected(child.error());
    ::fcntl(ours.get(), F_SETFL, ::fcntl(ours.get(), F_GETFL) | O_NONBLOCK);
    return Route{std::move(ours), std::move(address),
                 std::make_shared<ProxyCarrier>(*std::move(child), std::move(errorsRead))};
}

} // namespace inodeck::ssh
