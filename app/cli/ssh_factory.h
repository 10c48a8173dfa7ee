#pragma once

#include <memory>
#include <string>

#include "core/transport/prompter.h"
#include "core/transport/transport.h"

namespace inodeck::cli {

/// SSH with the given client configuration (empty: the user's own).
std::unique_ptr<Transport> sshTransport(const std::string& sshConfigFile, Prompter* prompter);

} // namespace inodeck::cli
