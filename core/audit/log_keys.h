#pragma once

#include "core/audit/key_ring.h"
#include "core/audit/log_backend.h"
#include "core/audit/signing_key.h"

namespace inodeck {

/// The keys that a log's own records allow, read from it as far as it is known, and this installation's among
/// them. Not thread-safe.
class LogKeys {
public:
    LogKeys(LogBackend& backend, SigningKey own)
        : m_backend(backend)
        , m_own(std::move(own)) {}
    /// Reads the keys that were named since.
    Result<void> learn();
    /// The same, and refuses when ours may not sign the record after `head`.
    Result<void> checkOwn(const ChainHead& head);
    /// What was learned may be of a record that is gone again.
    void forget();
    bool knowsNothing() const { return m_readTo == 0; }
    const KeyRing& ring() const { return m_ring; }
    const SigningKey& own() const { return m_own; }

private:
    LogBackend& m_backend;
    SigningKey m_own;
    KeyRing m_ring;
    std::uint64_t m_readTo = 0; ///< records before this one are in m_ring
};

} // namespace inodeck
