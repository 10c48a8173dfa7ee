#include "core/ssh/ssh_transport.h"

#include "core/ssh/connector.h"
#include "core/ssh/ssh_session.h"
#include "core/transport/child_process.h"

namespace inodeck {

struct SshTransport::Private {
    ssh::Connector connector;
    std::shared_ptr<ssh::IdleKeeper> keeper = std::make_shared<ssh::IdleKeeper>();
};

SshTransport::SshTransport(SshOptions options)
    : d(new Private{ssh::Connector(options)}) {
    ignoreSigpipe();
}

SshTransport::~SshTransport() = default;

Result<std::unique_ptr<Session>> SshTransport::connect(const Endpoint& endpoint, const Deadline& deadline,
                                                       const Cancel& cancel) {
    auto opened = d->connector.open(endpoint.name, ssh::Purpose::LogIn, deadline, cancel);
    if (!opened)
        return tl::unexpected(opened.error());
    PeerInfo peer{opened->link->address(), opened->config.user, ssh::fingerprintOf(opened->key)};
    return std::make_unique<ssh::SshSession>(
        std::move(opened->link), std::move(peer),
        ssh::KeepAlive(opened->config.aliveInterval, opened->config.aliveCountMax), d->keeper);
}

std::vector<std::string> SshTransport::warnings() const {
    auto warnings = d->connector.warnings();
    if (!ssh_version(SSH_VERSION_INT(0, 10, 6)))
        warnings.push_back(std::string("libssh ") + ssh_version(0) +
                           " is older than 0.10.6 and lacks security fixes; update it.");
    return warnings;
}

} // namespace inodeck
