#include "core/restart/container_state.h"

#include <charconv>
#include <sstream>

#include "core/base/text.h"
#include "core/probe/docker_command.h"

namespace inodeck {

namespace {

constexpr const char* Format =
    "state {{.State.Status}} {{.State.Running}} {{.State.Restarting}} "
    "{{json .State.StartedAt}} {{.RestartCount}} id={{.ID}} {{with .State.Health}}{{.Status}}{{end}}";

std::string tail(const std::string& text) {
    return printable(text.size() > 300 ? text.substr(text.size() - 300) : text);
}

} // namespace

Result<ContainerState> parseContainerState(const std::string& line) {
    std::istringstream words(line.substr(0, line.find('\n')));
    std::string marker, running, restarting, started;
    ContainerState state;
    words >> marker >> state.status >> running >> restarting >> started >> state.restartCount;
    if (!words || marker != "state" || started.size() < 2)
        return fail(ErrorCode::Protocol,
                    "docker inspect gave an answer that is not understood: " + tail(line));
    for (std::string word; words >> word;) {
        if (word.starts_with("id="))
            state.id = ContainerId::parse(std::string_view(word).substr(3));
        else
            state.health = word;
    }
    state.running = running == "true";
    state.restarting = restarting == "true";
    state.startedAt = parseRfc3339(std::string_view(started).substr(1, started.size() - 2));
    return state;
}

Result<ContainerState> lookAt(SessionPool& sessions, const RestartPlan& plan, Subject subject,
                              const Deadline& deadline, const Cancel& cancel) {
    const std::string& what = subject == Subject::SameId ? plan.container.id.hex() : plan.container.name;
    ExecRequest request;
    request.command = dockerCommandLine(plan.host.docker, plan.access.level,
                                        {"inspect", "--type", "container", "--format", Format, "--", what});
    request.maxOutput = std::size_t{64} << 10;
    Result<ContainerState> state = fail(ErrorCode::Internal, "not asked");
    auto done = sessions.with(plan.host, deadline, cancel, true, [&](Session& session) -> Result<void> {
        auto answer = session.exec(request, deadline, cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->exitStatus != 0)
            return fail(ErrorCode::CommandFailed, "docker inspect failed: " + tail(answer->error));
        state = parseContainerState(answer->output);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return state;
}

} // namespace inodeck
