#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/ssh/bounds.h"
#include "core/ssh/handle.h"

namespace inodeck::ssh {

struct AgentKey {
    std::string blob;
    std::string comment;
};

/// A connection to ssh-agent whose every wait is bounded.
class Agent {
public:
    static Result<Agent> connect(const std::string& socketPath);
    Result<std::vector<AgentKey>> keys(const Bounds& bounds);
    /// One request of the agent protocol, without its length; the reply likewise.
    Result<std::string> ask(const std::string& request, const Bounds& bounds);

private:
    explicit Agent(Fd socket)
        : m_socket(std::move(socket)) {}
    Fd m_socket;
};

/// Stands between libssh and the agent. libssh talks to its agent blocking, offers all of its keys, and
/// cannot sign for a certificate on disk with the agent's plain key; through this it sees one key at a time,
/// and it is cut off at the deadline.
class AgentProxy {
public:
    AgentProxy(Agent agent, const Bounds& bounds);
    ~AgentProxy();
    AgentProxy(const AgentProxy&) = delete;
    AgentProxy& operator=(const AgentProxy&) = delete;

    /// For ssh_set_agent_socket, which takes ownership; once.
    int releaseClientEnd() { return m_client.release(); }
    /// From now on libssh sees `offered`, which the agent signs for as `signing`.
    void use(std::string offered, std::string signing);

private:
    void serve();
    std::string reply(const std::string& request);

    Agent m_agent;   // the thread's
    Bounds m_bounds; // the thread's
    Fd m_client;
    Fd m_server;
    Cancel m_stop;
    std::mutex m_mutex;
    std::string m_offered;
    std::string m_signing;
    std::thread m_thread;
};

/// The SSH wire form of a public key (or certificate).
std::string blobOf(ssh_key key);
/// Null for what libssh does not know.
KeyHandle keyFromBlob(const std::string& blob);
/// Whether a certificate is for that plain key.
bool certifies(const std::string& certificateBlob, const std::string& keyBlob);

} // namespace inodeck::ssh
