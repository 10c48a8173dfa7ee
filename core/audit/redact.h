#pragma once

#include <string>

namespace inodeck {

/// `text` with what looks like a secret replaced by "***": values of --password/--token-like options and of
/// NAME=VALUE or "name: value" whose name speaks of a secret, the userinfo of URLs, bearer tokens, PEM
/// private keys. Longer than `limit` bytes: cut, with a mark.
std::string redacted(std::string text, std::size_t limit);

} // namespace inodeck
