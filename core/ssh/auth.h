#pragma once

#include "core/ssh/client_config.h"
#include "core/ssh/identities.h"
#include "core/ssh/link.h"
#include "core/ssh/prompts.h"

namespace inodeck::ssh {

/// Logs in as OpenSSH would: the configured methods in their order, certificates and agent keys first, each
/// key offered before anything is signed or asked, partial successes followed. AuthFailed says what was tried
/// and what the server takes.
Result<void> authenticate(Link& link, const ClientConfig& config, KeyStore& keys, Prompts& prompts,
                          Bounds& bounds);

} // namespace inodeck::ssh
