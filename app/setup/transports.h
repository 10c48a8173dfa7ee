#pragma once

#include <memory>

#include "app/setup/host_options.h"
#include "core/transport/prompter.h"
#include "core/transport/transport.h"

namespace inodeck::setup {

/// SSH with the given client configuration (empty: the user's own), and this machine without.
std::unique_ptr<Transport> sshOrLocal(const std::string& sshConfigFile, Prompter* prompter);
/// The recorded fleet that the options name, else sshOrLocal().
std::unique_ptr<Transport> transportOf(const HostOptions& options, Prompter* prompter);

} // namespace inodeck::setup
