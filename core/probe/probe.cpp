#include "core/probe/probe.h"

#include <algorithm>
#include <semaphore>
#include <set>
#include <thread>

#include "core/base/text.h"
#include "core/probe/request.h"

namespace inodeck {

namespace {

constexpr int RacedRetries = 2;

/// The last words on stderr, for a sentence.
std::string tail(const std::string& text) {
    const std::size_t keep = 300;
    std::string end = text.size() > keep ? text.substr(text.size() - keep) : text;
    while (!end.empty() && (end.back() == '\n' || end.back() == '\r'))
        end.pop_back();
    return printable(end);
}

Result<std::string> run(Session& session, const ExecRequest& request, const Deadline& deadline,
                        const Cancel& cancel) {
    auto result = session.exec(request, deadline, cancel);
    if (!result)
        return tl::unexpected(result.error());
    if (result->output.find("inodeck-probe ") == std::string::npos)
        return fail(ErrorCode::Protocol,
                    "The probe did not run there (is the login shell a real shell?): " +
                        (result->error.empty() ? "it said nothing." : tail(result->error)));
    return std::move(result->output);
}

/// Dozens of hosts answer at once: a core is left to whoever waits for the window.
class Turn {
public:
    Turn() { all().acquire(); }
    ~Turn() { all().release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    static std::counting_semaphore<>& all() {
        static std::counting_semaphore<> semaphore(std::max(2U, std::thread::hardware_concurrency()) - 1);
        return semaphore;
    }
};

Result<ProbeReport> probeOnce(Session& session, const ProbeOptions& options, const Deadline& deadline,
                              const Cancel& cancel) {
    auto output = run(session, probeRequest(options), deadline, cancel);
    if (!output)
        return tl::unexpected(output.error());
    const Turn turn;
    return parseProbe(*output);
}

/// Puts a second look at some containers in the place of the first.
void replaceRows(ProbeReport& report, ProbeReport again) {
    const std::set<ContainerId> looked(report.raced.begin(), report.raced.end());
    std::erase_if(report.observations, [&](const Observation& o) { return looked.contains(o.container.id); });
    std::move(again.observations.begin(), again.observations.end(), std::back_inserter(report.observations));
    std::sort(report.observations.begin(), report.observations.end(),
              [](const Observation& a, const Observation& b) {
                  return std::tie(a.container.name, a.destination) <
                         std::tie(b.container.name, b.destination);
              });
    report.raced = std::move(again.raced);
}

} // namespace

std::string_view toString(AccessLevel level) {
    switch (level) {
    case AccessLevel::Root:
        return "root";
    case AccessLevel::Sudo:
        return "sudo";
    case AccessLevel::DockerGroup:
        return "docker_group";
    case AccessLevel::None:
        break;
    }
    return "none";
}

Result<ProbeReport> probe(Session& session, const ProbeOptions& options, const Deadline& deadline,
                          const Cancel& cancel) {
    auto report = probeOnce(session, options, deadline, cancel);
    for (int i = 0; i < RacedRetries && report && !report->raced.empty(); ++i) {
        ProbeOptions again = options;
        again.only = report->raced;
        auto second = probeOnce(session, again, deadline, cancel);
        if (!second)
            return second;
        if (second->access.level == AccessLevel::None)
            break; // Docker answers no more: what is unknown stays so
        replaceRows(*report, std::move(*second));
    }
    return report;
}

Result<SideContent> readSide(Session& session, const ProbeOptions& options, const Observation& observation,
                             SideName side, std::uint64_t limit, const Deadline& deadline,
                             const Cancel& cancel) {
    const ExecRequest request = readRequest(options, observation, side, limit);
    auto result = session.exec(request, deadline, cancel);
    if (!result)
        return tl::unexpected(result.error());
    static constexpr std::string_view Marker = "\ncontent\n";
    const std::size_t at = result->output.find(Marker);
    const std::string what = side == SideName::Host
                                 ? printable(observation.source) + " on the host"
                                 : printable(observation.destination) + " in the container";
    if (at == std::string::npos || result->exitStatus != 0)
        return fail(ErrorCode::NotFound,
                    "The content of " + what +
                        " could not be read: it is gone, no regular file, or not permitted.");
    SideContent content{result->output.substr(at + Marker.size()), false};
    if (content.bytes.size() > limit) {
        content.bytes.resize(limit);
        content.truncated = true;
    }
    return content;
}

} // namespace inodeck
