#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/events/event_sink.h"

namespace inodeck {

namespace {

tl::unexpected<Error> failure(const std::string& name, int error) {
    return fail(ErrorCode::Io, "Cannot write events to " + name + ": " + std::strerror(error) + ".");
}

class FileSink final : public EventSink {
public:
    FileSink(std::string name, int fd, bool owned)
        : m_name(std::move(name))
        , m_fd(fd)
        , m_owned(owned) {}
    ~FileSink() override {
        if (m_owned)
            ::close(m_fd);
    }

    /// One write() of a file opened with O_APPEND: lines of several programs do not mix.
    Result<void> emit(const Event& event) override {
        const std::string line = (m_torn ? "\n" : "") + eventLine(event) + "\n";
        for (std::string_view rest = line; !rest.empty();) {
            const ssize_t written = ::write(m_fd, rest.data(), rest.size());
            if (written < 0 && errno != EINTR) {
                m_torn = m_torn || rest.size() < line.size();
                return failure(m_name, errno);
            }
            rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
        m_torn = false;
        return {};
    }

    Result<void> flush(const Deadline&, const Cancel&) override {
        // Pipes and terminals have nothing to sync.
        if (::fsync(m_fd) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
            return failure(m_name, errno);
        return {};
    }

private:
    std::string m_name;
    int m_fd;
    bool m_owned;
    bool m_torn = false; ///< the file ends with part of a line
};

} // namespace

Result<std::unique_ptr<EventSink>> fileSink(const std::string& path) {
    if (path == "-")
        return std::make_unique<FileSink>("standard output", STDOUT_FILENO, false);
    // O_NONBLOCK: a FIFO that nobody reads is an error, not an endless wait.
    const int fd =
        ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0640);
    if (fd < 0)
        return failure(printable(path), errno);
    return std::make_unique<FileSink>(printable(path), fd, true);
}

} // namespace inodeck
