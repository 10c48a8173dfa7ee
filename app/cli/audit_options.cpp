#include "app/cli/audit_options.h"

#include "app/setup/audit_place.h"

namespace inodeck::cli {

Result<std::string> AuditWhere::in(const Context& context) const {
    const std::string place = setup::auditPlace(option, context.env);
    if (!place.empty())
        return place;
    return setup::fleetOf(fleet, context.env).map([](const Fleet& read) { return read.audit; });
}

std::string AuditWhere::in(const Context& context, const Fleet& read) const {
    return setup::auditPlace(option, context.env, read.audit);
}

void addAuditOptions(CLI::App& command, AuditWhere& where) {
    addAuditOption(command, where);
    addFleetOption(command, where.fleet);
}

void addAuditOption(CLI::App& command, AuditWhere& where) {
    command
        .add_option("--audit", where.option,
                    "The audit log: a file or postgresql://… (default: $INODECK_AUDIT, then the fleet file's "
                    "audit:, then the XDG data folder)")
        ->type_name("WHERE");
}

void addFilterOptions(CLI::App& command, FilterOptions& options) {
    RecordFilter& filter = options.filter;
    command.add_option("--since", options.since, "Records from this time on")->type_name("TIME");
    command.add_option("--until", options.until, "Records before this time")->type_name("TIME");
    command.add_option("--host", filter.host, "Records of this host")->type_name("HOST");
    command.add_option("--service", filter.service, "Records of this SERVICE or PROJECT/SERVICE")
        ->type_name("SERVICE");
    command.add_option("--actor", filter.actor, "Records of this account or claimed actor")
        ->type_name("NAME");
    command
        .add_option("--outcome", filter.outcome, "Records with this outcome: verified, failed, refused, …")
        ->type_name("WORD");
    command.add_option("--limit", filter.limit, "At most this many")->type_name("N");
}

Result<RecordFilter> FilterOptions::parsed() const {
    RecordFilter result = filter;
    const auto read = [](const std::string& text, std::optional<TimePoint>& to) {
        if (text.empty())
            return true;
        to = parseRfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
        return to.has_value();
    };
    if (read(since, result.since) && read(until, result.until))
        return result;
    return fail(ErrorCode::Usage,
                "--since and --until want a date like 2026-02-10, or a time like 2026-02-10T09:00:00Z.");
}

int noLog(Context& context, const Error& error) {
    return complain(context, error.message, error.code == ErrorCode::Config ? UsageError : NoAudit);
}

Result<AppendedRecord> recordNow(const std::string& where, const RecordDraft& draft) {
    auto store = openAuditStore(where);
    if (!store)
        return tl::unexpected(store.error());
    if (auto ready = (*store)->ready(); !ready)
        return tl::unexpected(ready.error());
    return (*store)->append(draft, Deadline::after(std::chrono::seconds{20}));
}

void showProgress(Context& context, std::uint64_t done, std::uint64_t total) {
    if (!context.io.errIsTerminal)
        return;
    context.io.err << "\r" << done << (total > 0 ? " of " + std::to_string(total) : std::string{})
                   << " records" << std::flush;
}

void endProgress(Context& context) {
    if (context.io.errIsTerminal)
        context.io.err << "\r\033[K" << std::flush;
}

} // namespace inodeck::cli
