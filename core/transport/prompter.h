#pragma once

#include <optional>
#include <string>
#include <vector>

namespace inodeck {

/// A host key that no known_hosts line speaks for (a changed key is never asked about: it is refused).
struct HostKeyQuestion {
    std::string host; ///< as it would be written to known_hosts: "name" or "[name]:port"
    std::string address;
    std::string keyType;     ///< "ssh-ed25519"
    std::string fingerprint; ///< "SHA256:…"
};

struct SecretQuestion {
    enum class Kind { Passphrase, Password, Challenge };
    Kind kind = Kind::Password;
    std::string host;
    std::string subject; ///< key file, user@host, or the server's own (hostile, printable) words
    bool echo = false;   ///< a challenge whose answer may be shown
    int attempt = 1;     ///< from 1
};

/// Asks the operator. Called on transport threads, one question at a time; an implementation blocks until
/// answered.
class Prompter {
public:
    virtual ~Prompter() = default;
    /// Whether to record this key in known_hosts and go on.
    virtual bool acceptHostKey(const HostKeyQuestion& question) = 0;
    /// nullopt: the operator declined.
    virtual std::optional<std::string> secret(const SecretQuestion& question) = 0;
};

} // namespace inodeck
