#include "core/restart/restart.h"

#include <limits>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/restart/act.h"
#include "core/restart/proof.h"
#include "core/restart/wait.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto AuditTimeout = 20s;
/// An intent of somebody else that is younger may still be at work.
constexpr auto IntentInProgress = 5min;

/// One run of plan > guard > intent > act > verify > outcome.
class Operation {
public:
    Operation(Scanner& scanner, AuditStore& store, const Clock& clock, const RestartPlan& plan,
              const RestartOrder& order, const Cancel& cancel,
              const std::function<void(const StepEvent&)>& onStep)
        : m_scanner(scanner)
        , m_store(store)
        , m_clock(clock)
        , m_plan(plan)
        , m_order(order)
        , m_cancel(cancel)
        , m_onStep(onStep)
        , m_opId(newUuid()) {}

    RestartResult run() {
        const HostScan now = m_scanner.scanHost(m_plan.host, m_cancel, {m_plan.container.id});
        m_before = now.rows;
        if (const std::string why = whyNot(now); !why.empty())
            return refuse(why);
        step(RestartStep::Guard, StepState::Passed,
             "The source is there, and the container is the one that was looked at.");
        step(RestartStep::Intent, StepState::Running, "Recording the intent in " + m_store.location() + ".");
        if (const auto why = recordIntent(); !why.empty())
            return {RestartStatus::NotRecorded, "Nothing was done: " + why, m_opId, {}};
        m_began = std::chrono::steady_clock::now();
        const std::string rival = somebodyElse();
        RestartResult result = rival.empty() ? actAndProve() : refusedByRival(rival);
        result.opId = m_opId;
        if (result.status != RestartStatus::Unknown)
            recordOutcome(result);
        return result;
    }

private:
    void step(RestartStep which, StepState state, std::string text) const {
        if (m_onStep)
            m_onStep({which, state, std::move(text)});
    }

    std::string whyNot(const HostScan& now) {
        step(RestartStep::Guard, StepState::Running, "Looking at the host and the container once more.");
        if (m_order.reason.find_first_not_of(" \t\r\n") == std::string::npos)
            return "a restart needs a reason.";
        if (m_plan.host.isProtected && !m_order.protectedConfirmed)
            return "this host is protected: confirm it by name (--yes-protected).";
        for (const GuardCheck& check : guard(m_plan, now))
            if (!check.passed)
                return check.detail;
        if (!m_order.evenIfInSync && !callForRestart(m_before))
            return "nothing calls for a restart: no mount of it is stale or changed.";
        if (m_cancel.requested())
            return "it was cancelled before anything was done.";
        return somebodyElse();
    }

    /// Of two that begin at once, the one whose intent is on record first goes on.
    std::string somebodyElse() const {
        const auto open = m_store.openIntents();
        if (!open)
            return {}; // ready() tells it better
        for (const OpenIntent& intent : *open)
            if (intent.draft.target.containerId == m_plan.container.id.hex() && intent.seq < m_intent &&
                m_clock.now() - intent.ts < IntentInProgress)
                return "a restart of it that began at " + formatRfc3339(intent.ts, 0) + " (by " +
                       printable(intent.draft.actor.account) +
                       ") has no outcome yet: wait, or run 'inodeck audit recover'.";
        return {};
    }

    RecordDraft draft(RecordType type) const {
        RecordDraft record;
        record.type = type;
        record.opId = m_opId;
        record.actor = m_order.actor;
        record.reason = m_order.reason;
        record.target = targetOf(m_plan);
        record.evidence = evidenceOf(m_before.empty() ? m_plan.rows : m_before);
        record.argv = argv();
        return record;
    }

    std::vector<std::string> argv() const { return restartArgv(m_plan, m_order.stopTimeout); }

    RestartResult refuse(const std::string& why) {
        step(RestartStep::Guard, StepState::Failed, why);
        RecordDraft record = draft(RecordType::Refused);
        record.result = AuditResult{};
        record.result->status = "refused";
        record.result->stderrTail = why;
        std::string text = "Refused, nothing was done: " + why;
        if (const auto ready = m_store.ready(); !ready)
            text += " (This refusal is not on record: " + ready.error().message + ")";
        else if (const auto kept = m_store.append(record, Deadline::after(AuditTimeout)); !kept)
            text += " (This refusal is not on record: " + kept.error().message + ")";
        return {RestartStatus::Refused, text, m_opId, {}};
    }

    RestartResult refusedByRival(const std::string& why) const {
        step(RestartStep::Restart, StepState::Failed, why);
        return {RestartStatus::Refused, "Refused, nothing was done: " + why, {}, {}};
    }

    /// Empty when the intent is durable.
    std::string recordIntent() {
        Result<void> ready = m_store.ready();
        std::string why = ready ? std::string{} : ready.error().message;
        if (why.empty()) {
            const auto kept = m_store.append(draft(RecordType::Intent), Deadline::after(AuditTimeout));
            why = kept ? std::string{} : kept.error().message;
            if (kept) {
                m_intent = kept->seq;
                step(RestartStep::Intent, StepState::Passed,
                     "Intent is record " + std::to_string(kept->seq) + ".");
            }
        }
        if (!why.empty())
            step(RestartStep::Intent, StepState::Failed, why);
        return why;
    }

