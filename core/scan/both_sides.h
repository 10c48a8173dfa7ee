#pragma once

#include "core/scan/scan.h"

namespace inodeck {

struct BothSides {
    SideContent container;
    SideContent host;
};

/// What both sides of a mount of a regular file hold, up to `limit` bytes of each. Errors as readSide() and
/// SessionPool::with().
Result<BothSides> readBoth(SessionPool& sessions, const Host& host, const Observation& observation,
                           std::uint64_t limit, const Cancel& cancel);

} // namespace inodeck
