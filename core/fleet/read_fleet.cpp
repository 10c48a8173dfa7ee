#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/fleet/yaml_tree.h"

namespace inodeck {

namespace {

/// Closes what it holds.
struct File {
    int descriptor = -1;
    explicit File(int opened)
        : descriptor(opened) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor >= 0)
            ::close(descriptor);
    }
};

tl::unexpected<Error> unreadable(const std::string& path, const std::string& why) {
    return fail(ErrorCode::Config, "The fleet file " + printable(path) + " cannot be read: " + why + ".");
}

} // namespace

Result<std::string> readFleetText(const std::string& path) {
    // Without O_NONBLOCK a named pipe would wait for a writer.
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.descriptor < 0 || ::fstat(file.descriptor, &status) != 0)
        return unreadable(path, std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return unreadable(path, S_ISDIR(status.st_mode) ? "it is a directory" : "it is not a regular file");
    std::string text;
    std::array<char, 65536> buffer{};
    while (text.size() <= MostYamlBytes) {
        const ssize_t got = ::read(file.descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(path, std::strerror(errno));
        if (got == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return fail(ErrorCode::Config,
                problemLine(path, {1, 1, "the file is larger than 1 MiB, which no fleet file is."}));
}

Result<Fleet> readFleet(const std::string& path, const std::map<std::string, std::string>& environment) {
    const auto text = readFleetText(path);
    if (!text)
        return tl::unexpected(text.error());
    return parseFleet(*text, path, environment);
}

} // namespace inodeck
