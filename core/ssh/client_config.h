#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/ssh/endpoint_spec.h"

namespace inodeck::ssh {

/// What OpenSSH would use for one destination, tokens and `~` expanded.
struct ClientConfig {
    std::string asked;    ///< what the operator, or a ProxyJump, wrote: [user@]host[:port]
    std::string name;     ///< its host part (%n)
    std::string hostName; ///< where to connect (%h)
    std::string user;
    int port = 22;
    int family = 0; ///< AF_UNSPEC, AF_INET or AF_INET6
    std::string bindAddress;

    std::vector<std::string> identityFiles;
    std::vector<std::string> certificateFiles;
    bool identitiesOnly = false;
    std::string identityAgent; ///< socket path; empty: no agent
    std::string preferredAuthentications;
    bool publicKey = true;
    bool password = true;
    bool keyboardInteractive = true;
    bool batchMode = false;
    int passwordPrompts = 3;

    std::string hostKeyAlias;
    std::vector<std::string> userKnownHosts;
    std::vector<std::string> globalKnownHosts;
    bool hashKnownHosts = false;
    std::string hostKeyAlgorithms;
    std::string kexAlgorithms;
    std::string ciphers;
    std::string macs;

    std::string proxyJump;    ///< empty: none
    std::string proxyCommand; ///< empty: none; its tokens are expanded
    std::optional<std::chrono::seconds> connectTimeout;
    std::chrono::seconds aliveInterval{0};
    int aliveCountMax = 3;
};

/// Reads what `ssh -G` prints. Config when it makes no sense (no host name, a bad port), or when a value that
/// goes to a shell (ProxyCommand) would hold characters a shell understands.
Result<ClientConfig> parseClientConfig(const std::string& dump, const std::string& name);

/// `~`, `${NAME}` and the % tokens of ssh_config(5) that a path may hold.
std::string expandPath(const std::string& text, const ClientConfig& config);

/// The home directory of the account we run as (OpenSSH asks the password database, not $HOME).
std::string homeDirectory();
std::string accountName();

} // namespace inodeck::ssh
