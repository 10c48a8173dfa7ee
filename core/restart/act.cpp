#include "core/restart/act.h"

#include "core/base/text.h"
#include "core/probe/docker_command.h"

namespace inodeck {

Result<ExecResult> sendRestart(SessionPool& sessions, const RestartPlan& plan,
                               std::chrono::seconds stopTimeout) {
    const Cancel never;
    const Deadline deadline = Deadline::after(stopTimeout + std::chrono::seconds{60});
    ExecRequest request;
    request.command = dockerCommandLine(plan.host.docker, plan.access.level,
                                        restartArguments(plan.container.id, stopTimeout));
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

} // namespace inodeck
