#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/text.h"
#include "core/probe/answer.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view Header = "inodeck-probe 1";

void settleAccess(ProbeAnswer& answer) {
    Access& access = answer.report.access;
    access.root = answer.uid == 0;
    if (answer.dockerFailed) {
        access.level = AccessLevel::None;
        // Why it does not answer is not known: the account may have the group already.
        access.missing +=
            access.root ? " (is dockerd running, and is the docker command right for this host?)"
                        : " (is dockerd running, and is the docker command right for this account? If so, "
                          "grant it passwordless sudo, or membership in the group docker.)";
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
void settleProcess(const ProbeAnswer& answer, Container& container) {
    const auto process = answer.processes.find(container.id);
    if (process != answer.processes.end() && answer.boot && process->second.ticks > 0)
        container.processStart = *answer.boot + 10ms * static_cast<std::int64_t>(process->second.ticks);
}

bool wasRaced(const ProbeAnswer& answer, const Container& container) {
    if (!container.running)
        return false;
    const auto process = answer.processes.find(container.id);
    return process == answer.processes.end() || process->second.ticks == 0 ||
           process->second.ticksAgain != process->second.ticks;
}

Observation assemble(const ProbeAnswer& answer, std::size_t number, const Container& container, bool raced) {
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

Result<void> putTogether(ProbeAnswer& answer) {
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
    ProbeAnswer answer;
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
