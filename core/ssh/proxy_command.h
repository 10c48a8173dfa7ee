#pragma once

#include "core/ssh/link.h"

namespace inodeck::ssh {

/// Starts `command` by `/bin/sh -c` with one end of a socket pair as its stdin and stdout. Its process group
/// is ended with the route.
Result<Route> startProxyCommand(const std::string& command, std::string address);

} // namespace inodeck::ssh
