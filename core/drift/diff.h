#pragma once

#include <string>
#include <vector>

namespace inodeck {

/// Lines of a unified diff (`diff -u`), without line ends; the two file headers are not part of it.
struct TextDiff {
    bool binary = false; ///< a NUL byte in one of the first 8,000 bytes, as git decides
    bool equal = false;
    std::vector<std::string> lines; ///< "@@ …", " same", "-old", "+new"
};

/// What a process reads (`before`) against what the host has (`after`), byte for byte.
TextDiff diffOf(const std::string& before, const std::string& after);

} // namespace inodeck
