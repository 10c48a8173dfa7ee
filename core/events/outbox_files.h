#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace inodeck {

/// Io: "Cannot WHAT PATH: why."
tl::unexpected<Error> fileFailure(const std::string& what, const std::string& path, int error);

/// A folder of mode 0700 that belongs to this account and is no link; made with its parents when missing.
Result<void> makePrivateFolder(const std::string& path);
/// `name` in `folder`, mode 0600, is there whole or not at all, and durable when this returns.
Result<void> writeDurably(const std::string& folder, const std::string& name, std::string_view content);
/// Appends and syncs; made when missing, mode 0600.
Result<void> appendDurably(const std::string& path, std::string_view content);
/// nullopt unless `path` is a readable regular file, no link, of at most `limit` bytes.
std::optional<std::string> readSmallFile(const std::string& path, std::size_t limit);
/// What is in the folder, sorted; empty when it cannot be read.
std::vector<std::string> namesIn(const std::string& folder);

/// Prefix of files that are being written.
inline constexpr std::string_view UnfinishedPrefix = ".new-";
/// Removes such files that a crash left more than an hour ago.
void removeUnfinished(const std::string& folder);

} // namespace inodeck
