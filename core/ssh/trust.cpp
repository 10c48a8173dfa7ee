#include "core/ssh/connector.h"
#include "core/ssh/ssh_transport.h"
#include "core/transport/child_process.h"

namespace inodeck {
namespace {

ServerKey::State stateOf(ssh::KeyJudgement::State state) {
    switch (state) {
    case ssh::KeyJudgement::State::Known:
        return ServerKey::State::Known;
    case ssh::KeyJudgement::State::Unknown:
        return ServerKey::State::Unknown;
    case ssh::KeyJudgement::State::Revoked:
        return ServerKey::State::Revoked;
    case ssh::KeyJudgement::State::Changed:
    case ssh::KeyJudgement::State::OtherType:
        break;
    }
    return ServerKey::State::Changed;
}

} // namespace

Result<ServerKey> fetchServerKey(const Endpoint& endpoint, const SshOptions& options,
                                 const Deadline& deadline, const Cancel& cancel) {
    ignoreSigpipe();
    ssh::Connector connector(options);
    const auto opened = connector.open(endpoint.name, ssh::Purpose::SeeHostKey, deadline, cancel);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto host = ssh::knownHostOf(opened->config);
    const auto judgement = ssh::judgeKey(host, opened->key);
    ServerKey key;
    key.host = host.name;
    key.address = opened->link->address();
    key.keyType = opened->key.type;
    key.fingerprint = ssh::fingerprintOf(opened->key);
    key.state = stateOf(judgement.state);
    if (key.state == ServerKey::State::Unknown) {
        key.knownHostsFile = ssh::recordingFile(opened->config);
        key.knownHostsLine = ssh::knownHostsLine(host.name, opened->key, opened->config.hashKnownHosts);
    } else {
        key.knownHostsFile = judgement.known.file;
        key.knownFingerprint = ssh::fingerprintOf(judgement.known.key);
    }
    return key;
}

Result<void> recordServerKey(const ServerKey& key) {
    if (key.state != ServerKey::State::Unknown || key.knownHostsLine.empty())
        return fail(ErrorCode::HostKeyChanged, "The host key of " + printable(key.host) +
                                                   " is not recorded: known_hosts already speaks "
                                                   "for this host.");
    if (key.knownHostsFile.empty())
        return fail(ErrorCode::Config, "The host key of " + printable(key.host) +
                                           " is not recorded: UserKnownHostsFile is none.");
    return ssh::appendKnownHost(key.knownHostsFile, key.knownHostsLine);
}

} // namespace inodeck
