#pragma once

#include "app/cli/command.h"
#include "core/restart/vm_lock.h"

namespace inodeck::cli {

/// Nobody else acts on that VM meanwhile. Null: no lock can be had there at all, which is said on stderr; a
/// person may go on without. Errors as VmLock::acquire().
Result<std::unique_ptr<VmLock>> lockHost(const Host& host, const AuditActor& actor, Transport& transport,
                                         Scanner& scanner, Context& context);

} // namespace inodeck::cli
