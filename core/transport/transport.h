#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

/// Where to connect. `name` is what the operator typed or the fleet file says: an ssh alias or
/// [user@]host[:port], or "local".
struct Endpoint {
    std::string name;
    bool local = false;
};

/// One command on the VM. `command` is one POSIX shell command line made by us; data from outside goes
/// through `input` or shellQuote(), never into it raw.
struct ExecRequest {
    std::string command;
    std::string input; ///< all of the command's stdin, then EOF
    std::size_t maxOutput = std::size_t{64}
                            << 20; ///< bytes of stdout and of stderr each; more is ErrorCode::TooLarge
};

struct ExecResult {
    std::string output;  ///< stdout, bytes
    std::string error;   ///< stderr, bytes
    int exitStatus = -1; ///< -1: ended by a signal, or the server sent none
};

/// What is known about an open connection.
struct PeerInfo {
    std::string address;            ///< "192.0.2.7:22", or "local"
    std::string user;               ///< remote account
    std::string hostKeyFingerprint; ///< "SHA256:…", empty for local
};

/// A connection to one host. Used by one thread at a time. exec() may be repeated until it fails with
/// Disconnected or Timeout, after which the session is dead and alive() is false.
class Session {
public:
    virtual ~Session() = default;
    /// Ends by `deadline` or `cancel` whatever the peer does; then asks the remote command to end too, as far
    /// as that is possible. A command that ran and exited non-zero is a result, not an error.
    virtual Result<ExecResult> exec(const ExecRequest& request, const Deadline& deadline,
                                    const Cancel& cancel) = 0;
    virtual bool alive() const = 0;
    virtual PeerInfo peer() const = 0;
};

/// Connects. Thread-safe: hosts are connected in parallel.
class Transport {
public:
    virtual ~Transport() = default;
    virtual Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                                     const Cancel& cancel) = 0;
};

} // namespace inodeck
