#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/hex.h"
#include "core/base/text.h"
#include "core/probe/containers.h"
#include "core/probe/fields.h"
#include "core/probe/probe.h"
#include "core/probe/sides.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view Header = "inodeck-probe 1";

struct MountLine {
    ContainerId id;
    bool readOnly = false;
    std::string source;
    std::string destination;
};

struct Process {
    std::uint64_t ticks = 0; ///< start time of the pid in 1/100 s since boot; 0: not seen
    std::optional<std::uint64_t> ticksAgain;
};

/// All lines of one answer, before they are put together.
struct Answer {
    ProbeReport report;
    std::uint64_t uid = 1;
    bool bySudo = false;
    bool dockerFailed = false;
    std::optional<TimePoint> boot;
    std::map<ContainerId, Container> containers;
    std::vector<MountLine> mounts;
    std::vector<ContainerId> undescribed;
    std::map<ContainerId, Process> processes;
    SideRecords sides;
    bool complete = false;
};

/// "x6162" -> "ab"
std::optional<std::string> bytes(std::string_view field) {
    return field.starts_with('x') ? hexDecode(field.substr(1)) : std::nullopt;
}

bool takeUser(Answer& answer, std::string_view rest) {
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

/// "20.10.24 Engine,containerd," or podman's "4.3.1 Podman Engine,…".
bool takeRuntime(Answer& answer, std::string_view rest) {
    const auto words = bytes(rest);
    if (!words)
        return false;
    std::string_view view = *words;
    answer.report.runtime.version = nextWord(view);
    answer.report.runtime.name = view.find("Podman") != std::string_view::npos ? "podman" : "docker";
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
bool takeSystem(Answer& answer, std::string_view rest) {
    const auto words = bytes(rest);
    if (!words)
        return false;
    const std::size_t end = std::min(words->find(' '), words->size());
    answer.report.system.kernel = words->substr(0, end);
    answer.report.system.os = unquoted(std::string_view(*words).substr(std::min(end + 1, words->size())));
    return true;
}

/// "mount ID PID RUNNING RW xSOURCE xDESTINATION"
bool takeMount(Answer& answer, std::string_view rest) {
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
bool takeClock(Answer& answer, std::string_view rest) {
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
bool takeProcess(Answer& answer, std::string_view rest, bool again) {
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

bool takeContainer(Answer& answer, std::string_view rest) {
    auto container = parseContainer(rest);
    return container && answer.containers.emplace(container->id, *container).second;
}

bool takeUndescribed(Answer& answer, std::string_view rest) {
    const auto id = ContainerId::parse(rest);
    if (id)
        answer.undescribed.push_back(*id);
    return id.has_value();
}

bool takeNoDocker(Answer& answer, std::string_view rest, const char* what) {
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

bool takeLine(Answer& answer, std::string_view line) {
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

void settleAccess(Answer& answer) {
    Access& access = answer.report.access;
    if (answer.dockerFailed) {
        access.level = AccessLevel::None;
        access.missing += answer.uid == 0
                              ? " (is dockerd running, and is the docker command right for this host?)"
                              : " (grant the account passwordless sudo, or membership in the group docker.)";
        return;
    }
    if (answer.uid == 0) {
        access.level = answer.bySudo ? AccessLevel::Sudo : AccessLevel::Root;
        return;
    }
    access.level = AccessLevel::DockerGroup;
    access.missing = "The account may use Docker but is not root: containers are read by docker exec, which "
                     "needs a shell in "
                     "the image. Grant passwordless sudo to see every one.";
}

/// Facts of the container's process that Docker's own answer cannot know.
void settleProcess(const Answer& answer, Container& container) {
    const auto process = answer.processes.find(container.id);
    if (process != answer.processes.end() && answer.boot && process->second.ticks > 0)
        container.processStart = *answer.boot + 10ms * static_cast<std::int64_t>(process->second.ticks);
}

bool wasRaced(const Answer& answer, const Container& container) {
    if (!container.running)
        return false;
    const auto process = answer.processes.find(container.id);
    return process == answer.processes.end() || process->second.ticks == 0 ||
           process->second.ticksAgain != process->second.ticks;
}

Observation assemble(const Answer& answer, std::size_t number, const Container& container, bool raced) {
    const MountLine& mount = answer.mounts[number];
    Observation o;
    o.container = container;
    o.source = mount.source;
    o.destination = mount.destination;
    o.readOnly = mount.readOnly;
    o.mountRoot = answer.sides.mountRoot(number);
    o.hostSide = answer.sides.side(number, 'h');
    o.containerSide = container.running ? answer.sides.side(number, 'c') : Side{};
    if (raced) {
        o.containerSide = {};
        o.containerSide.problem = "the container restarted or ended while it was being read; scan again.";
    }
    const auto& host = o.hostSide.facts;
    const auto& inside = o.containerSide.facts;
    if (host && inside && answer.sides.deleted(number) && host->inode == inside->inode &&
        host->dev == inside->dev) {
        o.containerSide = {};
        o.containerSide.problem =
            "something else lies at its destination in the container than what was mounted.";
    }
    o.kind = inside ? inside->type : host ? host->type : FileType::Regular;
    return o;
}

/// Docker listed it and did not say what it is: a row of its own, for what is not seen is never good.
Observation unseen(const ContainerId& id) {
    Observation o;
    o.container.id = id;
    o.container.name = id.brief();
    o.container.running = true;
    o.hostSide.problem = "Docker did not describe the container; scan again.";
    o.containerSide.problem = o.hostSide.problem;
    return o;
}

Result<void> putTogether(Answer& answer) {
    ProbeReport& report = answer.report;
    std::set<ContainerId> raced;
    for (auto& [id, container] : answer.containers)
        settleProcess(answer, container);
    for (std::size_t i = 0; i < answer.mounts.size(); ++i) {
        const auto found = answer.containers.find(answer.mounts[i].id);
        if (found == answer.containers.end())
            return fail(ErrorCode::Protocol,
                        "The probe's answer has a mount of a container that it does not describe.");
        const bool isRaced = wasRaced(answer, found->second);
        if (isRaced)
            raced.insert(found->first);
        report.observations.push_back(assemble(answer, i, found->second, isRaced));
    }
    for (const ContainerId& id : answer.undescribed)
        report.observations.push_back(unseen(id));
    report.raced.assign(raced.begin(), raced.end());
    std::sort(report.observations.begin(), report.observations.end(),
              [](const Observation& a, const Observation& b) {
                  return std::tie(a.container.name, a.destination) <
                         std::tie(b.container.name, b.destination);
              });
    return {};
}

/// What a login shell printed before the header is not ours.
std::optional<std::string_view> afterHeader(std::string_view output) {
    for (std::size_t at = output.find(Header); at != std::string_view::npos;
         at = output.find(Header, at + 1)) {
        const bool lineBegins = at == 0 || output[at - 1] == '\n';
        const std::size_t end = at + Header.size();
        if (lineBegins && end < output.size() && output[end] == '\n')
            return output.substr(end + 1);
    }
    return std::nullopt;
}

} // namespace

Result<ProbeReport> parseProbe(std::string_view output) {
    const auto body = afterHeader(output);
    if (!body)
        return fail(ErrorCode::Protocol, "The answer is not the probe's: its first line is missing.");
    Answer answer;
    std::string_view left = *body;
    while (!left.empty() && !answer.complete) {
        const std::size_t end = left.find('\n');
        if (end == std::string_view::npos)
            break; // a line without an end was cut off
        const std::string_view line = left.substr(0, end);
        if (!takeLine(answer, line))
            return fail(ErrorCode::Protocol,
                        "The probe's answer has a malformed line: " + printable(line.substr(0, 80)));
        left.remove_prefix(end + 1);
    }
    if (!answer.complete)
        return fail(ErrorCode::Protocol, "The probe's answer was cut off before its end; scan again.");
    settleAccess(answer);
    if (auto done = putTogether(answer); !done)
        return tl::unexpected(done.error());
    return std::move(answer.report);
}

} // namespace inodeck
