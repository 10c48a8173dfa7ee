#include "core/audit/redact.h"

#include <regex>

namespace inodeck {

namespace {

constexpr auto Flags = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;

std::string replaceAll(const std::string& text, const std::regex& what, const char* with) {
    return std::regex_replace(text, what, with);
}

} // namespace

std::string redacted(std::string text, std::size_t limit) {
    static const std::regex Pem("-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?",
                                Flags);
    static const std::regex Url("([a-z][a-z0-9+.-]{1,20}://)[^/@\\s]{1,512}@", Flags);
    static const std::regex Bearer("\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{6,}", Flags);
    static const std::regex Named(
        "([a-z0-9_.-]{0,40}(password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|"
        "private[_-]?key|credential|dsn)[a-z0-9_.-]{0,40}\"?\\s{0,2}[=:]\\s{0,2})(\"[^\"]*\"|'[^']*'|[^\\s,;&"
        "\"']+)",
        Flags);
    static const std::regex Option(
        "(--?[a-z0-9-]{0,30}(password|passwd|passphrase|secret|token|api-key|key)\\s+)"
        "(\"[^\"]*\"|'[^']*'|[^\\s]+)",
        Flags);
    // std::regex recurses on long inputs: cut first, at a bound that it can take.
    const std::size_t bound = std::min<std::size_t>(limit, 4096);
    const bool cut = text.size() > bound;
    if (cut)
        text.resize(bound);
    text = replaceAll(text, Pem, "***");
    text = replaceAll(text, Url, "$1***@");
    text = replaceAll(text, Bearer, "$1 ***");
    text = replaceAll(text, Named, "$1***");
    text = replaceAll(text, Option, "$1***");
    return cut ? text + " [cut]" : text;
}

} // namespace inodeck
