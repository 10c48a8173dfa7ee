#pragma once

#include <memory>

#include "app/cli/options.h"
#include "core/audit/audit_store.h"

namespace inodeck::cli {

/// --audit, and what it means where there is none (see setup::auditPlace()).
struct AuditWhere {
    std::string option;
    std::string fleet; ///< --fleet, of commands that take no hosts
    /// Reads the fleet file only where nothing else says it.
    Result<std::string> in(const Context& context) const;
    std::string in(const Context& context, const Fleet& read) const;
};
/// --audit alone, for commands with host options.
void addAuditOption(CLI::App& command, AuditWhere& where);
/// --audit and --fleet.
void addAuditOptions(CLI::App& command, AuditWhere& where);

/// What chooses records, as the operator typed it.
struct FilterOptions {
    RecordFilter filter;
    std::string since;
    std::string until;
    Result<RecordFilter> parsed() const;
};
void addFilterOptions(CLI::App& command, FilterOptions& options);

/// Adds `name` with arguments of its own; `configure` adds their options, `action` does the work.
template <typename Arguments>
void addAction(CLI::App& parent, Run& run, const char* name, const char* what,
               void (*configure)(CLI::App&, Arguments&), int (*action)(const Arguments&, Context&)) {
    auto* command = parent.add_subcommand(name, what);
    auto arguments = std::make_shared<Arguments>();
    configure(*command, *arguments);
    command->callback([arguments, action, &run] {
        run = [arguments, action](Context& context) { return action(*arguments, context); };
    });
}

/// Complains: a wrong fleet file is a configuration error, anything else means that there is no log.
int noLog(Context& context, const Error& error);

/// Puts a record that is about no restart into the log that `where` names. The error says why it is not
/// there.
Result<AppendedRecord> recordNow(const std::string& where, const RecordDraft& draft);

/// "12 000 of 1 000 000 records" on a terminal, on one line that is written over.
void showProgress(Context& context, std::uint64_t done, std::uint64_t total);
void endProgress(Context& context);

void addAuditReading(CLI::App& audit, Run& run);  ///< list, show, recover
void addAuditEvidence(CLI::App& audit, Run& run); ///< export, verify, checkpoint
void addAuditKeys(CLI::App& audit, Run& run);     ///< key show|rotate|allow
void addAuditSetup(CLI::App& audit, Run& run);    ///< init, copy

} // namespace inodeck::cli
