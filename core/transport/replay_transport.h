#pragma once

#include "core/transport/transport.h"

namespace inodeck {

/// Answers from a recorded fleet: a directory with one file `<name>.probe` per host that holds the probe's
/// stdout, byte for byte. Only the probe can be replayed; every other command fails with Unsupported ("this
/// is a recording").
class ReplayTransport final : public Transport {
public:
    explicit ReplayTransport(std::string directory);
    Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                             const Cancel& cancel) override;
    /// The recorded hosts' names, sorted.
    std::vector<std::string> hosts() const;

private:
    std::string m_directory;
};

} // namespace inodeck
