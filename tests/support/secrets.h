#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace inodeck::test {

/// What must appear nowhere, and a text that holds it.
struct Secret {
    std::string bytes;
    std::string text;
};

/// More than twenty, each in the words in which it is met.
const std::vector<Secret>& secrets();
std::string bytesOf(const std::filesystem::path& path);
/// Looks at every file below by its bytes, but for those of this name; there are `atLeast` of them.
void expectNoSecretBelow(const std::filesystem::path& folder, int atLeast, const std::string& except = {});
void expectNoSecretIn(const std::string& text);

} // namespace inodeck::test
