#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/ssh/client_config.h"

namespace inodeck::ssh {

/// Asks OpenSSH itself (`ssh -G`) what it would do for a destination, because libssh's own parser differs in
/// ways that matter (docs/decisions/0002-ssh.md). Thread-safe. An answer is kept for ten seconds, as long as
/// the configuration files stay the same; `Match exec` and included files are why it is not kept longer.
class ConfigSource {
public:
    ConfigSource(std::string configFile, std::string sshProgram);

    Result<ClientConfig> lookUp(const EndpointSpec& spec, const Deadline& deadline, const Cancel& cancel);
    std::vector<std::string> warnings() const;

private:
    struct Entry {
        ClientConfig config;
        std::chrono::steady_clock::time_point read;
        std::string stamp;
    };
    std::string stamp() const;
    Result<ClientConfig> ask(const EndpointSpec& spec, const Deadline& deadline, const Cancel& cancel);
    Result<ClientConfig> withoutOpenSsh(const EndpointSpec& spec);

    std::string m_configFile;
    std::string m_program;
    mutable std::mutex m_mutex;
    std::map<std::string, Entry> m_cache;
    std::vector<std::string> m_warnings;
};

} // namespace inodeck::ssh
