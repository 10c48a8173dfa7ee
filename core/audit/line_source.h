#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace inodeck {

/// Lines of a file, or of a file in a tar; memory does not grow with it.
class LineSource {
public:
    virtual ~LineSource() = default;
    /// The next line without its LF; nullopt at the end. A line longer than 1 MiB, or a last one without LF,
    /// is an error.
    Result<std::optional<std::string>> next();

protected:
    /// More bytes; an empty string at the end.
    virtual Result<std::string> read() = 0;

private:
    std::string m_buffer;
    std::size_t m_at = 0;
};

/// NotFound when it is not there.
Result<std::unique_ptr<LineSource>> linesOfFile(const std::string& path);
Result<std::unique_ptr<LineSource>> linesOfTar(const std::string& tarFile, const std::string& name);
/// All of a small file (at most 1 MiB).
Result<std::string> smallText(LineSource& source);

} // namespace inodeck
