#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace inodeck {

/// A VM (or this machine) as the operator configured it.
struct Host {
    std::string name; ///< how it is shown and recorded: an ssh alias, [user@]host[:port], or the fleet file's
                      ///< name; "local" for this machine
    std::string address; ///< what to connect to, where it is not the name
    bool local = false;
    std::vector<std::string> docker{
        "docker"};   ///< argv of the docker command: {"docker"}, {"sudo","-n","docker"}, {"podman"}
    std::string env; ///< "production"; a label of events
    std::vector<std::string> groups;   ///< of the fleet file
    bool isProtected = false;          ///< restarts need the name typed (console) or --yes-protected
    std::chrono::seconds deadline{60}; ///< for one scan of this host, everything included
    std::uint64_t hashLimit = std::uint64_t{4} << 20; ///< bytes; larger files are compared by inode
    std::vector<std::string> secretServices;          ///< PROJECT/SERVICE that the fleet file marks `secret`

    /// Whether the content of PROJECT/SERVICE on it is secret.
    bool keepsSecret(const std::string& service) const;
    /// An ssh alias or [user@]host[:port].
    const std::string& target() const { return address.empty() ? name : address; }
};

/// Checks `[user@]host[:port]` or an alias: no leading '-', no blanks or control characters, port 1..65535,
/// IPv6 in brackets.
Result<Host> parseHost(const std::string& text);
/// Why `text` names no host; empty: it does.
std::string hostFault(const std::string& text);

/// The concrete `Host` patterns of an OpenSSH client configuration, in order, Includes followed; patterns
/// with * ? ! are left out. A missing file is an empty list.
Result<std::vector<std::string>> sshConfigAliases(const std::string& path);

} // namespace inodeck
