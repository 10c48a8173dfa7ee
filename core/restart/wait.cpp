#include "core/restart/wait.h"

#include <algorithm>

#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
using End = WaitResult::End;

std::string unfinished(const ContainerState& state, bool restarted) {
    if (!restarted)
        return "it has not been started again";
    if (!state.running)
        return "it is " + (state.status.empty() ? std::string("not running") : printable(state.status));
    return state.health == "starting" ? "its healthcheck is still starting" : "it keeps restarting";
}

/// A verdict on one look; nullopt: look again.
std::optional<WaitResult> settled(const ContainerState& now, const ContainerState& before, bool restarted) {
    if (!restarted)
        return std::nullopt;
    if (now.health == "unhealthy")
        return WaitResult{End::Unhealthy, now, "its healthcheck says unhealthy"};
    if (now.restarting || now.restartCount > before.restartCount)
        return WaitResult{End::Failed, now, "it ended right after its start, and Docker keeps restarting it"};
    if (!now.running && (now.status == "exited" || now.status == "dead"))
        return WaitResult{End::Failed, now, "it ended right after its start"};
    const bool steady = now.running && before.running && now.startedAt == before.startedAt;
    if (steady && (now.health.empty() || now.health == "healthy"))
        return WaitResult{End::Up, now, {}};
    return std::nullopt;
}

} // namespace

WaitResult waitUntilUp(SessionPool& sessions, const RestartPlan& plan, Subject subject,
                       std::chrono::seconds timeout, const Cancel& cancel) {
    const Deadline deadline = Deadline::after(timeout);
    std::optional<ContainerState> before;
    std::string lost;
    for (auto step = 500ms; !deadline.passed();
         step = std::min<std::chrono::milliseconds>(step * 3 / 2, 2000ms)) {
        // The last look gets its time too: one that is cut short says nothing.
        auto now =
            lookAt(sessions, plan, subject,
                   Deadline::after(std::clamp<std::chrono::milliseconds>(deadline.left(), 5s, 15s)), cancel);
        if (now) {
            const bool restarted = now->startedAt && now->startedAt != plan.container.startedAt;
            if (!before)
                before = *now;
            else if (auto result = settled(*now, *before, restarted))
                return *result;
            before = *now;
            lost.clear();
        } else if (cancel.requested()) {
            return {End::Stopped, before.value_or(ContainerState{}), "the operator stopped waiting for it"};
        } else if (now.error().code == ErrorCode::CommandFailed || !now.error().transient()) {
            return {End::Lost, before.value_or(ContainerState{}), now.error().message};
        } else {
            lost = now.error().message;
        }
        cancel.waitFor(std::min<std::chrono::milliseconds>(step, deadline.left()));
    }
    if (!before || !lost.empty()) // what was seen before the connection went may not be so any more
        return {End::Lost, before.value_or(ContainerState{}), lost};
    const bool restarted = before->startedAt != plan.container.startedAt;
    return {restarted ? End::TimedOut : End::Failed, *before, unfinished(*before, restarted)};
}

} // namespace inodeck
