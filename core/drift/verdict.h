#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/drift/observation.h"

namespace inodeck {

/// What an observation means, worst first: the order in which operators want to see rows.
enum class Verdict {
    SourceMissing,
    SourceTypeChanged,
    StaleInode,
    Unknown,
    NotLoaded,
    ChangedSinceStart,
    DetachedInode,
    NotRunning,
    InSync,
};
inline constexpr std::array AllVerdicts{
    Verdict::SourceMissing, Verdict::SourceTypeChanged, Verdict::StaleInode,
    Verdict::Unknown,       Verdict::NotLoaded,         Verdict::ChangedSinceStart,
    Verdict::DetachedInode, Verdict::NotRunning,        Verdict::InSync};

/// "stale_inode", …: the words of the JSON schema and the audit log.
std::string_view toString(Verdict verdict);
std::optional<Verdict> verdictFromString(std::string_view word);
/// The container may be running on something else than the host has: not in_sync, unknown or not_running.
bool isDrift(Verdict verdict);

/// The kernel stamps ctime and process starts from a clock that ticks every 4 to 10 ms: what is nearer to
/// each other has no order.
inline constexpr std::chrono::milliseconds ClockGranularity{20};

struct Judgement {
    Verdict verdict = Verdict::Unknown;
    std::string reason;             ///< one plain sentence, printable
    std::optional<TimePoint> since; ///< since when it is so: ctime of what changed on the host
    bool operator==(const Judgement&) const = default;
};

/// The truth table of docs/architecture.md: pure, total, the first rule that holds. A `baseline` is the hash
/// that the running process is known to have started with.
Judgement judge(const Observation& observation, const std::optional<Sha256>& baseline = std::nullopt);

} // namespace inodeck
