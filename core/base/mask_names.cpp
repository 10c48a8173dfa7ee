#include <algorithm>
#include <array>

#include "core/base/mask.h"

namespace inodeck {

namespace {

/// Anywhere in a name, in lower case and without its separators.
constexpr std::array<std::string_view, 18> Parts{
    "passw",      "passphrase",       "passcode",   "secret",     "token",       "credential",
    "apikey",     "accesskey",        "privatekey", "encryption", "signingkey",  "masterkey",
    "connstring", "connectionstring", "htpasswd",   "bearer",     "requirepass", "basicauth"};
/// As one of a name's words: "db_pwd", "tlsKey"; not "passive", "keyboard" or "author".
constexpr std::array<std::string_view, 22> Words{
    "pass",      "pwd",  "key",    "keys", "auth",    "authorization", "cred",       "creds",
    "dsn",       "salt", "cookie", "sig",  "cookies", "psk",           "masterauth", "authorisation",
    "signature", "pin",  "otp",    "totp", "jwt",     "passwd"};

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isAlnum(char c) {
    return (c >= 'a' && c <= 'z') || isUpper(c) || (c >= '0' && c <= '9');
}
char lower(char c) {
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

template <typename List> bool listed(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isWord(const std::string& word) {
    // "sshkey", "hostkeys": no list has them all; "monkey" is masked too.
    const auto endsWith = [&](std::string_view end) {
        return word.size() > end.size() && word.ends_with(end);
    };
    return listed(Words, word) || endsWith("key") || endsWith("keys") || endsWith("pwd") || endsWith("pass");
}

} // namespace

bool namesASecret(std::string_view name) {
    std::string joined;
    std::string word;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool hump = i > 0 && isUpper(name[i]) && !isUpper(name[i - 1]);
        if (!isAlnum(name[i]) || hump) {
            if (isWord(word))
                return true;
            word.clear();
        }
        if (isAlnum(name[i])) {
            word += lower(name[i]);
            joined += lower(name[i]);
        }
    }
    return isWord(word) || std::any_of(Parts.begin(), Parts.end(), [&](std::string_view part) {
               return joined.find(part) != std::string::npos;
           });
}

bool isSecretFile(std::string_view path) {
    static constexpr std::array<std::string_view, 9> Ends{".env", ".key",      ".pem",      ".p12",   ".pfx",
                                                          ".jks", ".keystore", ".htpasswd", ".pgpass"};
    static constexpr std::array<std::string_view, 8> Names{
        "id_rsa", "id_ed25519", "id_ecdsa", ".netrc", "shadow", "kubeconfig", ".npmrc", ".git-credentials"};
    std::string low(path);
    std::transform(low.begin(), low.end(), low.begin(), lower);
    const std::string name = low.substr(low.rfind('/') + 1);
    const auto has = [&](std::string_view part) { return low.find(part) != std::string::npos; };
    if (low.starts_with("/run/secrets/") || has("secret") || has("passw") || has("token") ||
        has("credential"))
        return true;
    return name.starts_with(".env.") || name.starts_with("env.") || listed(Names, name) ||
           std::any_of(Ends.begin(), Ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

} // namespace inodeck
