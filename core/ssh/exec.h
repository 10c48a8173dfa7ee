#pragma once

#include "core/ssh/keep_alive.h"
#include "core/transport/transport.h"

namespace inodeck::ssh {

struct ExecOutcome {
    Result<ExecResult> result;
    bool sessionLives = false;
};

/// Runs one command on a channel of its own. A result is given only when the server has said that the command
/// ended and its output is complete: a connection that is cut is an error, never a short output.
ExecOutcome execOn(Link& link, KeepAlive& keepAlive, const ExecRequest& request, const Deadline& deadline,
                   const Cancel& cancel);

} // namespace inodeck::ssh
