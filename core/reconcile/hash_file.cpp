#include "core/reconcile/hash_file.h"

#include <algorithm>
#include <sstream>

#include "core/base/hex.h"
#include "core/base/text.h"
#include "core/reconcile/privileged_shell.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto Timeout = 20s;

/// $@ are the paths. A line each: "N missing", "N other", "N denied", or "N file DATE TIME ZONE xHEX".
constexpr const char* Reader = R"SH(
LC_ALL=C TZ=UTC0; export LC_ALL TZ
n=0
for path in "$@"; do
    if [ -f "$path" ]; then
        if when=$(stat -L -c %z "$path" 2>/dev/null) && [ -r "$path" ]; then
            echo "$n file $when x$(head -c 4096 "$path" | od -An -v -tx1 | tr -d ' \n')"
        else echo "$n denied"; fi
    elif [ -e "$path" ]; then echo "$n other"
    elif [ -d "${path%/*}/" ] && [ ! -x "${path%/*}/" ]; then echo "$n denied"
    else echo "$n missing"; fi
    n=$((n + 1))
done
echo end
)SH";

/// $1 is the path, $2 the hash.
constexpr const char* Writer = R"SH(
LC_ALL=C; export LC_ALL
path=$1
[ ! -L "$path" ] || path=$(readlink -f "$path") || exit 1
[ ! -d "$path" ] || { echo "it is a directory" >&2; exit 1; }
dir=${path%/*}
[ -d "${dir:-/}" ] || { echo "its folder does not exist" >&2; exit 1; }
new=$(mktemp "$dir/.inodeck-hash.XXXXXXXX") || exit 1
trap 'rm -f "$new"' EXIT
printf '%s\n' "$2" >"$new" || exit 1
if [ -e "$path" ]; then
    chown "$(stat -c %u:%g "$path")" "$new" 2>/dev/null
    chmod "$(stat -c %a "$path")" "$new" || exit 1
else
    chmod 644 "$new" || exit 1
fi
mv -f "$new" "$path" || exit 1
trap - EXIT
)SH";

std::string script(const char* body, const std::vector<std::string>& arguments) {
    std::string text = "main() {" + std::string(body) + "}\nmain";
    for (const std::string& argument : arguments)
        text += " " + shellQuote(argument);
    return text + "\n";
}

Result<ExecResult> run(SessionPool& sessions, const Host& host, AccessLevel level, std::string input,
                       const Cancel& cancel) {
    ExecRequest request;
    request.command = privilegedShell(level);
    request.input = std::move(input);
    request.maxOutput = std::size_t{4} << 20;
    Result<ExecResult> answer = fail(ErrorCode::Internal, "not asked");
    const Deadline deadline = Deadline::after(Timeout);
    const auto done = sessions.with(host, deadline, cancel, true, [&](Session& session) -> Result<void> {
        answer = session.exec(request, deadline, cancel);
        return answer ? Result<void>{} : tl::unexpected(answer.error());
    });
    if (!done)
        return tl::unexpected(done.error());
    return answer;
}

HashFile parseLine(std::istringstream& words) {
    std::string word, date, time, zone, content;
    words >> word;
    if (word == "missing")
        return {};
    HashFile file;
    file.problem = word == "denied" ? "it may not be read" : "it is no regular file";
    if (word != "file")
        return file;
    words >> date >> time >> zone >> content;
    file.written = zone == "+0000" ? parseRfc3339(date + "T" + time + "Z") : std::nullopt;
    const auto bytes = content.starts_with('x') ? hexDecode(content.substr(1)) : std::nullopt;
    file.hash = bytes ? parseHashText(*bytes) : std::nullopt;
    file.problem = !file.hash      ? "it does not hold a SHA-256 hash"
                   : !file.written ? "the VM does not say when it was written"
                                   : "";
    return file;
}

} // namespace

std::optional<Sha256> parseHashText(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (text.starts_with('\\')) // sha256sum's mark of an escaped file name
        text.remove_prefix(1);
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
    const std::string_view rest = text.substr(word.size());
    const std::string_view first = rest.substr(0, rest.find('\n'));
    const std::string_view more = rest.substr(std::min(first.size(), rest.size()));
    if (more.find_first_not_of(" \t\r\n") != std::string_view::npos)
        return std::nullopt; // several lines: of several files
    return Sha256::fromHex(word);
}

std::optional<Sha256> baselineOf(const HashFile& file, const Container& container) {
    if (!file.problem.empty() || !file.written || !container.startedAt ||
        *file.written <= *container.startedAt)
        return std::nullopt;
    return file.hash;
}

Result<std::vector<HashFile>> parseHashFiles(const std::string& answer, std::size_t count) {
    std::vector<HashFile> files(count);
    std::istringstream lines(answer);
    std::size_t next = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line == "end" && next == count)
            return files;
        std::istringstream words(line);
        std::size_t number = 0;
        if (!(words >> number) || number != next || next == count)
            break;
        files[next++] = parseLine(words);
    }
    return fail(ErrorCode::Protocol, "The hash files could not be read: the answer is not understood.");
}

Result<std::vector<HashFile>> readHashFiles(SessionPool& sessions, const Host& host, AccessLevel level,
                                            const std::vector<std::string>& paths, const Cancel& cancel) {
    if (paths.empty())
        return std::vector<HashFile>{};
    const auto answer = run(sessions, host, level, script(Reader, paths), cancel);
    if (!answer)
        return tl::unexpected(answer.error());
    return parseHashFiles(answer->output, paths.size());
}

Result<void> writeHashFile(SessionPool& sessions, const Host& host, AccessLevel level,
                           const std::string& path, const Sha256& hash) {
    const Cancel never;
    const auto answer = run(sessions, host, level, script(Writer, {path, hash.hex()}), never);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->exitStatus != 0)
        return fail(ErrorCode::CommandFailed,
                    "The hash file " + printable(path) + " could not be written: " +
                        printable(answer->error.substr(0, answer->error.find('\n')).substr(0, 300)) + ".");
    return {};
}

} // namespace inodeck
