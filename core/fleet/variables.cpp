#include "core/fleet/variables.h"

#include <algorithm>

namespace inodeck {

namespace {

constexpr std::size_t MostBytes = 4096;

bool isName(std::string_view text) {
    const auto word = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && text.size() <= 128 && !(text[0] >= '0' && text[0] <= '9') &&
           std::all_of(text.begin(), text.end(), word);
}

Result<std::string> valueOf(const std::string& name, const std::map<std::string, std::string>& environment) {
    const auto found = environment.find(name);
    if (found == environment.end())
        return fail(ErrorCode::Config, "the environment has no variable " + name + ".");
    const std::string& value = found->second;
    if (value.empty())
        return fail(ErrorCode::Config, "the variable " + name + " is empty.");
    if (value.size() > MostBytes)
        return fail(ErrorCode::Config, "the variable " + name + " holds more than 4096 bytes.");
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return fail(ErrorCode::Config, "the variable " + name + " holds a line break or control character.");
    return value;
}

} // namespace

Result<std::string> withoutVariables(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{')
            return fail(ErrorCode::Config,
                        "variables (${…}) are for secrets only (events: loki, and a postgresql:// audit); "
                        "write the value out, or $${ for a literal one.");
        if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '$')
            ++i;
        out += text[i];
    }
    return out;
}

Result<std::string> withVariables(const std::string& text,
                                  const std::map<std::string, std::string>& environment) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$') {
            out += text[i];
            continue;
        }
        const std::string_view rest = std::string_view(text).substr(i + 1);
        if (rest.starts_with('$')) {
            out += text[++i];
            continue;
        }
        const std::size_t close = rest.find('}');
        if (!rest.starts_with('{') || close == std::string_view::npos || !isName(rest.substr(1, close - 1)))
            return fail(
                ErrorCode::Config,
                "a '$' here begins a variable, ${NAME} and nothing else; write $$ for a literal one.");
        const auto value = valueOf(std::string(rest.substr(1, close - 1)), environment);
        if (!value)
            return value;
        out += *value;
        i += close + 1;
    }
    return out;
}

} // namespace inodeck
