#pragma once

#include "core/probe/probe.h"

namespace inodeck {

/// Asks for the content of one side of one mount: the probe in its reading mode.
ExecRequest readRequest(const ProbeOptions& options, const Observation& observation, SideName side,
                        std::uint64_t limit);

} // namespace inodeck
