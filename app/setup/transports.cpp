#include "app/setup/transports.h"

#include "core/ssh/ssh_transport.h"
#include "core/transport/replay_transport.h"
#include "core/transport/routing_transport.h"

namespace inodeck::setup {

std::unique_ptr<Transport> sshOrLocal(const std::string& sshConfigFile, Prompter* prompter) {
    SshOptions options;
    options.configFile = sshConfigFile;
    options.prompter = prompter;
    return std::make_unique<RoutingTransport>(std::make_unique<SshTransport>(options));
}

std::unique_ptr<Transport> transportOf(const HostOptions& options, Prompter* prompter) {
    if (!options.replay.empty())
        return std::make_unique<ReplayTransport>(options.replay);
    return sshOrLocal(options.sshConfig, prompter);
}

} // namespace inodeck::setup
