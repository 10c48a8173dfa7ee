#include "core/events/outbox_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck {
namespace fs = std::filesystem;

namespace {

class File {
public:
    File(const std::string& path, int flags)
        : m_fd(::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600)) {}
    ~File() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }

private:
    int m_fd;
};

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// false with errno set.
bool writeAndSync(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            return false;
        content.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return ::fsync(fd) == 0;
}

bool syncFolder(const std::string& path) {
    const File folder(path, O_RDONLY | O_DIRECTORY);
    return folder && ::fsync(folder.get()) == 0;
}

} // namespace

tl::unexpected<Error> fileFailure(const std::string& what, const std::string& path, int error) {
    return fail(ErrorCode::Io, "Cannot " + what + " " + printable(path) + ": " + std::strerror(error) + ".");
}

Result<void> makePrivateFolder(const std::string& path) {
    const std::string parent = fs::absolute(path).parent_path();
    std::error_code error;
    fs::create_directories(parent, error);
    if (::mkdir(path.c_str(), 0700) == 0)
        syncFolder(parent);
    else if (errno != EEXIST)
        return fileFailure("make the folder", path, errno);
    const File folder(path, O_RDONLY | O_DIRECTORY);
    struct stat s {};
    if (!folder || ::fstat(folder.get(), &s) != 0)
        return fileFailure("use the folder", path, errno);
    if (s.st_uid != ::geteuid())
        return fail(ErrorCode::Io,
                    "The folder " + printable(path) +
                        " belongs to another account; events that wait need a folder of your own.");
    if ((s.st_mode & 077) != 0 && ::fchmod(folder.get(), 0700) != 0)
        return fileFailure("close to others the folder", path, errno);
    return {};
}

Result<void> writeDurably(const std::string& folder, const std::string& name, std::string_view content) {
    const std::string path = folder + "/" + name;
    const std::string fresh =
        folder + "/" + std::string(UnfinishedPrefix) + std::to_string(::getpid()) + "-" + name;
    const File file(fresh, O_WRONLY | O_CREAT | O_EXCL);
    if (!file)
        return fileFailure("write", fresh, errno);
    if (!writeAndSync(file.get(), content) || ::rename(fresh.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(fresh.c_str());
        return fileFailure("write", path, error);
    }
    return syncFolder(folder) ? Result<void>{} : fileFailure("sync", folder, errno);
}

Result<void> appendDurably(const std::string& path, std::string_view content) {
    const File file(path, O_WRONLY | O_APPEND | O_CREAT);
    return file && writeAndSync(file.get(), content) ? Result<void>{} : fileFailure("write", path, errno);
}

std::optional<std::string> readSmallFile(const std::string& path, std::size_t limit) {
    const File file(path, O_RDONLY);
    struct stat s {};
    if (!file || ::fstat(file.get(), &s) != 0 || !S_ISREG(s.st_mode) ||
        static_cast<std::uint64_t>(s.st_size) > limit)
        return std::nullopt;
    std::string content(static_cast<std::size_t>(s.st_size), '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t count = ::read(file.get(), content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return std::nullopt;
        if (count == 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    content.resize(size);
    return content;
}

std::vector<std::string> namesIn(const std::string& folder) {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, CloseFolder> entries(::opendir(folder.c_str()));
    while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

void removeUnfinished(const std::string& folder) {
    for (const std::string& name : namesIn(folder)) {
        struct stat s {};
        const std::string path = folder + "/" + name;
        if (name.starts_with(UnfinishedPrefix) && ::lstat(path.c_str(), &s) == 0 &&
            s.st_mtime + 3600 < std::time(nullptr))
            ::unlink(path.c_str());
    }
}

} // namespace inodeck
