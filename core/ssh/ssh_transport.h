#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/transport/prompter.h"
#include "core/transport/transport.h"

namespace inodeck {

struct SshOptions {
    std::string configFile;                  ///< `ssh -F`; empty: the user's and the system's
    std::chrono::seconds connectTimeout{15}; ///< TCP, key exchange and authentication together, without the
                                             ///< time that questions take; a longer ConnectTimeout wins
    Prompter* prompter = nullptr;            ///< not owned; null: never ask, refuse
    std::string sshProgram{"ssh"};           ///< whose -G reads the configuration; not found or empty: libssh
};

/// SSH as OpenSSH users expect it, over libssh. Thread-safe; jump-host sessions and decrypted keys are
/// shared. Sessions may outlive the transport, but not its prompter.
class SshTransport final : public Transport {
public:
    explicit SshTransport(SshOptions options);
    ~SshTransport() override;
    Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                             const Cancel& cancel) override;
    /// What the operator should know: an old libssh, no OpenSSH to read the configuration. One sentence each.
    std::vector<std::string> warnings() const;

private:
    struct Private; // keeps libssh out of this header
    std::unique_ptr<Private> d;
};

/// The server's host key as `inodeck trust` shows it, fetched without any authentication (jump hosts on the
/// way are logged in to, as ever).
struct ServerKey {
    std::string host; ///< known_hosts name
    std::string address;
    std::string keyType;
    std::string fingerprint; ///< "SHA256:…"
    enum class State { Known, Unknown, Changed, Revoked } state = State::Unknown;
    std::string knownFingerprint; ///< when Changed: what known_hosts has
    std::string knownHostsFile;   ///< where the key is, or would be, recorded
    std::string knownHostsLine;   ///< the line that would be appended
};
Result<ServerKey> fetchServerKey(const Endpoint& endpoint, const SshOptions& options,
                                 const Deadline& deadline, const Cancel& cancel);
/// Appends the line (file 0600, its directory 0700, fsynced); refuses unless the state is Unknown.
Result<void> recordServerKey(const ServerKey& key);

} // namespace inodeck
