#include "core/audit/line_source.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/audit/tar.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MaxBytes = std::size_t{1} << 20;

class FileLines final : public LineSource {
public:
    FileLines(std::string path, std::FILE* file)
        : m_path(std::move(path))
        , m_file(file, std::fclose) {}

protected:
    Result<std::string> read() override {
        std::string bytes(65536, '\0');
        bytes.resize(std::fread(bytes.data(), 1, bytes.size(), m_file.get()));
        if (bytes.empty() && std::ferror(m_file.get()))
            return fail(ErrorCode::Io,
                        "Cannot read " + printable(m_path) + ": " + std::strerror(errno) + ".");
        return bytes;
    }

private:
    std::string m_path;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> m_file;
};

class TarLines final : public LineSource {
public:
    explicit TarLines(TarEntry entry)
        : m_entry(std::move(entry)) {}

protected:
    Result<std::string> read() override {
        std::string bytes;
        const auto more = m_entry.read(bytes);
        if (!more)
            return tl::unexpected(more.error());
        return *more ? bytes : std::string{};
    }

private:
    TarEntry m_entry;
};

} // namespace

Result<std::optional<std::string>> LineSource::next() {
    std::size_t end = m_buffer.find('\n', m_at);
    while (end == std::string::npos) {
        if (m_buffer.size() - m_at > MaxBytes)
            return fail(ErrorCode::TooLarge, "A line is longer than 1 MiB: this is no audit log.");
        auto more = read();
        if (!more)
            return tl::unexpected(more.error());
        if (more->empty()) {
            if (m_at == m_buffer.size())
                return std::optional<std::string>{};
            return fail(ErrorCode::Protocol, "The last line has no end: the file is cut.");
        }
        m_buffer.erase(0, m_at);
        m_at = 0;
        const std::size_t searched = m_buffer.size();
        m_buffer += *more;
        end = m_buffer.find('\n', searched);
    }
    std::optional<std::string> line = m_buffer.substr(m_at, end - m_at);
    m_at = end + 1;
    return line;
}

Result<std::unique_ptr<LineSource>> linesOfFile(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rbe");
    if (!file)
        return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                    "Cannot open " + printable(path) + ": " + std::strerror(errno) + ".");
    return std::make_unique<FileLines>(path, file);
}

Result<std::unique_ptr<LineSource>> linesOfTar(const std::string& tarFile, const std::string& name) {
    auto entry = TarEntry::open(tarFile, name);
    if (!entry)
        return tl::unexpected(entry.error());
    return std::make_unique<TarLines>(std::move(*entry));
}

Result<std::string> smallText(LineSource& source) {
    std::string text;
    for (;;) {
        auto line = source.next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line)
            return text;
        text += **line + "\n";
        if (text.size() > MaxBytes)
            return fail(ErrorCode::TooLarge, "The file is larger than 1 MiB.");
    }
}

} // namespace inodeck
