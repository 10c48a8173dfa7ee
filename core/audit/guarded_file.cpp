#include "core/audit/guarded_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MaxBytes = std::size_t{64} << 20;

tl::unexpected<Error> failure(const std::string& path, const std::string& what, int error) {
    const ErrorCode code = error == ENOENT ? ErrorCode::NotFound : ErrorCode::AuditUnavailable;
    return fail(code, "Cannot " + what + " " + printable(path) + ": " + std::strerror(error) + ".");
}

tl::unexpected<Error> unsafe(const std::string& path, const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, printable(path) + " " + why);
}

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

std::filesystem::path folderOf(const char* variable) {
    const char* value = std::getenv(variable);
    return value && value[0] == '/' ? std::filesystem::path(value).lexically_normal()
                                    : std::filesystem::path();
}

/// Whether `path`, which belongs to this user, can be meant for nothing but us: /tmp and / of root cannot.
bool isOurOwn(const std::string& path) {
    const auto folder = (std::filesystem::absolute(path) / "").lexically_normal().parent_path();
    if (folder.filename() == "inodeck")
        return true;
    for (const char* variable : {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        const auto above = folderOf(variable);
        const auto below = folder.lexically_relative(above);
        if (above.has_relative_path() && !below.empty() && below != "." && *below.begin() != "..")
            return true;
    }
    return false;
}

/// What to do about a file or folder that others may use. A chmod of a folder that others need would be an
/// outage of theirs.
std::string whatToDo(const std::string& path, bool directory) {
    if (!directory)
        return "run: chmod 600 " + shellQuote(printable(path));
    if (isOurOwn(path))
        return "use a folder that is only for this, or, if nobody else needs that one, run: chmod 700 " +
               shellQuote(printable(path));
    return "use a folder that is only for this, such as " +
           printable((std::filesystem::path(path) / "inodeck/audit.sqlite").string()) + ".";
}

Result<void> guard(const std::string& path, const struct stat& s, bool directory) {
    const mode_t type = s.st_mode & S_IFMT;
    if (type != (directory ? S_IFDIR : S_IFREG))
        return unsafe(path, directory ? "is no directory."
                                      : "is no regular file (a link in its place is refused).");
    if (s.st_uid != ::geteuid())
        return unsafe(path,
                      "belongs to another user (uid " + std::to_string(s.st_uid) + "); it must be yours.");
    if ((s.st_mode & 077) != 0)
        return unsafe(path, "is open to other users" + std::string(directory ? ": " : "; ") +
                                whatToDo(path, directory));
    return {};
}

Result<void> guardOpen(const std::string& path, int fd) {
    struct stat s {};
    if (::fstat(fd, &s) != 0)
        return failure(path, "look at", errno);
    return guard(path, s, false);
}

Result<void> writeAll(const std::string& path, int fd, std::string_view content, bool durable) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure(path, "write", errno);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (durable && ::fsync(fd) != 0)
        return failure(path, "fsync", errno);
    return {};
}

void syncDirectoryOf(const std::string& path) {
    const Descriptor directory(
        ::open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0)
        ::fsync(directory.get());
}

Result<void> create(const std::string& path, const std::string& content, bool durable) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.get() < 0)
        return failure(path, "create", errno);
    if (auto written = writeAll(path, file.get(), content, durable); !written) {
        ::unlink(path.c_str());
        return written;
    }
    if (durable)
        syncDirectoryOf(path);
    return {};
}

/// A name beside `path` that no other thread writes to; what a dead one left there goes.
std::string freshName(const std::string& path) {
    std::string fresh = path + "." + std::to_string(::gettid()) + ".new";
    ::unlink(fresh.c_str());
    return fresh;
}

std::string xdg(const char* variable, const char* fallback) {
    const char* value = std::getenv(variable);
    if (value && value[0] == '/')
        return std::string(value) + "/inodeck";
    const char* home = std::getenv("HOME");
    return std::string(home && home[0] == '/' ? home : "/") + "/" + fallback + "/inodeck";
}

} // namespace

