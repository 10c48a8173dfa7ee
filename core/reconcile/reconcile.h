#pragma once

#include "core/reconcile/notify.h"
#include "core/reconcile/survey.h"

namespace inodeck {

struct ReconcileOrder {
    Scope scope;
    std::string reason;
    AuditActor actor;
    Deployment deployment;
    int maxRestarts = 5;          ///< if more need one, none is restarted
    std::chrono::seconds wait{0}; ///< for another who is at work on the VM
    bool dryRun = false;
    bool protectedConfirmed = false;
};

/// What a caller may watch; called on the caller's thread.
struct ReconcileWatch {
    std::function<void(const Host&, const Item&)> onBegin; ///< of a restart
    std::function<void(const StepEvent&)> onStep;
    std::function<void(const Host&, const Item&)> onEnd;
    std::function<void(const std::string&)> onNotice; ///< a printable sentence, once for each thing
};

/// Restarts what the measured state calls for, each guarded, proven, on record and announced. The state is
/// read again under the VM's lock and after each restart, so nothing is done on old knowledge.
class Reconciler {
public:
    /// `audit` as openAuditStore() takes it; it is opened to be written when there is something to write.
    /// `sink` may be nullptr.
    Reconciler(Transport& transport, Scanner& scanner, std::string audit, EventSink* sink,
               const Clock& clock);
    ~Reconciler();

    /// Blocking. Scans all hosts at once; acts on one after the other, in the order of `hosts`.
    Report run(const std::vector<Host>& hosts, const ReconcileOrder& order, const ReconcileWatch& watch,
               const Cancel& cancel);

private:
    struct Run;
    Transport& m_transport;
    Scanner& m_scanner;
    std::string m_audit;
    EventSink* m_sink;
    const Clock& m_clock;
};

} // namespace inodeck
