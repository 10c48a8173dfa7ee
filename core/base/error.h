#pragma once

#include <string>

namespace inodeck {

/// What kind of failure it was; callers decide on the code, people read the sentence.
enum class ErrorCode {
    Usage,            ///< the caller asked for something that does not exist or is malformed
    Config,           ///< a configuration file is wrong
    NotFound,         ///< the named thing is not there
    PermissionDenied, ///< the right to do it is missing
    Timeout,          ///< a deadline passed
    Cancelled,        ///< the operator or the program stopped it
    Unreachable,      ///< no connection: name, route, refused
    HostKeyUnknown,   ///< no known_hosts line for this host
    HostKeyChanged,   ///< known_hosts has another key, or the key is revoked
    AuthFailed,       ///< the server accepted none of our credentials
    Disconnected,     ///< an established connection ended
    Protocol,         ///< the peer sent something that cannot be parsed
    TooLarge,         ///< a limit was exceeded
    Unsupported,      ///< it exists, but this version or mode cannot do it
    CommandFailed,    ///< a command on the VM ran and failed
    AuditUnavailable, ///< no audit record could be made durable
    Io,               ///< a local file or device failed
    Internal,         ///< a bug of ours
};

/// An enum code and one clear sentence: what was wrong, where, and what to do. The message is UTF-8 and
/// already printable.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;

    /// Only these are worth another try without a person's help.
    bool transient() const {
        return code == ErrorCode::Timeout || code == ErrorCode::Unreachable ||
               code == ErrorCode::Disconnected;
    }
};

} // namespace inodeck
