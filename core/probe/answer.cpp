#include "core/probe/answer.h"

#include "core/base/hex.h"
#include "core/base/text.h"
#include "core/probe/containers.h"
#include "core/probe/fields.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

/// "x6162" -> "ab"
std::optional<std::string> bytes(std::string_view field) {
    return field.starts_with('x') ? hexDecode(field.substr(1)) : std::nullopt;
}

bool takeUser(ProbeAnswer& answer, std::string_view rest) {
    const auto uid = toNumber<std::uint64_t>(nextWord(rest));
    const std::string_view sudo = nextWord(rest);
    const auto name = bytes(rest);
    if (!uid || !name)
        return false;
    answer.uid = *uid;
    answer.bySudo = sudo == "1";
    answer.report.access.user = *name;
    return true;
}

/// "20.10.24 Engine,containerd," or podman's "4.3.1 Podman Engine,…"; nothing where no engine has answered.
bool takeRuntime(ProbeAnswer& answer, std::string_view rest) {
    const auto words = bytes(rest);
    if (!words)
        return false;
    std::string_view view = *words;
    Runtime& runtime = answer.report.runtime;
    runtime.version = nextWord(view);
    if (!runtime.version.empty())
        runtime.name = view.find("Podman") != std::string_view::npos ? "podman" : "docker";
    return true;
}

/// Quotes and backslashes as the shell, which os-release is written for, would take them.
std::string unquoted(std::string_view text) {
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
        out += text[i];
    }
    return out;
}

/// The kernel's release, a blank, the value of PRETTY_NAME.
bool takeSystem(ProbeAnswer& answer, std::string_view rest) {
    const auto words = bytes(rest);
    if (!words)
        return false;
    const std::size_t end = std::min(words->find(' '), words->size());
    answer.report.system.kernel = words->substr(0, end);
    answer.report.system.os = unquoted(std::string_view(*words).substr(std::min(end + 1, words->size())));
    return true;
}

/// "mount ID PID RUNNING RW xSOURCE xDESTINATION"
bool takeMount(ProbeAnswer& answer, std::string_view rest) {
    const auto id = ContainerId::parse(nextWord(rest));
    nextWord(rest);
    nextWord(rest);
    const std::string_view writable = nextWord(rest);
    const auto source = bytes(nextWord(rest));
    const auto destination = bytes(rest);
    if (!id || (writable != "true" && writable != "false") || !source || !destination)
        return false;
    answer.mounts.push_back({*id, writable == "false", *source, *destination});
    return true;
}

/// "clock 1795525136.430034909 8931.93": now, and seconds since boot (in 1/100, hence one of them is added).
bool takeClock(ProbeAnswer& answer, std::string_view rest) {
    const std::string_view now = nextWord(rest);
    const std::size_t dot = std::min(now.find('.'), now.size());
    const auto seconds = toNumber<std::int64_t>(now.substr(0, dot));
    const auto nanos = toNumber<std::uint32_t>(now.substr(std::min(dot + 1, now.size())));
    const std::size_t point = rest.find('.');
    if (!seconds || point == std::string_view::npos || *seconds < 0 || *seconds > 7'000'000'000)
        return false;
    const auto up = toNumber<std::uint32_t>(rest.substr(0, point));
    const auto hundredths = toNumber<std::uint32_t>(rest.substr(point + 1));
    if (!up || !hundredths || *hundredths > 99)
        return false;
    const auto uptime = std::chrono::seconds{*up} + 10ms * *hundredths + 10ms;
    const auto fraction = std::chrono::nanoseconds{nanos && *nanos < 1'000'000'000 ? *nanos : 0};
    answer.report.system.uptime = std::chrono::seconds{*up};
    answer.boot = TimePoint{std::chrono::seconds{*seconds} + fraction - uptime};
    return true;
}

/// "proc ID PID STARTTIME OK" and "again ID STARTTIME"
bool takeProcess(ProbeAnswer& answer, std::string_view rest, bool again) {
    const auto id = ContainerId::parse(nextWord(rest));
    if (!again)
        nextWord(rest);
    const auto ticks = toNumber<std::uint64_t>(nextWord(rest));
    if (!id || !ticks || *ticks > 1'000'000'000'000)
        return false;
    if (again)
        answer.processes[*id].ticksAgain = *ticks;
    else
        answer.processes[*id].ticks = *ticks;
    return true;
}

bool takeContainer(ProbeAnswer& answer, std::string_view rest) {
    auto container = parseContainer(rest);
    return container && answer.containers.emplace(container->id, *container).second;
}

bool takeUndescribed(ProbeAnswer& answer, std::string_view rest) {
    const auto id = ContainerId::parse(rest);
    if (id)
        answer.undescribed.push_back(*id);
    return id.has_value();
}

bool takeNoDocker(ProbeAnswer& answer, std::string_view rest, const char* what) {
    const auto words = bytes(rest);
    if (!words)
        return false;
    answer.dockerFailed = true;
    std::string said = printable(*words);
    while (said.ends_with("\\n"))
        said.resize(said.size() - 2);
    answer.report.access.missing = std::string(what) + said;
    return true;
}

} // namespace

bool takeLine(ProbeAnswer& answer, std::string_view line) {
    std::string_view rest = line;
    const std::string_view word = nextWord(rest);
    if (word == "@") // how far the probe had come: its own business
        return true;
    if (word.size() == 1)
        return answer.sides.take(line);
    if (word == "container")
        return takeContainer(answer, rest);
    if (word == "mount")
        return takeMount(answer, rest);
    if (word == "proc" || word == "again")
        return takeProcess(answer, rest, word == "again");
    if (word == "user")
        return takeUser(answer, rest);
    if (word == "runtime")
        return takeRuntime(answer, rest);
    if (word == "system")
        return takeSystem(answer, rest);
    if (word == "clock")
        return takeClock(answer, rest);
    if (word == "machine") {
        answer.report.machineId = bytes(rest).value_or("");
        return true;
    }
    if (word == "no_docker")
        return takeNoDocker(answer, rest, "Docker could not be asked: ");
    if (word == "no_inspect")
        return takeNoDocker(answer, rest, "Docker could not describe its containers: ");
    if (word == "undescribed")
        return takeUndescribed(answer, rest);
    if (word == "end") { // with the number of mounts: none was lost
        answer.complete = toNumber<std::size_t>(rest) == answer.mounts.size() &&
                          answer.sides.numbersEndBelow(answer.mounts.size());
        return answer.complete;
    }
    return word.empty();
}

} // namespace inodeck
