#pragma once

#include <string>
#include <string_view>

namespace inodeck {

/// Masks what is a secret by its form: the userinfo of URLs, hashes of passwords, long random words.
void hideForms(std::string& text);
/// Without what redacted() knows by its form; a text of any length, in pieces that redacted() takes whole.
std::string withoutKnownForms(std::string_view text);

} // namespace inodeck
