#include "core/restart/restart.h"

#include "core/restart/operation.h"

namespace inodeck {

Restarter::Restarter(Scanner& scanner, AuditStore& store, const Clock& clock)
    : m_scanner(scanner)
    , m_store(store)
    , m_clock(clock) {}

RestartResult Restarter::run(const RestartPlan& plan, const RestartOrder& order, const Cancel& cancel,
                             const std::function<void(const StepEvent&)>& onStep) {
    return Operation(m_scanner, m_store, m_clock, plan, order, cancel, onStep).run();
}

} // namespace inodeck
