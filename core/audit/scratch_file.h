#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace inodeck {

/// A file without a name, for what would not fit into memory: gone when it is closed or the process ends.
class ScratchFile {
public:
    /// On the disk of `folder`.
    static Result<ScratchFile> create(const std::string& folder);
    /// Anywhere; what is skipped reads as zeros.
    Result<void> write(std::uint64_t at, std::string_view bytes);
    /// Less than `size` bytes only where the file ends.
    Result<std::string> read(std::uint64_t at, std::size_t size) const;

private:
    ScratchFile(std::string folder, std::FILE* file);
    std::string m_folder;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> m_file; ///< of which only the descriptor is used
};

} // namespace inodeck
