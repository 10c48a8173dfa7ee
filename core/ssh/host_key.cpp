#include "core/ssh/host_key.h"

#include <algorithm>

namespace inodeck::ssh {
namespace {

const char* const DefaultAlgorithms = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,"
                                      "ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256";

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < list.size();) {
        const auto end = std::min(list.find(',', begin), list.size());
        names.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

std::string keyTypeOf(const std::string& algorithm) {
    return algorithm == "rsa-sha2-512" || algorithm == "rsa-sha2-256" ? "ssh-rsa" : algorithm;
}

std::string place(const KnownKey& known) {
    return printable(known.file) + " line " + std::to_string(known.line);
}

tl::unexpected<Error> refuse(const Link& link, const KnownHost& host, const PublicKey& key,
                             const KeyJudgement& judgement) {
    const std::string shown = key.type + " " + fingerprintOf(key);
    if (judgement.state == KeyJudgement::State::Revoked)
        return fail(ErrorCode::HostKeyChanged, "The host key of " + link.who() + " (" + shown +
                                                   ") is marked @revoked in " + place(judgement.known) +
                                                   "; the server must get a new key.");
    return fail(ErrorCode::HostKeyChanged,
                "The host key of " + link.who() + " is not the known one: it shows " + shown + ", but " +
                    place(judgement.known) + " has " + printable(judgement.known.key.type) + " " +
                    fingerprintOf(judgement.known.key) +
                    "; if its administrator confirms the change, remove the old key with `ssh-keygen -R '" +
                    printable(host.name) + "' -f " + printable(judgement.known.file) +
                    "` and record the new one with `inodeck trust`.");
}

tl::unexpected<Error> unknown(const Link& link, const ClientConfig& config, const PublicKey& key,
                              const KeyJudgement& judgement) {
    return fail(
        ErrorCode::HostKeyUnknown,
        "The host key of " + link.who() + " is not known (" + key.type + " " + fingerprintOf(key) + ")" +
            (judgement.certAuthority
                 ? "; known_hosts names a certificate authority for it, but host certificates are "
                   "not supported here"
                 : "") +
            "; compare the fingerprint and record it with `inodeck trust " + printable(config.asked) + "`.");
}

} // namespace

KnownHost knownHostOf(const ClientConfig& config) {
    std::vector<std::string> files = config.userKnownHosts;
    files.insert(files.end(), config.globalKnownHosts.begin(), config.globalKnownHosts.end());
    return readKnownHosts(files, config.hostName, config.port, config.hostKeyAlias);
}

std::string hostKeyAlgorithms(const ClientConfig& config, const std::vector<std::string>& knownTypes) {
    auto names = split(config.hostKeyAlgorithms.empty() ? DefaultAlgorithms : config.hostKeyAlgorithms);
    std::erase_if(names, [](const std::string& name) { return name.find("-cert-v") != std::string::npos; });
    std::stable_partition(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(knownTypes.begin(), knownTypes.end(), keyTypeOf(name)) != knownTypes.end();
    });
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ",") + name;
    return list;
}

Result<PublicKey> shownKey(const Link& link) {
    ssh_key raw = nullptr;
    char* base64 = nullptr;
    if (ssh_get_server_publickey(link.raw(), &raw) != SSH_OK)
        return fail(ErrorCode::Protocol, link.who() + " has shown no host key.");
    const KeyHandle key(raw);
    if (ssh_pki_export_pubkey_base64(raw, &base64) != SSH_OK)
        return fail(ErrorCode::Protocol, link.who() + " has shown a host key that cannot be read.");
    return PublicKey{ssh_key_type_to_char(ssh_key_type(raw)), takeString(base64)};
}

std::string recordingFile(const ClientConfig& config) {
    const auto& files = config.userKnownHosts;
    return files.empty() || files.front() == "none" ? std::string() : files.front();
}

Result<void> checkHostKey(const Link& link, const ClientConfig& config, const PublicKey& key,
                          Prompts& prompts, Bounds& bounds) {
    KnownHost host = knownHostOf(config);
    KeyJudgement judgement = judgeKey(host, key);
    if (judgement.state == KeyJudgement::State::Known)
        return {};
    if (judgement.state != KeyJudgement::State::Unknown)
        return refuse(link, host, key, judgement);
    if (!prompts.available() || config.batchMode || recordingFile(config).empty())
        return unknown(link, config, key, judgement);

    auto turn = prompts.turn(bounds);
    if (!turn)
        return tl::unexpected(turn.error());
    host = knownHostOf(config); // somebody may have answered meanwhile
    judgement = judgeKey(host, key);
    if (judgement.state == KeyJudgement::State::Known)
        return {};
    if (judgement.state != KeyJudgement::State::Unknown)
        return refuse(link, host, key, judgement);
    if (!(*turn)->acceptHostKey({host.name, link.address(), key.type, fingerprintOf(key)}))
        return unknown(link, config, key, judgement);
    return appendKnownHost(recordingFile(config), knownHostsLine(host.name, key, config.hashKnownHosts));
}

} // namespace inodeck::ssh
