#pragma once

#include "core/ssh/client_config.h"
#include "core/ssh/known_hosts.h"
#include "core/ssh/link.h"
#include "core/ssh/prompts.h"

namespace inodeck::ssh {

KnownHost knownHostOf(const ClientConfig& config);

/// The configured host key algorithms with those of the known keys first, so that a server that has several
/// keys shows one that can be judged. Host certificates are left out: libssh cannot check them.
std::string hostKeyAlgorithms(const ClientConfig& config, const std::vector<std::string>& knownTypes);

Result<PublicKey> shownKey(const Link& link);

/// Where a new key of this host is recorded; empty: nowhere (`UserKnownHostsFile none`).
std::string recordingFile(const ClientConfig& config);

/// Refuses every key that known_hosts does not vouch for, whatever StrictHostKeyChecking says; an unknown one
/// may be accepted, and is then recorded, by the operator.
Result<void> checkHostKey(const Link& link, const ClientConfig& config, const PublicKey& key,
                          Prompts& prompts, Bounds& bounds);

} // namespace inodeck::ssh
