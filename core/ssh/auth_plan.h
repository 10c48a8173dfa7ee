#pragma once

#include <string>
#include <vector>

#include "core/ssh/agent.h"
#include "core/ssh/client_config.h"
#include "core/ssh/identities.h"

namespace inodeck::ssh {

/// One public key to offer, and who signs for it.
struct Candidate {
    std::string name;      ///< for people: a file, or the agent's comment
    KeyHandle offer;       ///< public key or certificate; null: only the private file can tell
    std::string file;      ///< private key file; empty: the agent alone has it
    std::string agentBlob; ///< what the agent signs with; empty: not the agent's
};

/// In OpenSSH's order: certificates, configured keys that the agent has, its other keys (not with
/// IdentitiesOnly), configured keys on disk.
std::vector<Candidate> planCandidates(const ClientConfig& config, const std::vector<AgentKey>& agentKeys);

/// The methods to try, in order: PreferredAuthentications without those that are switched off.
std::vector<std::string> planMethods(const ClientConfig& config);

} // namespace inodeck::ssh
