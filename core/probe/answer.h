#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/probe/probe.h"
#include "core/probe/sides.h"

namespace inodeck {

/// Of a mount, as Docker tells it.
struct MountLine {
    ContainerId id;
    bool readOnly = false;
    std::string source;
    std::string destination;
};

/// The start of a container's first process, seen before and after the reading.
struct ProcessTicks {
    std::uint64_t ticks = 0; ///< start time of the pid in 1/100 s since boot; 0: not seen
    std::optional<std::uint64_t> ticksAgain;
};

/// All lines of one answer, before they are put together.
struct ProbeAnswer {
    ProbeReport report;
    std::uint64_t uid = 1;
    bool bySudo = false;
    bool dockerFailed = false;
    std::optional<TimePoint> boot;
    std::map<ContainerId, Container> containers;
    std::vector<MountLine> mounts;
    std::vector<ContainerId> undescribed;
    std::map<ContainerId, ProcessTicks> processes;
    SideRecords sides;
    bool complete = false; ///< its last line came, and nothing was lost before it
};

/// Takes one line, hostile until then; false: it makes no sense.
bool takeLine(ProbeAnswer& answer, std::string_view line);

} // namespace inodeck
