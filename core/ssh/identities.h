#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "core/ssh/client_config.h"
#include "core/ssh/handle.h"
#include "core/ssh/prompts.h"

namespace inodeck::ssh {

/// Private keys, each read and decrypted once for all connections (a decryption costs about 120 ms).
/// Thread-safe.
class KeyStore {
public:
    /// The decrypted key of a file. The operator is asked for a passphrase only when it needs one; those who
    /// wait meanwhile share the answer, a refusal too. nullptr: no such key, declined, or three wrong tries.
    Result<SharedKey> load(const std::string& file, const std::string& who, Prompts& prompts, Bounds& bounds,
                           bool mayAsk);

private:
    struct Slot {
        Gate gate{1};
        SharedKey key;
        std::string stamp; ///< of the file that it was read from
        std::optional<std::chrono::steady_clock::time_point> declined;
    };
    std::shared_ptr<Slot> find(const std::string& file);

    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Slot>> m_slots;
};

/// The public half of an identity file without any passphrase: from an OpenSSH private key, from the file
/// itself when it is a public key, or from `file.pub`. Null when there is none.
KeyHandle publicHalf(const std::string& file);

/// A certificate file (`…-cert.pub`); null when there is none.
KeyHandle readCertificate(const std::string& file);

} // namespace inodeck::ssh
