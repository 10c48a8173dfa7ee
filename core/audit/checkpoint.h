#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/signing_key.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace inodeck {

/// What a log was at one time.
struct Checkpoint {
    std::string log;        ///< UUID
    std::uint64_t size = 0; ///< records 0 … size-1
    Sha256 root;            ///< RFC 6962, the lines (without LF) are the leaves
    std::string head;       ///< hex SHA-256 of line size-1

    bool operator==(const Checkpoint&) const = default;
};

/// A signed note by C2SP tlog-checkpoint: origin "inodeck/<log>", size, root, one extension line "head
/// <hex>", and signatures of type Ed25519 whose name is the origin.
std::string signedNote(const Checkpoint& checkpoint, const SigningKey& key);

struct SignedCheckpoint {
    Checkpoint checkpoint;
    std::string body; ///< what is signed
    struct Signature {
        std::string keyHash; ///< 4 bytes
        std::string bytes;   ///< 64
    };
    std::vector<Signature> signatures; ///< those that carry our name
    /// Whether this key (32 bytes) signed it.
    bool signedBy(std::string_view publicKey) const;
};
/// Protocol when it is no checkpoint of this format; at most 64 KiB.
Result<SignedCheckpoint> parseSignedNote(std::string_view note);

} // namespace inodeck
