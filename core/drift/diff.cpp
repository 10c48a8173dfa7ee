#include "core/drift/diff.h"

#include <dtl/dtl.hpp>
#include <sstream>

namespace inodeck {

namespace {

bool looksBinary(const std::string& bytes) {
    return bytes.substr(0, 8000).find('\0') != std::string::npos;
}

/// The last line of a file without a final newline says so, as diff does.
std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos) {
            lines.push_back(text.substr(begin) + "\n\\ No newline at end of file");
            break;
        }
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

TextDiff diffOf(const std::string& before, const std::string& after) {
    TextDiff result;
    result.equal = before == after;
    result.binary = looksBinary(before) || looksBinary(after);
    if (result.equal || result.binary)
        return result;
    dtl::Diff<std::string> diff(linesOf(before), linesOf(after));
    diff.onHuge();
    diff.compose();
    diff.composeUnifiedHunks();
    std::ostringstream out;
    diff.printUnifiedFormat(out);
    result.lines = split(out.str());
    return result;
}

} // namespace inodeck
