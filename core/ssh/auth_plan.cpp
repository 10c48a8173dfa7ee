#include "core/ssh/auth_plan.h"

#include <algorithm>
#include <sstream>
#include <sys/stat.h>

namespace inodeck::ssh {
namespace {

constexpr std::string_view CertificateSuffix = "-cert.pub";

struct Identity {
    std::string file;
    KeyHandle half;
    std::string blob;
    bool inAgent = false;
};

bool isThere(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

/// The private file of a configured path: `key` or `key.pub`.
std::string privateFile(const std::string& path) {
    return path.ends_with(".pub") ? path.substr(0, path.size() - 4) : path;
}

std::vector<Identity> readIdentities(const ClientConfig& config, const std::vector<AgentKey>& agentKeys) {
    std::vector<Identity> identities;
    for (const auto& file : config.identityFiles) {
        if (!isThere(file) && !isThere(file + ".pub"))
            continue;
        Identity identity{file, publicHalf(file), {}, false};
        if (identity.half)
            identity.blob = blobOf(identity.half.get());
        identity.inAgent = !identity.blob.empty() &&
                           std::any_of(agentKeys.begin(), agentKeys.end(),
                                       [&](const AgentKey& key) { return key.blob == identity.blob; });
        identities.push_back(std::move(identity));
    }
    return identities;
}

/// Certificates on disk: CertificateFile, and `<identity>-cert.pub`; the private half is the identity whose
/// key it certifies.
void addCertificates(std::vector<Candidate>& plan, const ClientConfig& config,
                     const std::vector<Identity>& identities) {
    const auto add = [&](const std::string& file, const Identity& identity) {
        auto certificate = readCertificate(file);
        const bool fits =
            certificate && (identity.blob.empty() || certifies(blobOf(certificate.get()), identity.blob));
        if (fits)
            plan.push_back({file, std::move(certificate), privateFile(identity.file),
                            identity.inAgent ? identity.blob : std::string()});
    };
    for (const auto& file : config.certificateFiles) {
        for (const auto& identity : identities) {
            if (file == privateFile(identity.file) + std::string(CertificateSuffix))
                continue; // found below
            add(file, identity);
        }
    }
    for (const auto& identity : identities)
        add(privateFile(identity.file) + std::string(CertificateSuffix), identity);
}

bool isConfigured(const std::vector<Identity>& identities, const std::string& blob) {
    return std::any_of(identities.begin(), identities.end(),
                       [&](const Identity& identity) { return identity.blob == blob; });
}

} // namespace

std::vector<Candidate> planCandidates(const ClientConfig& config, const std::vector<AgentKey>& agentKeys) {
    auto identities = readIdentities(config, agentKeys);
    std::vector<Candidate> plan;
    addCertificates(plan, config, identities);
    for (auto& identity : identities) {
        if (identity.inAgent)
            plan.push_back({identity.file, std::move(identity.half), {}, identity.blob});
    }
    for (const auto& key : agentKeys) {
        if (config.identitiesOnly || isConfigured(identities, key.blob))
            continue;
        if (auto offer = keyFromBlob(key.blob))
            plan.push_back({"agent key " + printable(key.comment), std::move(offer), {}, key.blob});
    }
    for (auto& identity : identities) {
        if (!identity.inAgent && isThere(privateFile(identity.file)))
            plan.push_back({identity.file, std::move(identity.half), privateFile(identity.file), {}});
    }
    return plan;
}

std::vector<std::string> planMethods(const ClientConfig& config) {
    std::istringstream names(config.preferredAuthentications.empty()
                                 ? "publickey,keyboard-interactive,password"
                                 : config.preferredAuthentications);
    std::vector<std::string> methods;
    for (std::string name; std::getline(names, name, ',');) {
        if ((name == "publickey" && config.publicKey) || (name == "password" && config.password) ||
            (name == "keyboard-interactive" && config.keyboardInteractive))
            methods.push_back(name);
    }
    return methods;
}

} // namespace inodeck::ssh