    /// From here on a cancel only stops waiting; what was begun is followed to a known end.
    RestartResult actAndProve() {
        step(RestartStep::Restart, StepState::Running, shellJoin(redactedWords(argv())));
        if (auto failed = act())
            return *failed;
        step(RestartStep::Wait, StepState::Running, "Waiting until it is running and stays up.");
        // Without the command's answer its clean stop may still be going on.
        const auto timeout = m_order.healthTimeout + (m_exit ? 0s : m_order.stopTimeout);
        const WaitResult wait = waitUntilUp(m_scanner.sessions(), m_plan, timeout, m_cancel);
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

    RestartResult notUp(const WaitResult& wait) const {
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
                    "The container cannot be looked at any more, what became of it is not known (" +
                        wait.text + "). Run 'inodeck audit recover' when the host answers again.",
                    {},
                    {}};
        default:
            return {RestartStatus::Failed, it, {}, {}};
        }
    }

    /// nullopt: the command did not fail, or its end is not known and the container must be looked at.
    std::optional<RestartResult> act() {
        const auto answer = sendRestart(m_scanner.sessions(), m_plan, m_order.stopTimeout);
        if (!answer) {
            step(RestartStep::Restart, StepState::Failed,
                 answer.error().message + " Looking what became of it.");
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

    RestartResult prove() {
        step(RestartStep::Prove, StepState::Running, "Reading both sides of every mount again.");
        const Cancel never;
        HostScan after = m_scanner.scanHost(m_plan.host, never, {m_plan.container.id});
        std::string why =
            after.status == HostStatus::Ok ? unproven(m_before, after.rows) : after.error.message;
        if (why.empty()) {
            step(RestartStep::Prove, StepState::Passed, "Every mount is in sync.");
            return {RestartStatus::Verified,
                    "Restarted and proven: every mount is in sync.",
                    {},
                    std::move(after)};
        }
        step(RestartStep::Prove, StepState::Failed, why);
        std::string text = "Restarted, but not proven: " + why;
        if (!m_plan.container.service.empty())
            text +=
                " If it stays so, recreate it on the host: docker compose up -d --force-recreate --no-deps " +
                printable(m_plan.container.service);
        return {RestartStatus::StillStale, text, {}, std::move(after)};
    }

    AuditResult outcome(const RestartResult& result) const {
        AuditResult record;
        record.exitStatus = m_exit;
        record.status = toString(result.status);
        record.stderrTail = m_stderr;
        record.startedAt = m_last.startedAt;
        record.health = m_last.health;
        const auto took = std::chrono::steady_clock::now() - m_began;
        record.durationMs =
            static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
        if (const Row* worst = worstOf(result.after.rows)) {
            record.verdict = toString(worst->judgement.verdict);
            record.startedAt = worst->observation.container.startedAt;
            if (worst->observation.containerSide.facts)
                record.containerSha256 = worst->observation.containerSide.facts->sha256;
        }
        return record;
    }

    void recordOutcome(RestartResult& result) {
        step(RestartStep::Outcome, StepState::Running, "Recording the outcome.");
        RecordDraft record = draft(RecordType::Outcome);
        if (!result.after.rows.empty())
            record.evidence = evidenceOf(result.after.rows);
        record.result = outcome(result);
        const auto kept = m_store.append(record, Deadline::after(AuditTimeout));
        if (kept) {
            step(RestartStep::Outcome, StepState::Passed,
                 "Outcome is record " + std::to_string(kept->seq) + ".");
            return;
        }
        const auto spooled = m_store.spool(record);
        step(RestartStep::Outcome, StepState::Failed, kept.error().message);
        result.status = RestartStatus::OutcomeSpooled;
        result.text +=
            " The outcome could not be recorded: " + kept.error().message +
            (spooled ? " It waits in a spool file; nothing more is restarted until that is drained."
                     : " It could not be spooled either: " + spooled.error().message);
    }

    Scanner& m_scanner;
    AuditStore& m_store;
    const Clock& m_clock;
    const RestartPlan& m_plan;
    const RestartOrder& m_order;
    const Cancel& m_cancel;
    const std::function<void(const StepEvent&)>& m_onStep;
    std::string m_opId;
    std::vector<Row> m_before;
    std::uint64_t m_intent = std::numeric_limits<std::uint64_t>::max(); ///< seq of ours
    std::chrono::steady_clock::time_point m_began{};
    std::optional<int> m_exit;
    std::string m_stderr;
    ContainerState m_last;
};

} // namespace

Restarter::Restarter(Scanner& scanner, AuditStore& store, const Clock& clock)
    : m_scanner(scanner)
    , m_store(store)
    , m_clock(clock) {}

RestartResult Restarter::run(const RestartPlan& plan, const RestartOrder& order, const Cancel& cancel,
                             const std::function<void(const StepEvent&)>& onStep) {
    return Operation(m_scanner, m_store, m_clock, plan, order, cancel, onStep).run();
}

} // namespace inodeck
