#include "app/cli/audit_options.h"
#include "app/cli/diff_output.h"
#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

namespace {

struct DiffArguments {
    std::string host;
    std::string container;
    std::string destination;
    HostOptions hosts;
    AuditWhere audit;
    bool showSecret = false;
};

/// On record first: a secret that nobody can be asked about is not shown.
Result<AppendedRecord> recordReveal(const RestartPlan& plan, const Row& row, const std::string& where,
                                    const Context& context) {
    RecordDraft record;
    record.type = RecordType::Reveal;
    record.opId = newUuid();
    record.actor = currentActor(context.env);
    record.reason = "diff --show-secret";
    record.target = targetOf(plan);
    record.evidence = evidenceOf({row}, true);
    return recordNow(where, record);
}

int diffRow(Scanner& scanner, const RestartPlan& plan, const Row& row, const DiffArguments& arguments,
            const std::string& where, Context& context) {
    const Observation& o = row.observation;
    if (!o.container.running)
        return complain(context,
                        printable(o.container.label()) + " does not run (" + printable(o.container.status) +
                            "): nothing reads " + printable(o.destination) +
                            ", and there is nothing to compare.",
                        Incomplete);
    const auto both = readBoth(scanner.sessions(), plan.host, o, DiffLimit, context.cancel);
    if (!both)
        return complain(context, both.error().message, Incomplete);
    if (!plan.host.keepsSecret(plan.container.label()))
        return printDiff(row, *both, context);
    if (!arguments.showSecret)
        return printWithoutContent(row, *both, context);
    if (const auto kept = recordReveal(plan, row, where, context); !kept)
        return complain(context, "nothing is shown, no audit record can be written: " + kept.error().message,
                        NoAudit);
    return printDiff(row, *both, context);
}

int diff(const DiffArguments& arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    const auto found = fleet ? oneHost(arguments.host, arguments.hosts, *fleet)
                             : Result<Host>(tl::unexpected(fleet.error()));
    if (!found)
        return complain(context, found.error().message, UsageError);
    const Host& host = *found;
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    const HostScan scanned = scanner.scanHost(host, context.cancel);
    const auto plans = planRestarts(host, scanned, arguments.container);
    if (!plans)
        return complain(context, plans.error().message, cli::exitCodeOf(plans.error()));
    const std::string where = arguments.audit.in(context, *fleet);
    int code = InSync;
    std::size_t matched = 0;
    for (const RestartPlan& plan : *plans) {
        for (const Row& row : plan.rows) {
            const Observation& o = row.observation;
            const bool wanted = arguments.destination.empty() ? o.kind == FileType::Regular
                                                              : o.destination == arguments.destination;
            if (!wanted)
                continue;
            ++matched;
            if (o.kind != FileType::Regular)
                return complain(context,
                                printable(o.destination) + " is a " + std::string(toString(o.kind)) +
                                    "; only files are compared line by line.",
                                UsageError);
            code = std::max(code, diffRow(scanner, plan, row, arguments, where, context));
        }
    }
    if (matched == 0)
        return complain(context,
                        "this container has no mounted file" +
                            (arguments.destination.empty()
                                 ? std::string(".")
                                 : " at " + printable(arguments.destination) +
                                       "; give a destination as 'inodeck scan' shows it."),
                        UsageError);
    return code;
}

} // namespace

void addDiffCommand(CLI::App& app, Run& run) {
    auto* command =
        app.add_subcommand("diff", "Unified diff: what the process reads against what the host has");
    auto arguments = std::make_shared<DiffArguments>();
    command
        ->add_option("HOST", arguments->host,
                     "Host of the fleet file, ssh alias, or [user@]host[:port]; 'local' with --local")
        ->required();
    command->add_option("CONTAINER", arguments->container, "Container name, id, or PROJECT/SERVICE")
        ->required();
    command->add_option("DESTINATION", arguments->destination,
                        "Path in the container (default: every mounted file)");
    command->add_flag(
        "--show-secret", arguments->showSecret,
        "Show the content of a service that the fleet file marks as secret; goes into the audit log");
    addAuditOption(*command, arguments->audit);
    command->add_flag("--local", arguments->hosts.local, "Look at this machine");
    addHostOptions(*command, arguments->hosts);
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return diff(*arguments, context); }; });
}

} // namespace inodeck::cli
