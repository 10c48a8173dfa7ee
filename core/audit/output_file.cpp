#include "core/audit/output_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck {

namespace {

tl::unexpected<Error> failure(const std::string& path, const char* what, int error) {
    return fail(ErrorCode::Io,
                std::string("Cannot ") + what + " " + printable(path) + ": " + std::strerror(error) + ".");
}

} // namespace

OutputFile::OutputFile(std::string path, std::FILE* file)
    : m_path(std::move(path))
    , m_file(file, std::fclose) {}

Result<OutputFile> OutputFile::create(const std::string& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return failure(path, "create", errno);
    return OutputFile(path, ::fdopen(fd, "w"));
}

void OutputFile::write(std::string_view bytes) {
    if (m_error != 0)
        return;
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_file.get()) != bytes.size())
        m_error = errno;
    m_written += bytes.size();
}

Result<void> OutputFile::finish() {
    if (m_error == 0 && (std::fflush(m_file.get()) != 0 || ::fsync(::fileno(m_file.get())) != 0))
        m_error = errno;
    if (std::fclose(m_file.release()) != 0 && m_error == 0)
        m_error = errno;
    return m_error == 0 ? Result<void>{} : failure(m_path, "write", m_error);
}

} // namespace inodeck
