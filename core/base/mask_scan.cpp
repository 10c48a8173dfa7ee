#include "core/base/mask_scan.h"

namespace inodeck::masking {

bool isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '$' || c == '@' || c == '/';
}

bool isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(Blanks);
    return begin == None ? std::string_view{} : text.substr(begin, text.find_last_not_of(Blanks) - begin + 1);
}

std::size_t endOfQuoted(std::string_view line, std::size_t at) {
    const char quote = line[at];
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        if (line[i] == '\\' && quote == '"')
            ++i;
        else if (line[i] == quote && quote == '\'' && i + 1 < line.size() && line[i + 1] == quote)
            ++i; // YAML's '' within quotes
        else if (line[i] == quote)
            return i + 1;
    }
    return None;
}

std::size_t endOfBrackets(std::string_view line, std::size_t at, int& depth) {
    for (std::size_t i = at; i < line.size(); ++i) {
        if (line[i] == '"' || line[i] == '\'') {
            const std::size_t end = endOfQuoted(line, i);
            if (end != None)
                i = end - 1;
        } else if (line[i] == '{' || line[i] == '[') {
            ++depth;
        } else if ((line[i] == '}' || line[i] == ']') && --depth <= 0) {
            depth = 0;
            return i + 1;
        }
    }
    return None;
}

} // namespace inodeck::masking
