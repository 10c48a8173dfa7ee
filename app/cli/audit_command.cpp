#include "app/cli/audit_options.h"

namespace inodeck::cli {

void addAuditCommand(CLI::App& app, Run& run) {
    auto* audit =
        app.add_subcommand("audit", "Read, check and export the audit log; settle what a crash left open");
    audit->require_subcommand(1);
    addAuditReading(*audit, run);
    addAuditEvidence(*audit, run);
    addAuditKeys(*audit, run);
    addAuditSetup(*audit, run);
}

} // namespace inodeck::cli
