#include "core/audit/signing_key.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <unistd.h>

#include "core/audit/base64.h"
#include "core/audit/guarded_file.h"
#include "core/base/hex.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

using KeyPtr = std::shared_ptr<EVP_PKEY>;
constexpr const char* KeyName = "/audit.key";
constexpr const char* NextName = "/audit.key.next";
constexpr std::size_t KeyBytes = 32;
constexpr std::size_t SignatureBytes = 64;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string publicOf(EVP_PKEY* key) {
    std::string raw(KeyBytes, '\0');
    std::size_t size = raw.size();
    return EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) == 1
               ? raw
               : std::string{};
}

KeyPtr fromPem(const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    const auto noPassphrase = [](char*, int, int, void*) { return -1; };
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr), EVP_PKEY_free);
    return key && EVP_PKEY_base_id(key.get()) == EVP_PKEY_ED25519 ? key : KeyPtr{};
}

std::string toPem(EVP_PKEY* key) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace

Result<SigningKey> SigningKey::loadFile(const std::string& path, bool create) {
    auto pem = readGuardedFile(path);
    KeyPtr key;
    if (pem) {
        key = fromPem(*pem);
        if (!key)
            return fail(ErrorCode::AuditUnavailable,
                        printable(path) + " is no Ed25519 key in PKCS#8 PEM; restore it from a backup.");
    } else if (pem.error().code == ErrorCode::NotFound && create) {
        key = KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
        if (auto written = createGuardedFile(path, toPem(key.get())); !written) {
            // Another process may have been first.
            pem = readGuardedFile(path);
            key = pem ? fromPem(*pem) : KeyPtr{};
            if (!key)
                return tl::unexpected(written.error());
        }
    } else {
        return fail(ErrorCode::AuditUnavailable,
                    pem.error().message +
                        " Without this installation's signing key nothing can be recorded.");
    }
    SigningKey result;
    result.m_key = key;
    result.m_publicKey = publicOf(key.get());
    result.m_kid = keyId(result.m_publicKey);
    return result;
}

Result<SigningKey> SigningKey::load(const std::string& directory, bool create) {
    if (auto guarded = guardDirectory(directory, create); !guarded)
        return tl::unexpected(guarded.error());
    return loadFile(directory + KeyName, create);
}

Result<SigningKey> SigningKey::prepareNext(const std::string& directory) {
    if (auto guarded = guardDirectory(directory, false); !guarded)
        return tl::unexpected(guarded.error());
    return loadFile(directory + NextName, true);
}

Result<SigningKey> SigningKey::loadNext(const std::string& directory) {
    return loadFile(directory + NextName, false);
}

Result<void> SigningKey::adoptNext(const std::string& directory) {
    const auto pem = readGuardedFile(directory + NextName);
    if (!pem)
        return tl::unexpected(pem.error());
    if (auto replaced = replaceGuardedFile(directory + KeyName, *pem); !replaced)
        return replaced;
    ::unlink((directory + NextName).c_str());
    return {};
}

std::string SigningKey::publicText() const {
    return base64(m_publicKey);
}

std::string SigningKey::sign(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string signature(SignatureBytes, '\0');
    std::size_t size = signature.size();
    const bool signedIt = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1 &&
                          EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                         &size, bytesOf(text), text.size()) == 1;
    return signedIt ? signature : std::string{};
}

Result<std::string> hmacKey(const std::string& directory) {
    const std::string path = directory + "/audit.hmac";
    auto text = readGuardedFile(path);
    if (!text && text.error().code == ErrorCode::NotFound) {
        std::string fresh(KeyBytes, '\0');
        if (RAND_bytes(reinterpret_cast<unsigned char*>(fresh.data()), static_cast<int>(fresh.size())) != 1)
            return fail(ErrorCode::Internal, "OpenSSL has no random bytes.");
        [[maybe_unused]] const auto created =
            createGuardedFile(path, hexEncode(fresh)); // or another process did
        text = readGuardedFile(path);
    }
    if (!text)
        return tl::unexpected(text.error());
    const auto key = hexDecode(*text);
    if (!key || key->size() != KeyBytes)
        return fail(ErrorCode::AuditUnavailable,
                    printable(path) + " is no HMAC key; restore it from a backup.");
    return *key;
}

Sha256 hmacSha256(std::string_view key, std::string_view text) {
    std::string digest(Sha256::Size, '\0');
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(text), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()), &size);
    return *Sha256::fromHex(hexEncode(digest));
}

bool verifySignature(std::string_view publicKey, std::string_view text, std::string_view signature) {
    if (publicKey.size() != KeyBytes || signature.size() != SignatureBytes)
        return false;
    const KeyPtr key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey), publicKey.size()),
        EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(text),
                            text.size()) == 1;
}

std::string publicKeyPem(std::string_view publicKey) {
    const KeyPtr key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey), publicKey.size()),
        EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    if (!key || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1)
        return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string keyId(std::string_view publicKey) {
    return Sha256::of(publicKey).hex().substr(0, 16);
}

} // namespace inodeck
