#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/transport/fd.h"
#include "core/transport/transport.h"

namespace inodeck {

/// A program started by us, leader of a process group of its own. Ends with this object: TERM to the group, a
/// short grace, KILL, reaped.
class ChildProcess {
public:
    /// Which of our descriptors become the child's 0, 1 and 2; nothing else is inherited.
    struct Stdio {
        int in = -1;
        int out = -1;
        int err = -1;
    };
    /// `argv[0]` is looked up in PATH. NotFound when there is no such program.
    static Result<ChildProcess> start(const std::vector<std::string>& argv, const Stdio& stdio);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    /// Readable once the child has ended; for poll().
    int exitFd() const { return m_pidFd.get(); }
    /// Reaps an ended child: its exit status, or -1 when a signal ended it. nullopt: it is still running.
    std::optional<int> exitStatus();

private:
    ChildProcess(pid_t pid, Fd pidFd)
        : m_pid(pid)
        , m_pidFd(std::move(pidFd)) {}
    pid_t m_pid = -1; // -1: reaped
    Fd m_pidFd;
};

/// Runs `argv` (never through a shell) with `input` as its stdin until it ends and its output is closed, or
/// `deadline`, `cancel` or a limit ends it. `what` names it in errors.
Result<ExecResult> runProcess(const std::vector<std::string>& argv, const std::string& input,
                              std::size_t maxOutput, const std::string& what, const Deadline& deadline,
                              const Cancel& cancel);

/// A write to a peer that is gone must be an error, not the end of this process. A handler that the program
/// has set itself stays.
void ignoreSigpipe();

} // namespace inodeck
