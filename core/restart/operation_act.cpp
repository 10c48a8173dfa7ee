#include <algorithm>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/restart/act.h"
#include "core/restart/operation.h"
#include "core/restart/proof.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto AuditTimeout = 20s;

std::vector<Row> rowsOf(std::vector<Row> rows, const std::vector<std::string>& destinations) {
    if (!destinations.empty())
        std::erase_if(rows, [&](const Row& row) {
            return std::find(destinations.begin(), destinations.end(), row.observation.destination) ==
                   destinations.end();
        });
    return rows;
}

/// "every mount is in sync." and never more than that is known of.
std::string provenWords(const std::vector<std::string>& left, const std::string& noun) {
    if (left.empty())
        return "every " + noun + " is in sync.";
    std::string names;
    for (const std::string& name : left)
        names += (names.empty() ? "" : ", ") + name;
    return "every " + noun + " that can be read is in sync. Unknown, as before the restart: " + names + ".";
}

} // namespace

/// From here on a cancel only stops waiting; what was begun is followed to a known end.
RestartResult Operation::actAndProve() {
    step(RestartStep::Restart, StepState::Running,
         printable(shellJoin(redactedWords(restartArgv(m_plan, m_order)))));
    if (auto failed = act())
        return *failed;
    step(RestartStep::Wait, StepState::Running, "Waiting until it is running and stays up.");
    // Without the command's answer its clean stop may still be going on.
    const auto timeout = m_order.healthTimeout + (m_exit ? 0s : m_order.stopTimeout);
    // A command of the service's own may make a new container in the place of this one.
    const Subject subject = m_order.command.empty() ? Subject::SameId : Subject::SameName;
    const WaitResult wait = waitUntilUp(m_scanner.sessions(), m_plan, subject, timeout, m_cancel);
    m_last = wait.last;
    if (wait.end == WaitResult::End::Up) {
        step(RestartStep::Wait, StepState::Passed,
             wait.last.health.empty() ? "It is running."
                                      : "It is running and " + printable(wait.last.health) + ".");
        return prove();
    }
    step(RestartStep::Wait, StepState::Failed, wait.text);
    return notUp(wait);
}

RestartResult Operation::notUp(const WaitResult& wait) const {
    const std::string it = (m_exit ? "The restart command succeeded, but "
                                   : "The answer of the restart command was lost; of the container: ") +
                           wait.text + ".";
    switch (wait.end) {
    case WaitResult::End::Unhealthy:
        return {RestartStatus::Unhealthy, it, {}, {}};
    case WaitResult::End::TimedOut:
    case WaitResult::End::Stopped:
        return {RestartStatus::TimedOut, it, {}, {}};
    case WaitResult::End::Lost:
        return {RestartStatus::Unknown,
                "The container cannot be looked at any more, what became of it is not known (" + wait.text +
                    "). Run 'inodeck audit recover' when the host answers again.",
                {},
                {}};
    default:
        return {RestartStatus::Failed, it, {}, {}};
    }
}

/// nullopt: the command did not fail, or its end is not known and the container must be looked at.
std::optional<RestartResult> Operation::act() {
    const auto answer = sendRestart(m_scanner.sessions(), m_plan, m_order);
    if (!answer) {
        step(RestartStep::Restart, StepState::Failed, answer.error().message + " Looking what became of it.");
        return std::nullopt;
    }
    m_exit = answer->exitStatus;
    m_stderr = redacted(answer->error, 2000);
    if (answer->exitStatus == 0) {
        step(RestartStep::Restart, StepState::Passed, "The restart command succeeded.");
        return std::nullopt;
    }
    const std::string said = printable(m_stderr.substr(0, 400));
    step(RestartStep::Restart, StepState::Failed, said);
    return RestartResult{RestartStatus::Failed,
                         "The restart command failed (exit " + std::to_string(answer->exitStatus) +
                             "): " + said,
                         {},
                         {}};
}

RestartResult Operation::prove() {
    step(RestartStep::Prove, StepState::Running, "Reading both sides of every mount again.");
    const Cancel never;
    const ContainerId id = m_last.id.value_or(m_plan.container.id);
    HostScan after = m_scanner.scanHost(m_plan.host, never, {id});
    const std::vector<Row> proof = rowsOf(after.rows, m_order.destinations);
    const std::string why = after.status == HostStatus::Ok ? unproven(m_before, proof) : after.error.message;
    if (why.empty()) {
        const std::vector<std::string> left = unread(proof);
        const std::string what = provenWords(left, m_order.destinations.empty() ? "mount" : "config of it");
        step(RestartStep::Prove, StepState::Passed, "E" + what.substr(1));
        return {RestartStatus::Verified, "Restarted and proven: " + what, {}, std::move(after), left};
    }
    step(RestartStep::Prove, StepState::Failed, why);
    std::string text = "Restarted, but not proven: " + why;
    if (!m_plan.container.service.empty() && m_order.command.empty())
        text += " If it stays so, have compose make a new container: inodeck restart … --recreate.";
    return {RestartStatus::StillStale, text, {}, std::move(after)};
}

AuditResult Operation::outcome(const RestartResult& result) const {
    AuditResult record;
    record.exitStatus = m_exit;
    record.status = toString(result.status);
    record.stderrTail = m_stderr;
    record.startedAt = m_last.startedAt;
    record.health = m_last.health;
    const auto took = std::chrono::steady_clock::now() - m_began;
    record.durationMs =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
    const std::vector<Row> proof = rowsOf(result.after.rows, m_order.destinations);
    if (const Row* worst = worstOf(proof)) {
        record.verdict = toString(worst->judgement.verdict);
        const Container& proven = worst->observation.container;
        record.startedAt = proven.startedAt;
        if (proven.id != m_plan.container.id)
            record.containerId = proven.id.hex();
        if (worst->observation.containerSide.facts)
            record.containerSha256 = worst->observation.containerSide.facts->sha256;
    }
    return record;
}

void Operation::recordOutcome(RestartResult& result) {
    step(RestartStep::Outcome, StepState::Running, "Recording the outcome.");
    const std::vector<Row>& proof = result.after.rows;
    RecordDraft record = proof.empty() ? draft(RecordType::Outcome) : draft(RecordType::Outcome, proof);
    record.result = outcome(result);
    const auto kept = m_store.append(record, Deadline::after(AuditTimeout));
    if (kept) {
        step(RestartStep::Outcome, StepState::Passed, "Outcome is record " + std::to_string(kept->seq) + ".");
        return;
    }
    const auto spooled = m_store.spool(record);
    step(RestartStep::Outcome, StepState::Failed, kept.error().message);
    result.status = RestartStatus::OutcomeSpooled;
    result.text += " The outcome could not be recorded: " + kept.error().message +
                   (spooled ? " It waits in a spool file; nothing more is restarted until that is drained."
                            : " It could not be spooled either: " + spooled.error().message);
}

} // namespace inodeck
