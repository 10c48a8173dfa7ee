#pragma once

#include "app/cli/audit_options.h"
#include "core/reconcile/reconcile.h"

namespace inodeck::cli {

/// What `reconcile` and `restart-if-changed` have in common.
struct ReconcileArguments {
    HostOptions hosts;
    AuditWhere audit;
    std::string reason;
    std::string events;
    int wait = 0;
    int stopTimeout = 10;
    bool dryRun = false;
    bool yesProtected = false;
    bool json = false;
};
void addReconcileOptions(CLI::App& command, ReconcileArguments& arguments);

/// Reason, actor and deployment as the arguments, CI and the account say.
ReconcileOrder orderOf(const ReconcileArguments& arguments, const Context& context);

/// Runs, prints as it goes or one document, tells CI; the exit code.
int reconcileAndTell(const std::vector<Host>& hosts, const ReconcileOrder& order,
                     const ReconcileArguments& arguments, const Fleet& fleet, Context& context);

} // namespace inodeck::cli
