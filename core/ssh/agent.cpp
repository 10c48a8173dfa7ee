#include "core/ssh/agent.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace inodeck::ssh {
namespace {

// draft-ietf-sshm-ssh-agent
constexpr char Failure = 5;
constexpr char RequestIdentities = 11;
constexpr char IdentitiesAnswer = 12;
constexpr char SignRequest = 13;
constexpr std::size_t MaxMessage = std::size_t{256} << 10;
constexpr std::size_t MaxKeys = 2048;

std::string number(std::size_t value) {
    std::string out(4, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<char>((value >> (8 * (3 - i))) & 0xff);
    return out;
}

std::string framed(const std::string& bytes) {
    return number(bytes.size()) + bytes;
}

/// Reads the agent's (hostile) bytes; after the first that does not fit everything is empty.
class Reader {
public:
    explicit Reader(std::string_view bytes)
        : m_bytes(bytes) {}
    std::size_t number() {
        std::size_t value = 0;
        for (const char c : take(4))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::string string() { return std::string(take(number())); }
    bool good() const { return m_good; }
    std::string_view rest() const { return m_bytes; }

private:
    std::string_view take(std::size_t size) {
        m_good = m_good && size <= m_bytes.size();
        if (!m_good)
            return {};
        const auto part = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return part;
    }
    std::string_view m_bytes;
    bool m_good = true;
};

const char* const Talking = "talking to ssh-agent";

Result<void> sendAll(int fd, std::string_view bytes, const Deadline& deadline, const Cancel& cancel) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN || errno == EINTR) {
            if (const auto ready = pollFor(fd, POLLOUT, deadline, cancel, Talking); !ready)
                return tl::unexpected(ready.error());
        } else {
            return fail(ErrorCode::Io, "ssh-agent closed the connection.");
        }
    }
    return {};
}

Result<std::string> receive(int fd, std::size_t size, const Deadline& deadline, const Cancel& cancel) {
    std::string bytes(size, '\0');
    for (std::size_t have = 0; have < size;) {
        if (const auto ready = pollFor(fd, POLLIN, deadline, cancel, Talking); !ready)
            return tl::unexpected(ready.error());
        const ssize_t count = ::recv(fd, bytes.data() + have, size - have, MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            return fail(ErrorCode::Io, "ssh-agent closed the connection.");
        if (count > 0)
            have += static_cast<std::size_t>(count);
    }
    return bytes;
}

Result<std::string> receiveMessage(int fd, const Deadline& deadline, const Cancel& cancel) {
    const auto header = receive(fd, 4, deadline, cancel);
    if (!header)
        return header;
    const auto size = Reader(*header).number();
    if (size == 0 || size > MaxMessage)
        return fail(ErrorCode::Protocol, "ssh-agent sent a message of an impossible size.");
    return receive(fd, size, deadline, cancel);
}

} // namespace

Result<Agent> Agent::connect(const std::string& socketPath) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socketPath.size() >= sizeof address.sun_path)
        return fail(ErrorCode::Config, "The path of the ssh-agent socket is too long.");
    std::memcpy(address.sun_path, socketPath.c_str(), socketPath.size() + 1);
    Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // A full backlog answers EAGAIN at once: a unix connect never waits when non-blocking.
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return fail(ErrorCode::Io, std::string("ssh-agent cannot be reached: ") + std::strerror(errno));
    return Agent(std::move(socket));
}

Result<std::string> Agent::ask(const std::string& request, const Bounds& bounds) {
    if (auto sent = sendAll(m_socket.get(), framed(request), bounds.deadline(), bounds.cancel()); !sent)
        return tl::unexpected(sent.error());
    return receiveMessage(m_socket.get(), bounds.deadline(), bounds.cancel());
}

Result<std::vector<AgentKey>> Agent::keys(const Bounds& bounds) {
    const auto answer = ask(std::string(1, RequestIdentities), bounds);
    if (!answer)
        return tl::unexpected(answer.error());
    std::vector<AgentKey> keys;
    if (answer->front() != IdentitiesAnswer)
        return keys; // locked
    Reader reader(std::string_view(*answer).substr(1));
    const auto count = std::min(reader.number(), MaxKeys);
    while (keys.size() < count && reader.good()) {
        AgentKey key{reader.string(), {}};
        key.comment = reader.string();
        if (reader.good())
            keys.push_back(std::move(key));
    }
    return keys;
}

AgentProxy::AgentProxy(Agent agent, const Bounds& bounds)
    : m_agent(std::move(agent))
    , m_bounds(bounds) {
    std::array<int, 2> sockets{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return; // libssh then finds no agent
    m_client = Fd(sockets[0]);
    m_server = Fd(sockets[1]);
    m_thread = std::thread([this] { serve(); });
}

AgentProxy::~AgentProxy() {
    m_stop.request();
    if (m_thread.joinable())
        m_thread.join();
}

void AgentProxy::use(std::string offered, std::string signing) {
    const std::lock_guard lock(m_mutex);
    m_offered = std::move(offered);
    m_signing = std::move(signing);
}

void AgentProxy::serve() {
    while (!m_stop.requested()) {
        const auto request = receiveMessage(m_server.get(), m_bounds.deadline(), m_stop);
        if (!request || !sendAll(m_server.get(), framed(reply(*request)), m_bounds.deadline(), m_stop))
            break;
    }
    ::shutdown(m_server.get(), SHUT_RDWR); // whoever waits for an answer sees the end
}

std::string AgentProxy::reply(const std::string& request) {
    const std::string failure(1, Failure);
    std::string offered;
    std::string signing;
    {
        const std::lock_guard lock(m_mutex);
        offered = m_offered;
        signing = m_signing;
    }
    if (request.front() == RequestIdentities)
        return std::string(1, IdentitiesAnswer) + number(1) + framed(offered) + framed("key");
    Reader reader(std::string_view(request).substr(1));
    if (request.front() != SignRequest || reader.string() != offered || !reader.good())
        return failure;
    return m_agent.ask(std::string(1, SignRequest) + framed(signing) + std::string(reader.rest()), m_bounds)
        .value_or(failure);
}

std::string blobOf(ssh_key key) {
    char* base64 = nullptr;
    if (ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK)
        return {};
    const std::string text = takeString(base64);
    std::string blob(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(blob.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0)
        return {};
    blob.resize(static_cast<std::size_t>(size) - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
    return blob;
}

KeyHandle keyFromBlob(const std::string& blob) {
    const std::string name = Reader(blob).string();
    const auto type = ssh_key_type_from_name(name.c_str());
    if (type == SSH_KEYTYPE_UNKNOWN)
        return nullptr;
    std::string base64((blob.size() + 2) / 3 * 4 + 1, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                    reinterpret_cast<const unsigned char*>(blob.data()), static_cast<int>(blob.size()));
    ssh_key key = nullptr;
    const bool certificate = name.find("-cert-v") != std::string::npos;
    const int answer = certificate ? ssh_pki_import_cert_base64(base64.c_str(), type, &key)
                                   : ssh_pki_import_pubkey_base64(base64.c_str(), type, &key);
    return KeyHandle(answer == SSH_OK ? key : nullptr);
}

bool certifies(const std::string& certificateBlob, const std::string& keyBlob) {
    Reader certificate(certificateBlob);
    Reader key(keyBlob);
    certificate.string(); // type
    certificate.string(); // nonce
    key.string();         // type
    return certificate.good() && key.good() && !key.rest().empty() &&
           certificate.rest().starts_with(key.rest());
}

} // namespace inodeck::ssh
