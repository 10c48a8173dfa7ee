#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/ssh/bastion.h"
#include "core/ssh/config_source.h"
#include "core/ssh/host_key.h"
#include "core/ssh/identities.h"
#include "core/ssh/prompts.h"
#include "core/ssh/ssh_transport.h"

namespace inodeck::ssh {

struct Opened {
    std::unique_ptr<Link> link;
    ClientConfig config;
    PublicKey key;
};

enum class Purpose { LogIn, SeeHostKey };

/// Opens connections: configuration, route (TCP, ProxyCommand, jump hosts), key exchange, host key, login.
/// Thread-safe.
class Connector {
public:
    explicit Connector(const SshOptions& options);

    Result<Opened> open(const std::string& endpoint, Purpose purpose, const Deadline& deadline,
                        const Cancel& cancel);
    std::vector<std::string> warnings() const { return m_configs.warnings(); }

private:
    /// What belongs to one destination, be it the target or a jump host on the way to it.
    struct Destination {
        EndpointSpec spec;
        std::string asked;
        std::optional<std::string> jumps;   ///< instead of the configured ProxyJump
        std::vector<std::string> through{}; ///< the jumps that wait for this one
        Purpose purpose = Purpose::LogIn;
    };
    Result<Opened> open(const Destination& destination, const Deadline& deadline, const Cancel& cancel);
    Result<Opened> attempt(const Destination& destination, const ClientConfig& config, Bounds& bounds,
                           bool& retriable);
    Result<Route> route(const Destination& destination, const ClientConfig& config, const Bounds& bounds);
    Result<Route> throughJumpHost(const Destination& destination, const ClientConfig& config,
                                  const Bounds& bounds);
    std::shared_ptr<Gate> handshakeGate(const ClientConfig& config);

    std::chrono::milliseconds m_timeout;
    ConfigSource m_configs;
    KeyStore m_keys;
    Prompts m_prompts;
    BastionRegistry m_bastions;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Gate>> m_handshakes;
};

} // namespace inodeck::ssh
