#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace inodeck::test {

/// Where a child is killed: right before or right after a system call that touches a file, counted within a
/// part of its run that it names itself.
struct KillPoint {
    int part = 0;      ///< what the child had put into `part` at that time
    int call = 0;      ///< the how many-th such call in this part, from 0
    bool after = true; ///< the call had its effect
};

/// Memory that a child and its parent both see.
struct Shared {
    std::atomic<int> part{0};
};
using Body = std::function<int(Shared&)>;

/// Runs `body` in a child that is stopped at each of its system calls, and killed (SIGKILL) at the point.
/// What it was killed at, "before fdatasync"; empty: it came to its end, with exit status 0, before. Throws
/// std::runtime_error when it cannot be traced or ends otherwise.
std::string runAndKill(const KillPoint& point, const Body& body);
/// How many such calls each of so many parts makes when nothing kills it.
std::vector<int> countCalls(int parts, const Body& body);
/// Empty, or why no process may be traced here.
std::string whyNoTracing();

} // namespace inodeck::test
