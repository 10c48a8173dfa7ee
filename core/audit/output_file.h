#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace inodeck {

/// A new file (it must not exist), mode 0600, written through a buffer. After the first error nothing more is
/// written.
class OutputFile {
public:
    static Result<OutputFile> create(const std::string& path);
    void write(std::string_view bytes);
    std::uint64_t written() const { return m_written; }
    /// Flushes, syncs and closes; the first error, if there was one.
    Result<void> finish();

private:
    OutputFile(std::string path, std::FILE* file);
    std::string m_path;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> m_file;
    std::uint64_t m_written = 0;
    int m_error = 0;
};

} // namespace inodeck
