#include "core/audit/scratch_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck {

namespace {

tl::unexpected<Error> failure(const char* what, const std::string& folder, int error) {
    return fail(ErrorCode::Io, std::string("Cannot ") + what + " a temporary file in " + printable(folder) +
                                   ": " + std::strerror(error) + ".");
}

} // namespace

ScratchFile::ScratchFile(std::string folder, std::FILE* file)
    : m_folder(std::move(folder))
    , m_file(file, std::fclose) {}

/// Not by O_TMPFILE, which NFS and FUSE do not know.
Result<ScratchFile> ScratchFile::create(const std::string& folder) {
    std::string name = folder + "/.scratch-XXXXXX";
    const int fd = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd < 0)
        return failure("make", folder, errno);
    ScratchFile file(folder, ::fdopen(fd, "r+"));
    if (::unlink(name.c_str()) != 0)
        return failure("make", folder, errno);
    return file;
}

Result<void> ScratchFile::write(std::uint64_t at, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n =
            ::pwrite(::fileno(m_file.get()), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failure("write", m_folder, n < 0 ? errno : ENOSPC);
        at += static_cast<std::uint64_t>(n);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Result<std::string> ScratchFile::read(std::uint64_t at, std::size_t size) const {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
        const ssize_t n =
            ::pread(::fileno(m_file.get()), bytes.data() + have, size - have, static_cast<off_t>(at + have));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failure("read", m_folder, errno);
        if (n == 0)
            break;
        have += static_cast<std::size_t>(n);
    }
    bytes.resize(have);
    return bytes;
}

} // namespace inodeck
