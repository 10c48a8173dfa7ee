#include "app/cli/ssh_factory.h"

#include "core/ssh/ssh_transport.h"

namespace inodeck::cli {

std::unique_ptr<Transport> sshTransport(const std::string& sshConfigFile, Prompter* prompter) {
    SshOptions options;
    options.configFile = sshConfigFile;
    options.prompter = prompter;
    return std::make_unique<SshTransport>(options);
}

} // namespace inodeck::cli
