#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck {

/// What a deploy script keeps beside a service: the hash of the config that it last restarted it for.
struct HashFile {
    std::optional<Sha256> hash;
    std::optional<TimePoint> written; ///< ctime, by the VM's clock; empty: there is no such file
    std::string problem;              ///< printable; not empty: it is there, and no use
};

/// "HASH\n", what sha256sum prints ("HASH  path"), CRLF, a byte order mark, upper case; else nullopt.
std::optional<Sha256> parseHashText(std::string_view text);

/// What the process of `container` is known to have started with: nothing when the file was written before
/// that process began, since then somebody else has started it, with whatever the config was at that time.
std::optional<Sha256> baselineOf(const HashFile& file, const Container& container);

/// All of them in one round trip, in the order of `paths`.
Result<std::vector<HashFile>> readHashFiles(SessionPool& sessions, const Host& host, AccessLevel level,
                                            const std::vector<std::string>& paths, const Cancel& cancel);
/// Parses the answer of that; hostile until then.
Result<std::vector<HashFile>> parseHashFiles(const std::string& answer, std::size_t count);

/// Replaces the file atomically, owner and mode kept; its folder must be there. Links are followed.
Result<void> writeHashFile(SessionPool& sessions, const Host& host, AccessLevel level,
                           const std::string& path, const Sha256& hash);

} // namespace inodeck
