#pragma once

#include <limits>
#include <optional>

#include "core/restart/container_state.h"
#include "core/restart/restart.h"
#include "core/restart/wait.h"

namespace inodeck {

/// One run of guard > intent > act > verify > outcome.
class Operation {
public:
    Operation(Scanner& scanner, AuditStore& store, const Clock& clock, const RestartPlan& plan,
              const RestartOrder& order, const Cancel& cancel,
              const std::function<void(const StepEvent&)>& onStep);
    RestartResult run();

private:
    // operation.cpp: up to the point of no return
    void step(RestartStep which, StepState state, std::string text) const;
    std::string whyNot(const HostScan& now);
    std::string whyInvalid();
    std::string somebodyElse() const;
    RecordDraft draft(RecordType type) const;
    RecordDraft draft(RecordType type, const std::vector<Row>& rows) const;
    RestartResult refuse(const std::string& why);
    RestartResult refusedByRival(const std::string& why) const;
    std::string recordIntent();

    // operation_act.cpp: what follows it
    RestartResult actAndProve();
    std::optional<RestartResult> act();
    RestartResult notUp(const WaitResult& wait) const;
    RestartResult prove();
    AuditResult outcome(const RestartResult& result) const;
    void recordOutcome(RestartResult& result);

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

} // namespace inodeck
