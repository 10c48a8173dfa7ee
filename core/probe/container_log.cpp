#include "core/probe/container_log.h"

#include <algorithm>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/probe/docker_command.h"
#include "core/probe/fields.h"

namespace inodeck {

namespace {

constexpr std::string_view Marker = "\ninodeck-exit ";
constexpr std::size_t MaxLine = 4000;

/// Without "\x1b[1;31m": colours say nothing here. Other escapes stay, to be shown as what they are.
std::string withoutColours(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t escape = std::min(text.find("\x1b["), text.size());
        out += text.substr(0, escape);
        text.remove_prefix(escape);
        const std::size_t end = text.find_first_not_of("0123456789;", 2);
        if (text.empty() || (end != std::string_view::npos && text[end] == 'm')) {
            text.remove_prefix(text.empty() ? 0 : end + 1);
            continue;
        }
        out += text.substr(0, 2);
        text.remove_prefix(2);
    }
    return out;
}

LogLine lineOf(std::string_view raw) {
    LogLine line;
    std::string_view rest = raw;
    const std::string_view stamp = nextWord(rest);
    line.time = stamp.size() <= 40 ? parseRfc3339(stamp) : std::nullopt;
    if (line.time)
        line.stamp = stamp;
    std::string_view text = line.time ? rest : raw;
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    line.text = printable(redacted(withoutColours(text.substr(0, 4 * MaxLine)), MaxLine));
    return line;
}

std::vector<LogLine> linesOf(std::string_view text) {
    std::vector<LogLine> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0)
            lines.push_back(lineOf(text.substr(0, end)));
        if (lines.size() > 1 && !lines.back().time && end > 0)
            lines.back().time = lines[lines.size() - 2].time; // its place, for the order
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const LogLine& a, const LogLine& b) {
        return a.time && b.time && *a.time < *b.time;
    });
    return lines;
}

/// Without what was read before; Docker's --since is inclusive.
void dropSeen(std::vector<LogLine>& lines, const LogCursor& after) {
    const auto last = parseRfc3339(after.stamp);
    if (!last)
        return;
    std::size_t same = 0;
    std::erase_if(lines, [&](const LogLine& line) {
        if (!line.time || *line.time > *last)
            return false;
        return *line.time < *last || same++ < after.lines;
    });
}

LogCursor cursorOf(const std::vector<LogLine>& lines, const LogCursor& before) {
    const auto last =
        std::find_if(lines.rbegin(), lines.rend(), [](const LogLine& l) { return !l.stamp.empty(); });
    if (last == lines.rend())
        return before;
    const auto same =
        std::count_if(lines.begin(), lines.end(), [&](const LogLine& l) { return l.time == last->time; });
    const std::size_t seen = last->stamp == before.stamp ? before.lines : 0;
    return {last->stamp, seen + static_cast<std::size_t>(same)};
}

} // namespace

ExecRequest logRequest(const std::vector<std::string>& docker, AccessLevel access, const ContainerId& id,
                       const LogOptions& options) {
    std::vector<std::string> arguments{"logs", "--timestamps", "--tail", std::to_string(options.tail)};
    if (parseRfc3339(options.after.stamp)) {
        arguments.emplace_back("--since");
        arguments.push_back(options.after.stamp);
    }
    arguments.push_back(id.hex());
    ExecRequest request;
    request.command =
        "exec sh -c " + shellQuote("{ " + dockerCommandLine(docker, access, arguments) +
                                   " 2>&1 </dev/null; printf '\\ninodeck-exit %s\\n' \"$?\"; } | tail -c " +
                                   std::to_string(options.maxBytes));
    request.maxOutput = options.maxBytes + 4096;
    return request;
}

Result<LogTail> parseLog(std::string_view output, const LogOptions& options) {
    const std::size_t marker = output.rfind(Marker);
    std::string_view status =
        marker == std::string_view::npos ? std::string_view{} : output.substr(marker + Marker.size());
    status = status.substr(0, status.find('\n'));
    const auto exit = toNumber<int>(status);
    if (!exit)
        return fail(ErrorCode::Protocol, "The answer to docker logs is not complete.");
    std::string_view text = output.substr(0, marker);
    LogTail tail;
    if (output.size() >= options.maxBytes) { // its head was cut off
        text.remove_prefix(std::min(text.find('\n'), text.size()));
        tail.gap = true;
    }
    tail.lines = linesOf(text);
    if (*exit != 0) {
        const std::string said = tail.lines.empty() ? std::string("it said nothing") : tail.lines.back().text;
        return fail(ErrorCode::CommandFailed, "docker logs failed: " + shortText(said, 400));
    }
    const std::size_t read = tail.lines.size();
    dropSeen(tail.lines, options.after);
    tail.gap = tail.gap || (read >= options.tail && tail.lines.size() == read);
    tail.end = cursorOf(tail.lines, options.after);
    return tail;
}

Result<LogTail> tailLog(Session& session, const std::vector<std::string>& docker, AccessLevel access,
                        const ContainerId& id, const LogOptions& options, const Deadline& deadline,
                        const Cancel& cancel) {
    auto result = session.exec(logRequest(docker, access, id, options), deadline, cancel);
    if (!result)
        return tl::unexpected(result.error());
    return parseLog(result->output, options);
}

} // namespace inodeck
