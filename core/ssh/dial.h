#pragma once

#include <string>

#include "core/ssh/bounds.h"
#include "core/ssh/client_config.h"
#include "core/transport/fd.h"

namespace inodeck::ssh {

struct Dialled {
    Fd socket;           ///< non-blocking, close-on-exec, TCP_NODELAY
    std::string address; ///< "192.0.2.7:22"
};

/// Resolves and connects. All addresses are tried, the next one a quarter second after the last or as soon as
/// that one fails, and the first to answer wins; a resolver that hangs does not hang us.
Result<Dialled> dial(const ClientConfig& config, const Bounds& bounds);

} // namespace inodeck::ssh
