#pragma once

#include <optional>

#include "core/restart/restart.h"

namespace inodeck {

struct Recovered {
    std::optional<AuditResult> found; ///< as it was recorded; null: somebody else has closed it by now
    std::string withoutLock;          ///< printable, where no lock can be had at all: why
    /// "done, now in_sync": of what was found.
    std::string words() const;
};

/// What a person does about an open intent: Restarter::recover(), while nobody else acts on that VM (whoever
/// holds its lock may be the one that the intent is of), and only if nobody else has closed it. Errors of the
/// lock, of the look and of the log; the intent stays open then.
Result<Recovered> recoverUnderLock(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                   Transport& transport, Scanner& scanner, AuditStore& store,
                                   const Cancel& cancel, const Told& onWait);

} // namespace inodeck
