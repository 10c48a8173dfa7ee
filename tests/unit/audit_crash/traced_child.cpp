#include "tests/unit/audit_crash/traced_child.h"

#include <csignal>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace inodeck::test {

namespace {

const std::map<std::uint64_t, const char*>& fileCalls() {
    static const std::map<std::uint64_t, const char*> calls{
        {SYS_openat, "openat"},       {SYS_write, "write"},   {SYS_pwrite64, "pwrite64"},
        {SYS_fdatasync, "fdatasync"}, {SYS_fsync, "fsync"},   {SYS_ftruncate, "ftruncate"},
        {SYS_fcntl, "fcntl"},         {SYS_flock, "flock"},   {SYS_close, "close"},
#ifdef SYS_rename
        {SYS_rename, "rename"},       {SYS_unlink, "unlink"}, {SYS_link, "link"},
        {SYS_mkdir, "mkdir"},
#endif
        {SYS_renameat2, "renameat2"}, {SYS_linkat, "linkat"}, {SYS_unlinkat, "unlinkat"},
        {SYS_mkdirat, "mkdirat"}};
    return calls;
}

class Child {
public:
    explicit Child(const Body& body)
        : m_shared(::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
                   [](void* at) { ::munmap(at, sizeof(Shared)); })
        , m_state(new (m_shared.get()) Shared) {
        m_pid = ::fork();
        if (m_pid == 0) {
            if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
                ::_exit(126);
            ::raise(SIGSTOP);
            ::_exit(body(*m_state));
        }
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
        if (!WIFSTOPPED(status) || ::ptrace(PTRACE_SETOPTIONS, m_pid, nullptr, options) != 0) {
            end();
            throw std::runtime_error("no child of this process can be traced here");
        }
    }
    ~Child() { end(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// To the next stop at a system call; false: it ended.
    bool next() {
        int signal = 0;
        for (int status = 0;;) {
            ::ptrace(PTRACE_SYSCALL, m_pid, nullptr, static_cast<long>(signal));
            ::waitpid(m_pid, &status, 0);
            if (!WIFSTOPPED(status)) {
                m_ended = true;
                if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                    throw std::runtime_error("the child failed, status " + std::to_string(status));
                return false;
            }
            if (WSTOPSIG(status) == (SIGTRAP | 0x80))
                return true;
            signal = WSTOPSIG(status);
        }
    }
    /// The call that it is stopped at the beginning of; null: at an end, or not one that touches files.
    const char* entered() {
        __ptrace_syscall_info info{};
        ::ptrace(PTRACE_GET_SYSCALL_INFO, m_pid, sizeof info, &info);
        if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
            return nullptr;
        const auto found = fileCalls().find(info.entry.nr);
        return found == fileCalls().end() ? nullptr : found->second;
    }
    int part() const { return m_state->part; }
    void end() {
        if (m_ended)
            return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_ended = true;
    }

private:
    std::unique_ptr<void, void (*)(void*)> m_shared;
    Shared* m_state;
    pid_t m_pid = -1;
    bool m_ended = false;
};

} // namespace

std::string runAndKill(const KillPoint& point, const Body& body) {
    Child child(body);
    for (int calls = 0; child.next();) {
        const char* name = child.entered();
        if (!name || child.part() != point.part || calls++ != point.call)
            continue;
        if (point.after && !child.next())
            return {};
        child.end();
        return (point.after ? "after " : "before ") + std::string(name);
    }
    return {};
}

std::vector<int> countCalls(int parts, const Body& body) {
    std::vector<int> counts(static_cast<std::size_t>(parts), 0);
    Child child(body);
    while (child.next())
        if (child.entered())
            ++counts.at(static_cast<std::size_t>(child.part()));
    return counts;
}

std::string whyNoTracing() {
    try {
        return countCalls(1, [](Shared&) { return 0; }).size() == 1 ? "" : "nothing was counted";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

} // namespace inodeck::test
