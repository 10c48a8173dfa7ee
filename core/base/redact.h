#pragma once

#include <string>
#include <vector>

namespace inodeck {

/// `text` with what looks like a secret replaced by "***": values of --password/--token-like options and of
/// NAME=VALUE or "name: value" whose name speaks of a secret, the userinfo of URLs, user:password of curl,
/// bearer tokens, tokens that are known by their form, PEM private keys. Too much rather than too little.
/// Longer than `limit` bytes: cut, with a mark.
std::string redacted(std::string text, std::size_t limit);
/// The same for each word of a command, which may be a secret because of the words before it.
std::vector<std::string> redactedWords(const std::vector<std::string>& argv);

/// `text`, cut at `limit` bytes (not inside a character of UTF-8) and marked when it is longer.
std::string shortText(std::string text, std::size_t limit);

} // namespace inodeck
