#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <glob.h>
#include <iterator>
#include <set>
#include <strings.h>

#include "core/base/text.h"
#include "core/fleet/host.h"

namespace inodeck {

namespace fs = std::filesystem;

namespace {

constexpr int MaxDepth = 16; // as OpenSSH has it
constexpr std::uintmax_t MaxBytes = 4u << 20;

/// The words of one line: blanks or one '=' after the keyword separate, double quotes hold together, '#'
/// begins a comment.
std::vector<std::string> words(const std::string& line) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < line.size();) {
        const char c = line[i];
        if (std::isspace(static_cast<unsigned char>(c)) || (c == '=' && found.size() == 1)) {
            ++i;
        } else if (c == '#') {
            break;
        } else if (c == '"') {
            const std::size_t end = std::min(line.find('"', i + 1), line.size());
            found.push_back(line.substr(i + 1, end - i - 1));
            i = end + 1;
        } else {
            const char* stops = found.empty() ? " \t\r\f\v=" : " \t\r\f\v";
            const std::size_t end = std::min(line.find_first_of(stops, i), line.size());
            found.push_back(line.substr(i, end - i));
            i = end;
        }
    }
    return found;
}

bool isKeyword(const std::string& word, const char* keyword) {
    return strcasecmp(word.c_str(), keyword) == 0;
}

fs::path home() {
    const char* value = std::getenv("HOME");
    return value ? fs::path(value) : fs::path("/");
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

    void add(const std::string& pattern) {
        const bool concrete = !pattern.empty() && pattern.find_first_of("*?!") == std::string::npos;
        if (concrete && parseHost(pattern) && seen.insert(pattern).second)
            names.push_back(pattern);
    }

    Result<void> read(const fs::path& path, int depth) {
        std::error_code problem;
        if (!fs::is_regular_file(path, problem))
            return {};
        if (depth > MaxDepth)
            return fail(ErrorCode::Config,
                        printable(path.string()) + " is included more than 16 files deep; is it a loop?");
        if (fs::file_size(path, problem) > MaxBytes)
            return fail(ErrorCode::TooLarge,
                        printable(path.string()) + " is larger than 4 MiB, which no ssh configuration is.");
        std::ifstream file(path);
        if (!file)
            return fail(ErrorCode::Io,
                        "Cannot read " + printable(path.string()) + ": " + std::strerror(errno) + ".");
        for (std::string line; std::getline(file, line);)
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
