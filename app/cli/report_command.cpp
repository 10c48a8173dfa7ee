#include <algorithm>

#include "app/cli/audit_options.h"
#include "core/audit/output_file.h"
#include "core/base/text.h"
#include "core/report/gather.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

namespace {

struct ReportArguments {
    std::vector<std::string> names;
    HostOptions hosts;
    AuditWhere audit;
    std::string out;
    bool noDiffs = false;
};

report::Incident incidentOf(std::vector<HostScan> scans, const Context& context) {
    report::Incident incident;
    incident.generatedAt = Clock::system().now();
    const AuditActor actor = currentActor(context.env);
    incident.actor =
        actor.claimed.empty() ? actor.account : actor.account + " (says it is " + actor.claimed + ")";
    incident.program = "Inodeck " INODECK_VERSION;
    incident.scope = "all mounts of " + std::to_string(scans.size()) + " hosts";
    for (HostScan& scan : scans) {
        for (Row& row : scan.rows)
            incident.mounts.push_back({scan.host, std::move(row), false, std::nullopt, {}});
        scan.rows.clear();
        incident.hosts.push_back(std::move(scan));
    }
    // The worst first, as everywhere.
    std::stable_sort(incident.mounts.begin(), incident.mounts.end(), [](const auto& a, const auto& b) {
        return a.row.judgement.verdict < b.row.judgement.verdict;
    });
    return incident;
}

int writeReport(const ReportArguments& arguments, Context& context) {
    const bool html = arguments.out.ends_with(".html");
    if (!html && !arguments.out.ends_with(".md"))
        return complain(context, "--out must end in .html or .md.", UsageError);
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    const auto hosts = fleet ? hostsToLookAt(arguments.names, arguments.hosts, *fleet, "report")
                             : Result<std::vector<Host>>(tl::unexpected(fleet.error()));
    if (!hosts)
        return complain(context, hosts.error().message, UsageError);
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    std::vector<HostScan> scans = scanner.scan(*hosts, context.cancel);
    const ExitCode code = exitCodeOf(scans);
    report::Incident incident = incidentOf(std::move(scans), context);
    report::GatherOptions options;
    options.auditWhere = arguments.audit.in(context, *fleet);
    options.diffs = !arguments.noDiffs;
    if (const auto done = report::gather(incident, scanner.sessions(), *hosts, options, context.cancel);
        !done)
        return complain(context, done.error().message, Incomplete);
    const report::Document document = report::incidentDocument(incident);
    auto file = OutputFile::create(arguments.out);
    if (!file)
        return complain(context, file.error().message, UsageError);
    file->write(html ? report::toHtml(document) : report::toMarkdown(document));
    if (const auto kept = file->finish(); !kept)
        return complain(context, kept.error().message, Incomplete);
    context.io.out << printable(arguments.out) << "\n";
    return code;
}

} // namespace

void addReportCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "report", "Write an incident report: both sides, differences, restarts on record, the log's state");
    auto arguments = std::make_shared<ReportArguments>();
    command->add_option("HOST", arguments->names,
                        "Host, group or wildcard of the fleet file, ssh alias, or [user@]host[:port] "
                        "(default: all of the fleet file)");
    command->add_flag("--local", arguments->hosts.local, "Look at this machine");
    addHostOptions(*command, arguments->hosts);
    command->add_option("--out", arguments->out, "A new file, .html or .md")->type_name("FILE")->required();
    command->add_flag("--no-diffs", arguments->noDiffs,
                      "Leave the differences out; they are masked otherwise");
    addAuditOption(*command, arguments->audit);
    command->callback([arguments, &run] {
        run = [arguments](Context& context) { return writeReport(*arguments, context); };
    });
}

} // namespace inodeck::cli
