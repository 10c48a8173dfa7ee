#include "app/cli/audit_options.h"
#include "app/cli/steps.h"
#include "app/cli/table.h"
#include "core/base/text.h"
#include "core/restart/recreate.h"
#include "core/restart/vm_lock.h"

namespace inodeck::cli {

namespace {

struct RestartArguments {
    std::string host;
    std::string container;
    std::string reason;
    AuditWhere audit;
    HostOptions hosts;
    std::optional<int> healthTimeout;
    int stopTimeout = 10;
    bool dryRun = false;
    bool yesProtected = false;
    bool evenIfInSync = false;
    bool recreate = false;
};

void printPlan(const RestartPlan& plan, const RestartOrder& order, Context& context) {
    std::ostream& out = context.io.out;
    const Container& c = plan.container;
    out << "Restart " << printable(c.label()) << " (" << printable(c.name) << ", " << c.id.brief() << ") on "
        << printable(plan.host.name) << "\n";
    for (const std::string& cause : plan.causes)
        out << "  cause    " << cause << "\n";
    if (plan.causes.empty())
        out << "  cause    none: no mount of it is stale or changed\n";
    out << "  command  " << printable(shellJoin(restartArgv(plan, order))) << "\n";
    if (!c.running)
        out << "  state    not running (" << printable(c.status) << ")\n";
    else if (c.startedAt)
        out << "  up for   " << formatDuration(Clock::system().now() - *c.startedAt) << "\n";
    for (const std::string& service : plan.dependents)
        out << "  depends  " << printable(service) << " depends on it\n";
}

void printProof(const RestartResult& result, const Streams& io) {
    for (const Row& row : result.after.rows)
        io.out << "  proof    " << printable(row.observation.destination) << "  host "
               << briefHash(row.observation.hostSide, row.secret) << "  container "
               << briefHash(row.observation.containerSide, row.secret) << "  "
               << coloured(std::string(toString(row.judgement.verdict)), colourOf(row.judgement.verdict),
                           io.colours)
               << "\n";
}

ExitCode exitCodeOf(RestartStatus status) {
    switch (status) {
    case RestartStatus::Verified:
        return InSync;
    case RestartStatus::NotRecorded:
    case RestartStatus::OutcomeSpooled:
        return NoAudit;
    default:
        return ActionFailed;
    }
}

void reportOpenIntents(AuditStore& store, Context& context) {
    const auto open = store.openIntents();
    if (!open)
        return;
    for (const OpenIntent& intent : *open)
        context.io.err << "inodeck: open intent: record " << intent.seq << " of "
                       << formatRfc3339(intent.ts, 0) << " meant to restart "
                       << printable(intent.draft.target.service) << " on "
                       << printable(intent.draft.target.vm)
                       << " and has no outcome; 'inodeck audit recover' looks what became of it\n";
}

/// `order`: as the fleet file wants it.
RestartOrder askedFor(const RestartArguments& arguments, RestartOrder order, const Context& context) {
    order.reason = arguments.reason;
    order.actor = currentActor(context.env);
    order.protectedConfirmed = arguments.yesProtected;
    order.evenIfInSync = arguments.evenIfInSync;
    order.stopTimeout = std::chrono::seconds{arguments.stopTimeout};
    if (arguments.healthTimeout)
        order.healthTimeout = std::chrono::seconds{*arguments.healthTimeout};
    return order;
}

/// What is to be done to one container.
struct Job {
    RestartPlan plan;
    RestartOrder order;
};

Result<std::vector<Job>> jobsOf(std::vector<RestartPlan> plans, const HostScan& scanned,
                                const RestartArguments& arguments, const Fleet& fleet, Scanner& scanner,
                                Context& context) {
    std::vector<Job> jobs;
    for (RestartPlan& plan : plans) {
        RestartOrder order = askedFor(arguments, orderOf(fleet, plan), context);
        Job job{std::move(plan), std::move(order)};
        if (arguments.recreate) {
            auto command =
                recreateCommand(scanner.sessions(), job.plan, scanned, job.order.stopTimeout, context.cancel);
            if (!command)
                return tl::unexpected(command.error());
            job.order.command = std::move(*command);
        }
        jobs.push_back(std::move(job));
    }
    return jobs;
}

int runJobs(const std::vector<Job>& jobs, Scanner& scanner, AuditStore& store, Context& context) {
    Restarter restarter(scanner, store, Clock::system());
    ExitCode code = InSync;
    for (const Job& job : jobs) {
        printPlan(job.plan, job.order, context);
        const RestartResult result =
            restarter.run(job.plan, job.order, context.cancel, [&](const StepEvent& event) {
                printStep(event, context.io.out, context.io.colours);
            });
        printProof(result, context.io);
        context.io.out << result.text << "\n  operation " << result.opId << " in " << store.location()
                       << std::endl;
        if (result.status != RestartStatus::Verified)
            return exitCodeOf(result.status); // the first failure stops the rest
        if (!result.unread.empty())
            code = Incomplete;
    }
    return code;
}

/// What the real run would say, from what was seen now.
int dryRun(const std::vector<Job>& jobs, const HostScan& scanned, Context& context) {
    bool good = true;
    for (const Job& job : jobs) {
        printPlan(job.plan, job.order, context);
        good &= !job.plan.causes.empty() || job.order.evenIfInSync;
        if (job.plan.host.isProtected && !job.order.protectedConfirmed) {
            good = false;
            context.io.out << "  FAIL The host is protected: --yes-protected confirms that it is meant\n";
        }
        for (const GuardCheck& check : guard(job.plan, scanned)) {
            good &= check.passed;
            context.io.out << "  " << (check.passed ? "ok   " : "FAIL ") << check.what
                           << (check.passed ? "" : ": " + check.detail) << "\n";
        }
    }
    context.io.out << "Dry run: nothing was done" << (good ? ".\n" : ", and the restart would be refused.\n");
    return good ? InSync : ActionFailed;
}

/// On record, but for a dry run.
int refuse(const std::vector<RestartPlan>& plans, const std::string& why, const RestartArguments& arguments,
           const Fleet& fleet, Context& context) {
    if (arguments.dryRun)
        return complain(context, why, ActionFailed);
    const auto store = openAuditStore(arguments.audit.in(context, fleet));
    if (!store)
        return complain(context, why + " (This refusal is not on record: " + store.error().message + ")",
                        NoAudit);
    std::string text = why;
    for (const RestartPlan& plan : plans)
        text += recordRefusal(**store, plan, askedFor(arguments, orderOf(fleet, plan), context), why);
    return complain(context, text, ActionFailed);
}

int restart(const RestartArguments& arguments, Context& context) {
    if (arguments.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return complain(context, "--reason is empty: say why, it goes on record.", UsageError);
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    if (!fleet)
        return complain(context, fleet.error().message, UsageError);
    const auto found = oneHost(arguments.host, arguments.hosts, *fleet);
    if (!found)
        return complain(context, found.error().message, UsageError);
    const Host& host = *found;
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    const HostScan scanned = scanner.scanHost(host, context.cancel);
    auto plans = planRestarts(host, scanned, arguments.container);
    if (!plans)
        return complain(context, plans.error().message, cli::exitCodeOf(plans.error()));
    const auto jobs = jobsOf(*plans, scanned, arguments, *fleet, scanner, context);
    if (!jobs)
        return refuse(*plans, jobs.error().message, arguments, *fleet, context);
    if (arguments.dryRun)
        return dryRun(*jobs, scanned, context);
    auto store = openAuditStore(arguments.audit.in(context, *fleet));
    if (!store)
        return complain(context, "nothing was done, no audit record can be written: " + store.error().message,
                        NoAudit);
    reportOpenIntents(**store, context);
    const auto lock =
        lockForPerson(*transport, scanner.sessions(), host, jobs->front().order.actor, context.cancel);
    if (!lock) {
        std::string text = lock.error().message + " Nothing was done.";
        for (const Job& job : *jobs)
            text += recordRefusal(**store, job.plan, job.order, lock.error().message);
        return complain(context, text, ActionFailed);
    }
    if (!lock->without.empty())
        context.io.err << "inodeck: going on without a lock: " << lock->without << "\n";
    return runJobs(*jobs, scanner, **store, context);
}

} // namespace

void addRestartCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "restart", "Restart a container, on record, and prove that it reads the new config");
    auto arguments = std::make_shared<RestartArguments>();
    command
        ->add_option("HOST", arguments->host,
                     "Host of the fleet file, ssh alias, or [user@]host[:port]; 'local' with --local")
        ->required();
    command->add_option("CONTAINER", arguments->container, "Container name, id, or PROJECT/SERVICE")
        ->required();
    command->add_option("--reason", arguments->reason, "Why; goes into the audit log")
        ->type_name("TEXT")
        ->required();
    command->add_flag("--dry-run", arguments->dryRun, "Show the plan and what the guard says; do nothing");
    command->add_flag("--yes-protected", arguments->yesProtected, "Go on although the host is protected");
    command->add_flag("--even-if-in-sync", arguments->evenIfInSync, "Restart although nothing calls for it");
    command->add_flag("--recreate", arguments->recreate,
                      "Have compose make a new container, for one that a restart did not cure");
    command->add_option("--stop-timeout", arguments->stopTimeout, "Time for a clean stop (default 10)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0, 3600));
    command
        ->add_option("--health-timeout", arguments->healthTimeout,
                     "Time to be running and healthy (default: as the fleet file says, or 60)")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 3600));
    addAuditOption(*command, arguments->audit);
    command->add_flag("--local", arguments->hosts.local, "Look at this machine");
    addHostOptions(*command, arguments->hosts);
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return restart(*arguments, context); }; });
}

} // namespace inodeck::cli
