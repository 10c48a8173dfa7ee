#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace inodeck {

/// UTC, nanoseconds: what statx and Docker report.
using TimePoint = std::chrono::sys_time<std::chrono::nanoseconds>;

/// RFC 3339 with up to nine fractional digits and any offset; nullopt when malformed or outside 1970..2200.
/// Docker's "0001-01-01T00:00:00Z" (never) is outside, hence nullopt.
std::optional<TimePoint> parseRfc3339(std::string_view text);
/// "2026-02-10T09:14:03.123456789Z"; `digits` fractional digits, truncated (0, 3, 6 or 9).
std::string formatRfc3339(TimePoint time, int digits = 9);
/// "4 d 3 h", "12 min", "8 s": the two largest units, for people. Negative durations read "0 s".
std::string formatDuration(std::chrono::nanoseconds duration);

/// Wall-clock time comes from here, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    static const Clock& system();
};

} // namespace inodeck
