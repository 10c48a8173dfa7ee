#pragma once

#include "core/base/time.h"

namespace inodeck::test {

/// For what is only true a minute later: no killed run's command goes on any more.
class LaterClock final : public Clock {
public:
    TimePoint now() const override { return system().now() + std::chrono::minutes{1}; }
};

} // namespace inodeck::test
