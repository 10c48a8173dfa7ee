#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/container_id.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/probe/probe.h"
#include "core/transport/transport.h"

namespace inodeck {

/// One line of a container's output, safe to show: one line of valid UTF-8, colours of terminals taken out,
/// other control characters visible, what looks like a secret masked, cut with a mark when it is very long.
struct LogLine {
    std::string stamp; ///< as Docker prints it, "2026-02-10T09:14:03.123456789Z"; empty: Docker's own words
    std::optional<TimePoint> time;
    std::string text;
};

/// How far a log was read: its last time, and how many lines had it.
struct LogCursor {
    std::string stamp;
    std::size_t lines = 0;
};

struct LogOptions {
    std::size_t tail = 1000; ///< at most so many lines, the last ones
    LogCursor after;         ///< only what came later; no stamp: from wherever `tail` begins
    std::size_t maxBytes = std::size_t{4} << 20;
};

struct LogTail {
    std::vector<LogLine> lines; ///< in the order of their times; stdout and stderr together
    LogCursor end;              ///< for the next question
    bool gap = false;           ///< there was more than was asked for: the oldest lines are not here
};

/// The command line for a session; the output ends with the exit status of docker.
ExecRequest logRequest(const std::vector<std::string>& docker, AccessLevel access, const ContainerId& id,
                       const LogOptions& options);
/// Parses what that printed; hostile.
Result<LogTail> parseLog(std::string_view output, const LogOptions& options);

/// The end of a container's log by `docker logs`, with sudo where the probe needed it. Of a restarted
/// container it holds what was before the restart too; a recreated one begins anew. Takes one short command.
Result<LogTail> tailLog(Session& session, const std::vector<std::string>& docker, AccessLevel access,
                        const ContainerId& id, const LogOptions& options, const Deadline& deadline,
                        const Cancel& cancel);

} // namespace inodeck
