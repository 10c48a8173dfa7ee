#include "core/transport/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "core/base/text.h"

extern char** environ;

namespace inodeck {
namespace {

constexpr int GraceMs = 200;

struct Pipe {
    Fd read;
    Fd write;
};

Result<Pipe> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail(ErrorCode::Io, std::string("No pipe for a child process: ") + std::strerror(errno));
    return Pipe{Fd(ends[0]), Fd(ends[1])};
}

void setNonBlocking(int fd) {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/// posix_spawn's two settings objects, released together.
struct SpawnSettings {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    SpawnSettings() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigset_t defaults;
        sigemptyset(&none);
        sigemptyset(&defaults);
        for (const int signal : {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGCHLD})
            sigaddset(&defaults, signal);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    void place(int fd, int as) {
        if (fd >= 0)
            posix_spawn_file_actions_adddup2(&actions, fd, as);
        else
            posix_spawn_file_actions_addopen(&actions, as, "/dev/null", O_RDWR, 0);
    }
};

/// Moves what is there from `fd` to `sink`; closes `fd` at its end. False when `sink` is over its limit.
bool drain(Fd& fd, std::string& sink, std::size_t limit) {
    std::array<char, 65536> chunk;
    for (int round = 0; round < 16; ++round) {
        const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return true;
        if (count <= 0) {
            fd.reset();
            return true;
        }
        sink.append(chunk.data(), static_cast<std::size_t>(count));
        if (sink.size() > limit)
            return false;
    }
    return true;
}

/// Writes the rest of `input` as far as it goes; closes `fd` when all is written or nobody reads it.
void feed(Fd& fd, const std::string& input, std::size_t& written) {
    while (written < input.size()) {
        const ssize_t count = ::write(fd.get(), input.data() + written, input.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return;
        if (count < 0)
            break;
        written += static_cast<std::size_t>(count);
    }
    fd.reset();
}

} // namespace

void ignoreSigpipe() {
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction current {};
        ::sigaction(SIGPIPE, nullptr, &current);
        if ((current.sa_flags & SA_SIGINFO) == 0 && current.sa_handler == SIG_DFL)
            ::signal(SIGPIPE, SIG_IGN);
    });
}

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& argv, const Stdio& stdio) {
    ignoreSigpipe();
    SpawnSettings settings;
    settings.place(stdio.in, 0);
    settings.place(stdio.out, 1);
    settings.place(stdio.err, 2);
    posix_spawn_file_actions_addclosefrom_np(&settings.actions, 3);
    std::vector<char*> words;
    for (const auto& word : argv)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);

    pid_t pid = -1;
    const int failure =
        ::posix_spawnp(&pid, words.front(), &settings.actions, &settings.attributes, words.data(), environ);
    if (failure != 0)
        return fail(failure == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                    "Cannot start " + printable(argv.front()) + ": " + std::strerror(failure) + ".");
    ChildProcess child(pid, Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)))); // CLOEXEC by itself
    if (!child.m_pidFd)
        return fail(ErrorCode::Io, std::string("Cannot watch a child process: ") + std::strerror(errno));
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_pidFd(std::move(other.m_pidFd)) {}

ChildProcess::~ChildProcess() {
    if (m_pid < 0)
        return;
    // Not reaped yet, so the group's number cannot have been given to anybody else.
    ::kill(-m_pid, SIGTERM);
    pollfd exit{m_pidFd.get(), POLLIN, 0};
    if (exit.fd >= 0)
        ::poll(&exit, 1, GraceMs);
    ::kill(-m_pid, SIGKILL);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

std::optional<int> ChildProcess::exitStatus() {
    int status = 0;
    if (m_pid < 0 || ::waitpid(m_pid, &status, WNOHANG) != m_pid)
        return std::nullopt;
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

namespace {

/// One run: the ends of the pipes that are ours and what went through them.
struct Run {
    Fd in;
    Fd out;
    Fd err;
    std::size_t written = 0;
    ExecResult result;

    /// nullopt: go on.
    std::optional<Error> step(ChildProcess& child, const std::string& input, std::size_t maxOutput,
                              const std::string& what, const Deadline& deadline, const Cancel& cancel) {
        std::array<pollfd, 5> fds{{{out.get(), POLLIN, 0},
                                   {err.get(), POLLIN, 0},
                                   {in.get(), POLLOUT, 0},
                                   {cancel.fd(), POLLIN, 0},
                                   {out || err ? -1 : child.exitFd(), POLLIN, 0}}};
        ::poll(fds.data(), fds.size(), static_cast<int>(std::min<long>(deadline.left().count(), 1 << 30)));
        if (cancel.requested())
            return Error{ErrorCode::Cancelled, "Stopped while running " + what + "."};
        if (deadline.passed())
            return Error{ErrorCode::Timeout, what + " did not end in time; it was stopped."};
        if (fds[2].revents != 0)
            feed(in, input, written);
        const bool within = (fds[0].revents == 0 || drain(out, result.output, maxOutput)) &&
                            (fds[1].revents == 0 || drain(err, result.error, maxOutput));
        if (!within)
            return Error{ErrorCode::TooLarge,
                         what + " wrote more than " + std::to_string(maxOutput) + " bytes; it was stopped."};
        return std::nullopt;
    }
};

} // namespace

Result<ExecResult> runProcess(const std::vector<std::string>& argv, const std::string& input,
                              std::size_t maxOutput, const std::string& what, const Deadline& deadline,
                              const Cancel& cancel) {
    auto in = makePipe();
    auto out = makePipe();
    auto err = makePipe();
    for (auto* pipe : {&in, &out, &err}) {
        if (!*pipe)
            return tl::unexpected(pipe->error());
    }
    auto child = ChildProcess::start(argv, {in->read.get(), out->write.get(), err->write.get()});
    if (!child)
        return tl::unexpected(child.error());
    in->read.reset();
    out->write.reset();
    err->write.reset();

    Run run{std::move(in->write), std::move(out->read), std::move(err->read), 0, {}};
    for (const auto* fd : {&run.in, &run.out, &run.err})
        setNonBlocking(fd->get());
    if (input.empty())
        run.in.reset();
    for (;;) {
        if (auto error = run.step(*child, input, maxOutput, what, deadline, cancel))
            return tl::unexpected(std::move(*error));
        if (run.out || run.err)
            continue;
        run.in.reset();
        if (const auto status = child->exitStatus()) {
            run.result.exitStatus = *status;
            return std::move(run.result);
        }
    }
}

} // namespace inodeck
