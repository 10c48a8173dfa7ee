#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/sha256.h"

struct evp_pkey_st;

namespace inodeck {

/// This installation's Ed25519 key: PKCS#8 PEM, mode 0600, in a directory of mode 0700, both owned by the
/// user; anything else is refused.
class SigningKey {
public:
    /// Reads `directory`/audit.key; creates it when there is none yet and `create` is set.
    static Result<SigningKey> load(const std::string& directory, bool create);

    /// A second key beside it, made when there is none yet, for a rotation that is not finished.
    static Result<SigningKey> prepareNext(const std::string& directory);
    static Result<SigningKey> loadNext(const std::string& directory);
    /// Puts that one in the place of audit.key.
    static Result<void> adoptNext(const std::string& directory);

    /// The 64 bytes of an Ed25519 signature (RFC 8032).
    std::string sign(std::string_view text) const;
    /// 32 bytes.
    const std::string& publicKey() const { return m_publicKey; }
    /// The same in base64, as records and people have it.
    std::string publicText() const;
    /// The first 16 hex digits of SHA-256 over the public key.
    const std::string& kid() const { return m_kid; }

private:
    static Result<SigningKey> loadFile(const std::string& path, bool create);

    std::shared_ptr<evp_pkey_st> m_key;
    std::string m_publicKey;
    std::string m_kid;
};

/// This installation's 32 random bytes for HMACs, beside its key; made when missing.
Result<std::string> hmacKey(const std::string& directory);
Sha256 hmacSha256(std::string_view key, std::string_view text);

/// Whether `signature` over `text` is by `publicKey` (32 bytes).
bool verifySignature(std::string_view publicKey, std::string_view text, std::string_view signature);
/// SubjectPublicKeyInfo, for openssl.
std::string publicKeyPem(std::string_view publicKey);
std::string keyId(std::string_view publicKey);

} // namespace inodeck
