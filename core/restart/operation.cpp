#include "core/restart/operation.h"

#include <algorithm>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/restart/act.h"
#include "core/restart/proof.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
constexpr auto AuditTimeout = 20s;
/// An intent of somebody else that is younger may still be at work.
constexpr auto IntentInProgress = 5min;

/// The rows once more in the light of what the process is known to have started with.
std::vector<Row> judgedBy(std::vector<Row> rows, const std::map<std::string, Sha256>& baselines) {
    for (Row& row : rows)
        if (const auto known = baselines.find(row.observation.destination); known != baselines.end())
            row.judgement = judge(row.observation, known->second);
    return rows;
}

} // namespace

Operation::Operation(Scanner& scanner, AuditStore& store, const Clock& clock, const RestartPlan& plan,
                     const RestartOrder& order, const Cancel& cancel,
                     const std::function<void(const StepEvent&)>& onStep)
    : m_scanner(scanner)
    , m_store(store)
    , m_clock(clock)
    , m_plan(plan)
    , m_order(order)
    , m_cancel(cancel)
    , m_onStep(onStep)
    , m_opId(order.opId.empty() ? newUuid() : order.opId) {}

RestartResult Operation::run() {
    const HostScan now = m_scanner.scanHost(m_plan.host, m_cancel, {m_plan.container.id});
    m_before = judgedBy(now.rows, m_order.baselines);
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

void Operation::step(RestartStep which, StepState state, std::string text) const {
    if (m_onStep)
        m_onStep({which, state, std::move(text)});
}

std::string Operation::whyNot(const HostScan& now) {
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
    if (std::string why = whyInvalid(); !why.empty())
        return why;
    if (m_cancel.requested())
        return "it was cancelled before anything was done.";
    return somebodyElse();
}

/// The old process goes on serving when the new config is not good.
std::string Operation::whyInvalid() {
    if (m_order.validate.empty())
        return {};
    step(RestartStep::Guard, StepState::Running,
         "Validating: " + printable(shellJoin(redactedWords(m_order.validate))));
    const Validation validation = validate(m_scanner.sessions(), m_plan, m_order, m_cancel);
    m_exit = validation.passed ? std::nullopt : validation.exitStatus;
    return validation.why;
}

/// Of two that begin at once, the one whose intent is on record first goes on.
std::string Operation::somebodyElse() const {
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

RecordDraft Operation::draft(RecordType type, const std::vector<Row>& rows) const {
    RecordDraft record = draftOf(m_plan, m_order, rows, type);
    record.opId = m_opId;
    return record;
}

RecordDraft Operation::draft(RecordType type) const {
    return draft(type, m_before.empty() ? m_plan.rows : m_before);
}

RestartResult Operation::refuse(const std::string& why) {
    step(RestartStep::Guard, StepState::Failed, why);
    RecordDraft record = draft(RecordType::Refused);
    record.result = AuditResult{};
    record.result->exitStatus = m_exit;
    const std::string unrecorded = recordRefusal(m_store, std::move(record), why);
    return {RestartStatus::Refused, "Refused, nothing was done: " + why + unrecorded, m_opId, {}};
}

RestartResult Operation::refusedByRival(const std::string& why) const {
    step(RestartStep::Restart, StepState::Failed, why);
    return {RestartStatus::Refused, "Refused, nothing was done: " + why, {}, {}};
}

/// Empty when the intent is durable.
std::string Operation::recordIntent() {
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

} // namespace inodeck
