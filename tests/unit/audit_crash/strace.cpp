#include "tests/unit/audit_crash/strace.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "core/base/text.h"
#include "core/transport/child_process.h"

namespace inodeck::test {

namespace {

using namespace std::chrono_literals;
constexpr const char* Calls =
    "trace=openat,write,pwrite64,fdatasync,fsync,ftruncate,rename,renameat2,unlink,link,"
    "mkdir,read,pread64,lseek,fstat,newfstatat,fcntl,flock,execve";

std::string wordAfter(const std::string& text, const std::string& before) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + before.size();
    return text.substr(begin, text.find('"', begin) - begin);
}

/// Lines are "PID NAME(…", the first PID is the driver's.
std::vector<TracedCall> parse(std::istream& trace) {
    std::vector<TracedCall> calls;
    std::map<std::string, int> numbers;
    std::string first;
    std::string part;
    for (std::string line; std::getline(trace, line);) {
        const std::size_t blank = line.find(' ');
        const std::string pid = line.substr(0, blank);
        const std::string text = line.substr(std::min(line.find_first_not_of(' ', blank), line.size()));
        const std::size_t bracket = text.find('(');
        if (bracket == std::string::npos || text.starts_with("<") || text.starts_with("+"))
            continue;
        if (first.empty())
            first = pid;
        TracedCall call{text.substr(0, bracket), text, 0, part};
        if (pid == first)
            call.number = ++numbers[call.name];
        if (const std::string mark = wordAfter(text, "\"/mark/"); !mark.empty())
            part = mark;
        else
            calls.push_back(std::move(call));
    }
    return calls;
}

Result<ExecResult> runShell(const std::vector<std::string>& argv) {
    return runProcess(argv, {}, std::size_t{1} << 20, "strace", Deadline::after(60s), Cancel{});
}

} // namespace

bool isOnPipe(const std::string& call) {
    return call.find("<pipe:") != std::string::npos;
}

std::string whyNoStrace() {
    const auto ran =
        runShell({"strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1", "true"});
    if (!ran)
        return ran.error().message;
    return ran->exitStatus == 0 ? "" : "strace cannot trace here: " + ran->error;
}

Traced traceDriver(const AuditFolder& folder, const std::string& what, const std::string& reason,
                   const std::string& inject) {
    const std::string trace = folder.path() / "trace";
    std::vector<std::string> argv{
        "env",    "PATH=" + (folder.path() / "bin").string() + ":" + std::getenv("PATH"),
        "strace", "-qq",
        "-y",     "-s",
        "20000",  "-o",
        trace,    "-e",
        Calls};
    if (inject.empty())
        argv.emplace_back("-f");
    else
        argv.insert(argv.end(), {"-e", "inject=" + inject}); // what it starts is spared
    const std::string actions = folder.path() / "done";
    argv.insert(argv.end(), {INODECK_AUDIT_DRIVER, what, folder.file(), actions, reason});
    const auto ran = runShell(argv);
    if (!ran)
        throw std::runtime_error(ran.error().message);
    std::ifstream file(trace);
    if (inject.empty())
        return {parse(file), ran->output, ran->exitStatus, false, false};
    Traced traced{{}, ran->output, ran->exitStatus, false, false};
    for (std::string line; std::getline(file, line);)
        if (line.find("(INJECTED)") != std::string::npos) {
            traced.injected = true;
            traced.missed |= isOnPipe(line);
        }
    return traced;
}

} // namespace inodeck::test
