#include <pwd.h>
#include <unistd.h>

#include "core/base/mask.h"
#include "core/restart/restart.h"

namespace inodeck {

namespace {

AuditSide sideOf(const Side& side) {
    AuditSide record;
    record.missing = side.missing;
    if (side.facts) {
        record.sha256 = side.facts->sha256;
        record.inode = side.facts->inode;
        record.size = side.facts->size;
    }
    return record;
}

bool isSecret(const Observation& o) {
    return isSecretFile(o.destination) || isSecretFile(o.source);
}

std::string value(const std::map<std::string, std::string>& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string{} : found->second;
}

std::string accountName() {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(16384);
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return found->pw_name;
    return "uid " + std::to_string(::getuid());
}

} // namespace

AuditActor currentActor(const std::map<std::string, std::string>& environment) {
    AuditActor actor;
    actor.account = accountName();
    actor.claimed = value(environment, "INODECK_ACTOR");
    if (actor.claimed.empty())
        actor.claimed = value(environment, "GITHUB_ACTOR");
    if (actor.claimed.empty())
        actor.claimed = value(environment, "SUDO_USER");
    const std::string run = value(environment, "GITHUB_RUN_ID");
    if (!run.empty())
        actor.ciJob = value(environment, "GITHUB_REPOSITORY") + "/" + run;
    return actor;
}

std::vector<AuditEvidence> evidenceOf(const std::vector<Row>& rows, bool secret) {
    std::vector<AuditEvidence> evidence;
    for (const Row& row : rows) {
        const Observation& o = row.observation;
        evidence.push_back({o.source, o.destination, std::string(toString(row.judgement.verdict)),
                            sideOf(o.hostSide), sideOf(o.containerSide), secret || isSecret(o)});
    }
    return evidence;
}

AuditTarget targetOf(const RestartPlan& plan) {
    AuditTarget target;
    target.vm = plan.host.name;
    target.address = plan.peer.address;
    target.hostKeySha256 = plan.peer.hostKeyFingerprint;
    target.machineId = plan.machineId;
    target.containerId = plan.container.id.hex();
    target.project = plan.container.project;
    target.service = plan.container.service.empty() ? plan.container.name : plan.container.service;
    target.imageDigest = plan.container.imageId;
    target.startedAt = plan.container.startedAt;
    return target;
}

} // namespace inodeck
