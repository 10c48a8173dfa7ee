#pragma once

#include "core/restart/restart.h"

namespace inodeck {

/// What a person does about an open intent: Restarter::recover(), while nobody else acts on that VM (whoever
/// holds its lock may be the one that the intent is of), and only if nobody else has closed it. "done, now
/// in_sync". Errors of the lock, of the look and of the log; the intent stays open then.
Result<std::string> recoverUnderLock(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                     Transport& transport, Scanner& scanner, AuditStore& store,
                                     const Cancel& cancel, const Told& onNotice);

} // namespace inodeck
