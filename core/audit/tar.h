#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

struct archive;

namespace inodeck {

/// Packs these files of `folder` into a new pax archive, in this order, as top/name.
Result<void> packTar(const std::string& folder, const std::vector<std::string>& names,
                     const std::string& tarFile, const std::string& top);

/// One regular file of an archive, read line by line. Archives are hostile: only the name asked for is ever
/// looked at, and nothing is unpacked.
class TarEntry {
public:
    /// The entry whose path ends in `/name` or is `name`. NotFound when there is none.
    static Result<TarEntry> open(const std::string& tarFile, const std::string& name);
    /// Fills `bytes` with the next piece; false at the end.
    Result<bool> read(std::string& bytes);

private:
    explicit TarEntry(std::string path);
    std::string m_path;
    std::unique_ptr<archive, int (*)(archive*)> m_archive;
};
/// The names of the regular files.
Result<std::vector<std::string>> tarNames(const std::string& tarFile);

} // namespace inodeck
