#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <glob.h>
#include <optional>
#include <set>
#include <sstream>
#include <strings.h>

#include "core/base/text.h"
#include "core/fleet/host.h"

namespace inodeck {

namespace fs = std::filesystem;

namespace {

constexpr int MaxDepth = 16; // as OpenSSH has it
constexpr std::size_t MaxBytes = std::size_t{4} << 20;
constexpr int MaxFiles = 1024;
constexpr std::size_t MaxAliases = 10000;

bool isBlank(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// One word from `i` on, as OpenSSH splits it: single and double quotes hold together, a backslash keeps the
/// next quote, backslash or blank.
std::string takeWord(const std::string& line, std::size_t& i, bool keyword) {
    std::string word;
    char quote = 0;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        const bool escapes = c == '\\' && i + 1 < line.size() &&
                             (std::string_view("\"'\\").find(line[i + 1]) != std::string_view::npos ||
                              (quote == 0 && line[i + 1] == ' '));
        if (escapes)
            word += line[++i];
        else if (quote != 0 && c == quote)
            quote = 0;
        else if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (quote == 0 && (isBlank(c) || (keyword && c == '=')))
            break;
        else
            word += c;
    }
    return word;
}

/// The words of one line: blanks separate, and one '=' after the keyword; '#' begins a comment.
std::vector<std::string> words(const std::string& line) {
    std::vector<std::string> found;
    bool equals = false;
    for (std::size_t i = 0; i < line.size() && line[i] != '#';) {
        if (isBlank(line[i])) {
            ++i;
        } else if (found.size() == 1 && line[i] == '=' && !equals) {
            equals = true;
            ++i;
        } else {
            found.push_back(takeWord(line, i, found.empty()));
        }
    }
    return found;
}

bool isKeyword(const std::string& word, const char* keyword) {
    return strcasecmp(word.c_str(), keyword) == 0;
}

fs::path home() {
    const char* value = std::getenv("HOME");
    return value && *value ? fs::path(value) : fs::path("/");
}

/// nullopt: it cannot be opened.
std::optional<std::string> contentOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    std::string content(MaxBytes + 1, '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(file.gcount()));
    return content;
}

/// ssh_config(5): "~" is the home directory, and a relative path is below ~/.ssh, or /etc/ssh for the
/// system's file.
std::vector<std::string> included(const std::string& pattern, const fs::path& from) {
    fs::path path = pattern;
    if (pattern.rfind("~/", 0) == 0)
        path = home() / pattern.substr(2);
    else if (path.is_relative())
        path = (from.string().rfind("/etc/ssh/", 0) == 0 ? fs::path("/etc/ssh") : home() / ".ssh") / path;
    glob_t matches{};
    std::vector<std::string> files;
    if (::glob(path.c_str(), 0, nullptr, &matches) == 0)
        files.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
    ::globfree(&matches);
    return files;
}

struct Collector {
    std::vector<std::string> names;
    std::set<std::string> seen;
    int files = 0;

    void add(const std::string& pattern) {
        const bool concrete = !pattern.empty() && pattern.find_first_of("*?!") == std::string::npos;
        if (concrete && names.size() < MaxAliases && parseHost(pattern) && seen.insert(pattern).second)
            names.push_back(pattern);
    }

    Result<void> read(const fs::path& path, int depth) {
        std::error_code problem;
        if (!fs::is_regular_file(path, problem))
            return {};
        if (depth > MaxDepth || ++files > MaxFiles)
            return fail(ErrorCode::Config, printable(path.string()) + " is included more than " +
                                               (depth > MaxDepth ? "16 files deep" : "1,024 files on") +
                                               "; is it a loop?");
        const auto content = contentOf(path);
        if (!content)
            return fail(ErrorCode::Io,
                        "Cannot read " + printable(path.string()) + ": " + std::strerror(errno) + ".");
        if (content->size() > MaxBytes)
            return fail(ErrorCode::TooLarge,
                        printable(path.string()) + " is larger than 4 MiB, which no ssh configuration is.");
        std::istringstream lines(*content);
        for (std::string line; std::getline(lines, line);)
            if (auto done = take(words(line), path, depth); !done)
                return done;
        return {};
    }

    Result<void> take(const std::vector<std::string>& line, const fs::path& path, int depth) {
        if (line.size() < 2)
            return {};
        if (isKeyword(line[0], "Host"))
            std::for_each(line.begin() + 1, line.end(), [this](const std::string& p) { add(p); });
        if (!isKeyword(line[0], "Include"))
            return {};
        for (std::size_t i = 1; i < line.size(); ++i)
            for (const std::string& file : included(line[i], path))
                if (auto done = read(file, depth + 1); !done)
                    return done;
        return {};
    }
};

} // namespace

Result<std::vector<std::string>> sshConfigAliases(const std::string& path) {
    Collector collector;
    if (auto done = collector.read(path, 0); !done)
        return tl::unexpected(done.error());
    return std::move(collector.names);
}

} // namespace inodeck
