#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/record_line.h"

namespace inodeck {

/// The keys of one log and the records that each may sign, as its genesis and key_rotate records say.
class KeyRing {
public:
    struct Key {
        std::string publicKey;             ///< 32 bytes
        std::uint64_t from = 0;            ///< first record it may sign
        std::optional<std::uint64_t> last; ///< last record it may sign
    };
    enum class Right { Unknown, OutOfRange, Granted };

    /// Takes a record whose own signature was found good. An error says why it may not say this.
    Result<void> learn(const ParsedRecord& record);
    Right right(const std::string& kid, std::uint64_t seq) const;
    /// Null when unknown.
    const Key* find(const std::string& kid) const;
    const std::map<std::string, Key>& keys() const { return m_keys; }

private:
    std::map<std::string, Key> m_keys; ///< by kid
};

/// Whether `record` is signed by a key that may sign it (a genesis record: by the key that it names). Empty:
/// yes; else why not.
std::string whyNotSigned(const ParsedRecord& record, const std::string& hash, const std::string& signature,
                         const KeyRing& ring);

} // namespace inodeck
