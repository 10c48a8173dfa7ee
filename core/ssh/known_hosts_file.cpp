#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>

#include "core/base/deadline.h"
#include "core/base/text.h"
#include "core/ssh/known_hosts.h"
#include "core/transport/fd.h"

namespace inodeck::ssh {
namespace {

constexpr std::chrono::seconds LockTimeout{5};

tl::unexpected<Error> failed(const std::string& what, const std::string& path) {
    return fail(ErrorCode::Io, "The host key is not recorded: cannot " + what + " " + printable(path) + ": " +
                                   std::strerror(errno) + ".");
}

bool lockWithin(int fd, const Deadline& deadline) {
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || deadline.passed())
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

std::string readAll(int fd) {
    std::string text;
    std::array<char, 65536> chunk;
    for (ssize_t count = 0; (count = ::read(fd, chunk.data(), chunk.size())) > 0;)
        text.append(chunk.data(), static_cast<std::size_t>(count));
    return text;
}

bool hasLine(const std::string& text, const std::string& line) {
    return ("\n" + text + "\n").find("\n" + line + "\n") != std::string::npos;
}

} // namespace

Result<void> appendKnownHost(const std::string& file, const std::string& line) {
    const std::string directory = file.substr(0, file.rfind('/'));
    if (file.find('/') != std::string::npos && !directory.empty() && ::mkdir(directory.c_str(), 0700) != 0 &&
        errno != EEXIST)
        return failed("make the directory", directory);
    const Fd fd(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (!fd)
        return failed("open", file);
    if (!lockWithin(fd.get(), Deadline::after(LockTimeout)))
        return failed("lock", file);
    const std::string text = readAll(fd.get());
    if (hasLine(text, line))
        return {};
    const std::string addition = (text.empty() || text.back() == '\n' ? "" : "\n") + line + "\n";
    if (::write(fd.get(), addition.data(), addition.size()) != static_cast<ssize_t>(addition.size()))
        return failed("write", file);
    if (::fsync(fd.get()) != 0)
        return failed("sync", file);
    return {};
}

} // namespace inodeck::ssh