std::string dataDirectory() {
    return xdg("XDG_DATA_HOME", ".local/share");
}
std::string keyDirectory() {
    return dataDirectory() + "/keys";
}
std::string stateDirectory() {
    return xdg("XDG_STATE_HOME", ".local/state");
}

Result<void> guardDirectory(const std::string& path, bool create) {
    struct stat s {};
    if (::lstat(path.c_str(), &s) != 0 && errno == ENOENT && create) {
        std::error_code problem;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
            return fail(ErrorCode::AuditUnavailable,
                        "Cannot make the directory " + printable(path) + ": " + std::strerror(errno) + ".");
    }
    if (::lstat(path.c_str(), &s) != 0)
        return failure(path, "look at", errno);
    return guard(path, s, true);
}

Result<void> guardFileName(const std::string& path) {
    struct stat s {};
    if (::stat(path.c_str(), &s) == 0 && S_ISDIR(s.st_mode))
        return unsafe(path, "is a directory; name a file in a folder of its own.");
    return {};
}

Result<void> guardFile(const std::string& path) {
    struct stat s {};
    if (::lstat(path.c_str(), &s) != 0)
        return failure(path, "look at", errno);
    return guard(path, s, false);
}

Result<std::string> readGuardedFile(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0)
        return errno == ELOOP ? unsafe(path, "is a symbolic link, which is refused.")
                              : failure(path, "open", errno);
    if (auto guarded = guardOpen(path, file.get()); !guarded)
        return tl::unexpected(guarded.error());
    std::string content;
    std::string buffer(65536, '\0');
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure(path, "read", errno);
        if (got == 0)
            return content;
        content.append(buffer, 0, static_cast<std::size_t>(got));
        if (content.size() > MaxBytes)
            return unsafe(path, "is larger than 64 MiB.");
    }
}

Result<void> createGuardedFile(const std::string& path, const std::string& content) {
    // Whole or not at all, for others and after a crash.
    const std::string fresh = freshName(path);
    if (auto created = create(fresh, content, true); !created)
        return created;
    const int error = ::link(fresh.c_str(), path.c_str()) == 0 ? 0 : errno;
    ::unlink(fresh.c_str());
    if (error != 0)
        return failure(path, "create", error);
    syncDirectoryOf(path);
    return {};
}

Result<void> appendGuardedFile(const std::string& path, const std::string& content) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.get() < 0)
        return failure(path, "open", errno);
    if (auto guarded = guardOpen(path, file.get()); !guarded)
        return guarded;
    const off_t before = ::lseek(file.get(), 0, SEEK_END);
    if (auto written = writeAll(path, file.get(), content, true); !written) {
        [[maybe_unused]] const int cut = ::ftruncate(file.get(), before); // no half of a line
        return written;
    }
    syncDirectoryOf(path);
    return {};
}

Result<void> replaceGuardedFile(const std::string& path, const std::string& content, bool durable) {
    const std::string fresh = freshName(path);
    if (auto created = create(fresh, content, durable); !created)
        return created;
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(fresh.c_str());
        return failure(path, "replace", error);
    }
    if (durable)
        syncDirectoryOf(path);
    return {};
}

FileLock::FileLock(const std::string& path, const Deadline& deadline)
    : m_path(path)
    , m_fd(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600))
    , m_error(m_fd < 0 ? errno : 0) {
    // flock() itself would wait without an end for a process that was stopped.
    while (m_fd >= 0 && ::flock(m_fd, LOCK_EX | LOCK_NB) != 0) {
        if ((errno == EWOULDBLOCK || errno == EINTR) && !deadline.passed()) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
            continue;
        }
        m_error = errno;
        ::close(std::exchange(m_fd, -1));
    }
}

Result<void> FileLock::held() const {
    if (m_error == 0)
        return {};
    return fail(ErrorCode::AuditUnavailable,
                "Cannot lock " + printable(m_path) + ": " +
                    (m_error == EWOULDBLOCK ? "another process holds it" : std::strerror(m_error)) + ".");
}

FileLock::~FileLock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

} // namespace inodeck
