#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace inodeck::ssh {

/// A public key as known_hosts has it.
struct PublicKey {
    std::string type;   ///< "ssh-ed25519"
    std::string base64; ///< the key blob

    bool operator==(const PublicKey&) const = default;
};

/// "SHA256:…" as ssh-keygen -l prints it; empty for what is no base64.
std::string fingerprintOf(const PublicKey& key);

/// One line of known_hosts whose patterns match the host.
struct KnownKey {
    enum class Marker { None, Revoked, CertAuthority };
    Marker marker = Marker::None;
    PublicKey key;
    std::string file;
    int line = 0;
};

/// "name" or, on another port than 22, "[name]:port"; lower case, as OpenSSH writes it.
std::string knownHostsName(std::string_view host, int port);

/// The lines of one file's text that speak for `name`; lines that make no sense are passed over one by one,
/// never the rest of the file.
std::vector<KnownKey> matchKnownHosts(std::string_view text, std::string_view name, const std::string& file);

/// What known_hosts says of a host before it has shown a key: all files, the exact name and, for another port
/// than 22, the bare name as well (OpenSSH accepts a key recorded there).
struct KnownHost {
    std::string name;
    std::vector<KnownKey> exact;
    std::vector<KnownKey> bare;

    /// Key types to ask the server for first.
    std::vector<std::string> knownTypes() const;
};
/// Unreadable or missing files are empty. `alias` (HostKeyAlias) replaces name and port.
KnownHost readKnownHosts(const std::vector<std::string>& files, std::string_view host, int port,
                         std::string_view alias);

/// The judgement of a key that the server has shown.
struct KeyJudgement {
    enum class State { Known, Unknown, Changed, OtherType, Revoked };
    State state = State::Unknown;
    KnownKey known;             ///< Changed, OtherType, Revoked: the line that says so
    bool certAuthority = false; ///< a @cert-authority line is there, which a plain key does not satisfy
};
KeyJudgement judgeKey(const KnownHost& host, const PublicKey& offered);

/// A line for known_hosts; with `hashed`, the name is HMAC-SHA1 over a random salt.
std::string knownHostsLine(const std::string& name, const PublicKey& key, bool hashed);

/// Appends under a lock; file 0600, its directory 0700, synced. A line that is already there is left alone.
Result<void> appendKnownHost(const std::string& file, const std::string& line);

} // namespace inodeck::ssh
