#include "ui/models/locked_restart.h"

#include "core/restart/vm_lock.h"

namespace inodeck::ui {

RestartResult restartLocked(Transport& transport, Scanner& scanner, const std::string& auditWhere,
                            const RestartPlan& plan, const RestartOrder& order, const Cancel& cancel,
                            const std::function<void(const StepEvent&)>& onStep) {
    auto store = openAuditStore(auditWhere);
    if (!store)
        return {RestartStatus::NotRecorded,
                "Nothing was done, no audit record can be written: " + store.error().message,
                {},
                {}};
    onStep({RestartStep::Guard, StepState::Running, "Seeing to it that nobody else acts on the host."});
    const auto lock = lockForPerson(transport, scanner.sessions(), plan.host, order.actor, cancel);
    if (!lock) {
        onStep({RestartStep::Guard, StepState::Failed, lock.error().message});
        return {RestartStatus::Refused,
                lock.error().message + " Nothing was done." +
                    recordRefusal(**store, plan, order, lock.error().message),
                {},
                {}};
    }
    onStep({RestartStep::Guard, StepState::Passed,
            lock->lock ? "Nobody else acts on the host meanwhile." : "Without a lock: " + lock->without});
    return Restarter(scanner, **store, Clock::system()).run(plan, order, cancel, onStep);
}

} // namespace inodeck::ui
