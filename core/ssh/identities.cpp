#include "core/ssh/identities.h"

#include <openssl/crypto.h>
#include <sys/stat.h>

namespace inodeck::ssh {
namespace {

constexpr int MaxTries = 3;

std::optional<struct stat> regularFile(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return std::nullopt;
    return info;
}

std::string stampOf(const struct stat& info) {
    return std::to_string(info.st_ino) + ':' + std::to_string(info.st_size) + ':' +
           std::to_string(info.st_ctim.tv_sec) + '.' + std::to_string(info.st_ctim.tv_nsec);
}

struct Import {
    SharedKey key;
    bool encrypted = false;
};

/// Without a callback of ours, OpenSSL would ask on the terminal.
int wantsPassphrase(const char*, char*, size_t, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

Import import(const std::string& file, const char* passphrase) {
    Import result;
    ssh_key key = nullptr;
    if (ssh_pki_import_privkey_file(file.c_str(), passphrase, wantsPassphrase, &result.encrypted, &key) ==
        SSH_OK)
        result.key = SharedKey(key, KeyDeleter());
    return result;
}

} // namespace

std::shared_ptr<KeyStore::Slot> KeyStore::find(const std::string& file) {
    const std::lock_guard lock(m_mutex);
    auto& slot = m_slots[file];
    if (!slot)
        slot = std::make_shared<Slot>();
    return slot;
}

Result<SharedKey> KeyStore::load(const std::string& file, const std::string& who, Prompts& prompts,
                                 Bounds& bounds, bool mayAsk) {
    const auto info = regularFile(file);
    if (!info)
        return SharedKey();
    const auto wanted = std::chrono::steady_clock::now();
    const auto slot = find(file);
    auto place =
        slot->gate.enter(bounds.overall(), bounds.cancel(), "waiting for the key " + printable(file));
    bounds.restart();
    if (!place)
        return tl::unexpected(place.error());
    if (slot->key && slot->stamp == stampOf(*info))
        return slot->key;
    Import tried = import(file, nullptr);
    for (int attempt = 1; !tried.key && tried.encrypted && attempt <= MaxTries; ++attempt) {
        if (!mayAsk || !prompts.available() || (slot->declined && *slot->declined > wanted))
            return SharedKey();
        auto turn = prompts.turn(bounds);
        if (!turn)
            return tl::unexpected(turn.error());
        auto passphrase =
            (*turn)->secret({SecretQuestion::Kind::Passphrase, who, printable(file), false, attempt});
        if (!passphrase) {
            slot->declined = std::chrono::steady_clock::now();
            return SharedKey();
        }
        tried = import(file, passphrase->c_str());
        tried.encrypted = true;
        OPENSSL_cleanse(passphrase->data(), passphrase->size());
    }
    slot->key = tried.key;
    slot->stamp = stampOf(*info);
    return tried.key;
}

KeyHandle publicHalf(const std::string& file) {
    for (const auto& path : {file, file + ".pub"}) {
        ssh_key key = nullptr;
        if (regularFile(path) && ssh_pki_import_pubkey_file(path.c_str(), &key) == SSH_OK)
            return KeyHandle(key);
    }
    return nullptr;
}

KeyHandle readCertificate(const std::string& file) {
    ssh_key key = nullptr;
    if (regularFile(file) && ssh_pki_import_cert_file(file.c_str(), &key) == SSH_OK)
        return KeyHandle(key);
    return nullptr;
}

} // namespace inodeck::ssh
