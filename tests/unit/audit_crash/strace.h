#pragma once

#include <string>
#include <vector>

#include "tests/unit/audit_crash/audit_folder.h"

namespace inodeck::test {

/// One line of a trace: "pwrite64(5</path>, …) = 24".
struct TracedCall {
    std::string name;
    std::string text;
    int number = 0;   ///< the how many-th of its name in this process, from 1: what strace calls "when"
    std::string part; ///< the driver's mark before it
};

struct Traced {
    std::vector<TracedCall> calls; ///< of the driver and its children
    std::string said;              ///< its stdout
    int status = -1;
    /// What was injected hit a pipe, and no file: UndefinedBehaviorSanitizer writes into one to see whether
    /// memory can be read, as often as the addresses of a run make it, and ends the program when it cannot.
    bool missed = false;
    bool injected = false; ///< the fault was, at least once
};

bool isOnPipe(const std::string& call);

/// Empty, or why strace cannot be used here.
std::string whyNoStrace();
/// Runs the driver under strace; `inject` as its -e inject= wants it, or empty. In an environment whose PATH
/// begins with `folder`/bin.
Traced traceDriver(const AuditFolder& folder, const std::string& what, const std::string& reason,
                   const std::string& inject = {});

} // namespace inodeck::test
