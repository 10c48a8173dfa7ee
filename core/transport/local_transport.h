#pragma once

#include "core/transport/transport.h"

namespace inodeck {

/// Runs commands on this machine by `sh -c`, in a process group of their own that is killed when the exec
/// ends early.
class LocalTransport final : public Transport {
public:
    Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                             const Cancel& cancel) override;
};

} // namespace inodeck
