#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace inodeck {

/// What stands where a secret was. Its length says nothing of the secret's.
inline constexpr std::string_view Mask = "***";

/// Whether a key, variable, option or header of this name holds a secret: "DB_PASSWORD", "apiKey",
/// "X-Auth-Token", "tls.key".
bool namesASecret(std::string_view name);
/// Whether the name of a file says that all of it is secret: .env, *.env, *.key, *.pem, id_rsa, .pgpass,
/// anything below /run/secrets, or a name that speaks of passwords, tokens or credentials.
bool isSecretFile(std::string_view path);

struct MaskOptions {
    bool everything = false;    ///< the whole file is secret: only the names of its keys are left
    std::function<bool()> stop; ///< asked now and then; true: give up and return nothing
};

/// The lines of a configuration, each with what looks like a secret replaced by Mask: values whose name says
/// so (YAML, JSON, env, INI, TOML, HCL, Caddyfile and other "name value" forms), whole blocks below such a
/// name, name/value pairs, PEM blocks, and whatever redacted() knows by its form. As many lines as were
/// given. Too much rather than too little. Not a guarantee: a secret without a name and without a known form
/// is not recognised.
std::vector<std::string> maskedLines(const std::vector<std::string_view>& lines,
                                     const MaskOptions& options = {});

} // namespace inodeck
