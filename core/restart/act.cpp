#include "core/restart/act.h"

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/probe/docker_command.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto ValidateTimeout = 60s;

std::string commandLine(const RestartPlan& plan, const RestartOrder& order) {
    if (order.command.empty())
        return dockerCommandLine(plan.host.docker, plan.access.level,
                                 restartArguments(plan.container.id, order.stopTimeout));
    return dockerCommandLine(order.command, plan.access.level, {});
}

/// The last words of a command that failed: tools complain on either stream.
std::string lastWords(const ExecResult& answer) {
    const bool blank = answer.error.find_first_not_of(" \t\r\n") == std::string::npos;
    const std::string text = redacted(blank ? answer.output : answer.error, std::size_t{64} << 10);
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    if (end == std::string::npos)
        return "it said nothing.";
    const std::size_t begin = end > 400 ? end - 400 : 0;
    return (begin ? "…" : "") + printable(text.substr(begin, end - begin + 1));
}

} // namespace

Result<ExecResult> sendRestart(SessionPool& sessions, const RestartPlan& plan, const RestartOrder& order) {
    const Cancel never;
    // A command of the service's own may wait for it to be healthy.
    const auto more = order.command.empty() ? 0s : order.healthTimeout;
    const Deadline deadline = Deadline::after(order.stopTimeout + 60s + more);
    ExecRequest request;
    request.command = commandLine(plan, order);
    request.maxOutput = std::size_t{1} << 20;
    Result<ExecResult> answer = fail(ErrorCode::Internal, "not sent");
    const auto done = sessions.with(plan.host, deadline, never, false, [&](Session& session) -> Result<void> {
        answer = session.exec(request, deadline, never);
        return answer ? Result<void>{} : tl::unexpected(answer.error());
    });
    if (!done)
        return tl::unexpected(done.error());
    if (answer->exitStatus < 0)
        return fail(ErrorCode::Disconnected,
                    "The restart command on " + printable(plan.host.name) + " ended without an exit status.");
    return answer;
}

Validation validate(SessionPool& sessions, const RestartPlan& plan, const RestartOrder& order,
                    const Cancel& cancel) {
    const Deadline deadline = Deadline::after(ValidateTimeout);
    ExecRequest request;
    request.command = dockerCommandLine(order.validate, plan.access.level, {});
    request.maxOutput = std::size_t{1} << 20;
    Validation validation;
    const auto done =
        sessions.with(plan.host, deadline, cancel, false, [&](Session& session) -> Result<void> {
            const auto answer = session.exec(request, deadline, cancel);
            if (!answer)
                return tl::unexpected(answer.error());
            validation.exitStatus = answer->exitStatus;
            validation.passed = answer->exitStatus == 0;
            if (!validation.passed)
                validation.why = "its validate command failed (exit " + std::to_string(answer->exitStatus) +
                                 "): " + lastWords(*answer);
            return {};
        });
    if (!done)
        validation.why = "its validate command could not be run to its end: " + done.error().message;
    return validation;
}

} // namespace inodeck
