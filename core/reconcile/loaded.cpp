#include "core/reconcile/loaded.h"

#include <QJsonDocument>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/probe/docker_command.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto Timeout = 15s;
constexpr std::size_t MaxAnswer = std::size_t{4} << 20;
/// $1 is the URL. The VM's proxies are not for its own services.
constexpr const char* Fetch = R"SH(
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
if command -v curl >/dev/null 2>&1; then exec curl -fsS --globoff --proto =http,https --max-time 10 -- "$1"
elif command -v wget >/dev/null 2>&1; then
    # -T of Debian's busybox is a segmentation fault.
    ! timeout 10 true 2>/dev/null || set -- "$1" timeout 10
    exec ${2:+"$2" "$3"} wget -q -O - -- "$1"
else echo "neither curl nor wget is installed there" >&2; exit 127; fi
)SH";

ExecRequest fetching(const std::string& url) {
    ExecRequest request;
    request.command = "exec sh -s";
    request.input = "main() {" + std::string(Fetch) + "}\nmain " + shellQuote(url) + "\n";
    return request;
}

ExecRequest running(const std::string& command) {
    ExecRequest request;
    request.command = command;
    return request;
}

/// In the container, which reads the file that a reload would read.
std::string wouldLoad(const LoadedCheck& check, const Host& host, AccessLevel level, const Observation& o) {
    if (!check.command.empty())
        return dockerCommandLine(check.command, level, {});
    return dockerCommandLine(host.docker, level,
                             {"exec", o.container.id.hex(), "caddy", "adapt", "--config", o.destination});
}

Result<std::string> ask(Session& session, ExecRequest request, const Deadline& deadline,
                        const Cancel& cancel) {
    request.maxOutput = MaxAnswer;
    auto answer = session.exec(request, deadline, cancel);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->exitStatus == 0)
        return std::move(answer->output);
    const std::string said = printable(redacted(answer->error.substr(0, answer->error.find('\n')), 200));
    return fail(ErrorCode::CommandFailed, "exit " + std::to_string(answer->exitStatus) +
                                              (said.empty() ? ", without a word." : ": " + said));
}

std::string firstWord(const std::string& text) {
    std::string word;
    std::istringstream(text.substr(0, 4096)) >> word;
    return word;
}

std::optional<double> number(std::string_view word) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

LoadedAnswer unanswered(std::string how) {
    return {Loaded::Unanswered, std::move(how)};
}

LoadedAnswer judgeTime(std::optional<double> seconds, const Facts& host) {
    if (!seconds || *seconds <= 0 || *seconds > 7.2e9)
        return unanswered("it gave no time.");
    const TimePoint loaded{std::chrono::nanoseconds{std::llround(*seconds * 1e9)}};
    const bool later = loaded > host.ctime + ClockGranularity;
    return {later ? Loaded::Yes : Loaded::No, "it loaded its config at " + formatRfc3339(loaded, 3) +
                                                  ", and the file changed at " +
                                                  formatRfc3339(host.ctime, 3) + "."};
}

LoadedAnswer judgeMetric(const LoadedCheck& check, const std::string& answer, const Facts& host) {
    if (!check.success.empty()) {
        const std::vector<double> successes = metricValues(answer, check.success);
        if (successes.empty())
            return unanswered("the metric " + printable(check.success) + " is not there.");
        if (std::any_of(successes.begin(), successes.end(), [](double value) { return value != 1.0; }))
            return {Loaded::No, "its last attempt to load failed (" + printable(check.success) + ")."};
    }
    const std::vector<double> times = metricValues(answer, check.metric);
    if (times.empty())
        return unanswered("the metric " + printable(check.metric) + " is not there.");
    return judgeTime(*std::min_element(times.begin(), times.end()), host);
}

/// As values: order and blanks do not count.
LoadedAnswer judgeJson(const LoadedText& answer) {
    const auto parsed = [](const std::string& text) {
        return QJsonDocument::fromJson(QByteArray::fromStdString(text));
    };
    const QJsonDocument loaded = parsed(answer.loaded);
    const QJsonDocument would = parsed(answer.wouldLoad);
    if (loaded.isNull() || would.isNull())
        return unanswered(loaded.isNull() ? "what it has loaded came as no JSON."
                                          : "what it would load now came as no JSON.");
    const bool same = loaded == would;
    return {same ? Loaded::Yes : Loaded::No, same ? "it has loaded what it would load now."
                                                  : "it has loaded something else than it would load now."};
}

} // namespace

std::vector<double> metricValues(const std::string& text, const std::string& metric) {
    std::vector<double> values;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(metric) || line.size() == metric.size())
            continue;
        std::size_t at = metric.size();
        if (line[at] == '{') // a label's value may hold any character but a bare quote
            for (bool quoted = false; at < line.size() && (quoted || line[at] != '}'); ++at) {
                if (quoted && line[at] == '\\')
                    ++at;
                else if (line[at] == '"')
                    quoted = !quoted;
            }
        else if (line[at] != ' ' && line[at] != '\t')
            continue; // a longer name
        if (const auto value = number(at < line.size() ? firstWord(line.substr(at + 1)) : ""))
            values.push_back(*value);
    }
    return values;
}

Result<LoadedText> askLoaded(SessionPool& sessions, const Host& host, AccessLevel level,
                             const LoadedCheck& check, const Observation& o, const Cancel& cancel) {
    const Deadline deadline = Deadline::after(Timeout);
    LoadedText text;
    const auto done = sessions.with(host, deadline, cancel, true, [&](Session& session) -> Result<void> {
        auto loaded = ask(session,
                          check.url.empty() ? running(dockerCommandLine(check.command, level, {}))
                                            : fetching(check.url),
                          deadline, cancel);
        if (!loaded)
            return tl::unexpected(loaded.error());
        text.loaded = std::move(*loaded);
        if (check.answer != LoadedCheck::Answer::Json)
            return {};
        auto would = ask(session, running(wouldLoad(check, host, level, o)), deadline, cancel);
        if (!would)
            return tl::unexpected(would.error());
        text.wouldLoad = std::move(*would);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return text;
}

LoadedAnswer judgeLoaded(const LoadedCheck& check, const LoadedText& text, const Facts& host) {
    const std::string& answer = text.loaded;
    switch (check.answer) {
    case LoadedCheck::Answer::LoadedAt:
        return check.metric.empty() ? judgeTime(number(firstWord(answer)), host)
                                    : judgeMetric(check, answer, host);
    case LoadedCheck::Answer::Sha256: {
        const auto hash = Sha256::fromHex(firstWord(answer));
        if (!hash || !host.sha256)
            return unanswered(hash ? "the file on the host was not hashed." : "it gave no SHA-256 hash.");
        const bool same = *hash == *host.sha256;
        return {same ? Loaded::Yes : Loaded::No,
                same ? "it loaded what the file holds." : "it loaded something else than the file holds."};
    }
    case LoadedCheck::Answer::Json:
        return judgeJson(text);
    case LoadedCheck::Answer::Contains:
        break;
    }
    const bool there = !check.expect.empty() && answer.find(check.expect) != std::string::npos;
    return {there ? Loaded::Yes : Loaded::No,
            there ? "its answer holds what is expected." : "its answer does not hold what is expected."};
}

} // namespace inodeck
