#pragma once

#include <memory>

#include "core/transport/local_transport.h"

namespace inodeck {

/// This machine by LocalTransport, every other host by the given transport.
class RoutingTransport final : public Transport {
public:
    explicit RoutingTransport(std::unique_ptr<Transport> remote)
        : m_remote(std::move(remote)) {}
    Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                             const Cancel& cancel) override {
        return endpoint.local ? m_local.connect(endpoint, deadline, cancel)
                              : m_remote->connect(endpoint, deadline, cancel);
    }

private:
    LocalTransport m_local;
    std::unique_ptr<Transport> m_remote;
};

} // namespace inodeck
