#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/restart/restart.h"

namespace inodeck {

/// One who acts on a VM at a time, from whichever machine and by whichever account
/// (docs/decisions/vm-lock.md): flock(1) on an inode that every VM has, held by a command on a connection of
/// its own. It ends with this object, with this process and with that connection; nothing stays behind.
class VmLock {
public:
    struct Request {
        std::string holder;           ///< for the other who has to wait: who and where
        std::chrono::seconds wait{0}; ///< a few are waited anyhow: the lock of a run that ended lingers
        std::function<void(const std::string&)> onBusy; ///< once, with a printable sentence: who holds it
    };
    /// CommandFailed when another holds it and goes on to; the sentence says who, and since when.
    static Result<std::unique_ptr<VmLock>> acquire(Transport& transport, SessionPool& sessions,
                                                   const Host& host, const Request& request,
                                                   const Cancel& cancel);
    ~VmLock();
    /// False once the command that holds it has ended: nothing more is to be done then.
    bool held() const;

private:
    struct Private;
    explicit VmLock(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// A person may go on where no lock can be had at all.
struct PersonsLock {
    std::unique_ptr<VmLock> lock;
    std::string without; ///< where there is none: why, printable
};
/// Errors as VmLock::acquire(), but Unsupported.
Result<PersonsLock> lockForPerson(Transport& transport, SessionPool& sessions, const Host& host,
                                  const AuditActor& actor, const Cancel& cancel);

/// "deploy@ci-7, run 42": the holder for the other to read.
std::string lockHolder(const AuditActor& actor);

/// "holder lines" of the lock's script, hostile until then, as a sentence.
std::string describeHolder(const std::string& answer);

} // namespace inodeck
