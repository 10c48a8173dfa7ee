#include "app/cli/reconcile_run.h"

namespace inodeck::cli {

namespace {

struct Arguments {
    ReconcileArguments common;
    std::vector<std::string> names;
    std::vector<std::string> only;
    int max = 0;
    bool detached = false;
};

int reconcile(const Arguments& arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.common.hosts.fleet, context.env);
    if (!fleet)
        return complain(context, fleet.error().message, UsageError);
    const auto hosts = hostsOf(arguments.names, arguments.common.hosts, *fleet);
    if (!hosts)
        return complain(context, hosts.error().message, UsageError);
    if (hosts->empty())
        return complain(context, "name a host: 'inodeck reconcile HOST…', or --local for this machine.",
                        UsageError);
    ReconcileOrder order = orderOf(arguments.common, context);
    order.scope.fleet = &*fleet;
    order.scope.only = arguments.only;
    order.scope.decide.detached = arguments.detached;
    order.maxRestarts = arguments.max > 0 ? arguments.max : fleet->maxRestarts;
    return reconcileAndTell(*hosts, order, arguments.common, *fleet, context);
}

} // namespace

void addReconcileCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "reconcile", "Restart what does not run on the config that its host has, and prove it; for deploys");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("HOST", arguments->names, "ssh alias, [user@]host[:port], or of the fleet file");
    command->add_option("--only", arguments->only, "Only these: container names, services, PROJECT/SERVICE")
        ->type_name("SERVICE,…")
        ->delimiter(',');
    command->add_option("--max", arguments->max, "If more need a restart, restart none (default 5)")
        ->type_name("N")
        ->check(CLI::Range(1, 1000));
    command->add_flag("--detached", arguments->detached,
                      "Restart also where the file was replaced by one with the same bytes");
    command->add_flag("--local", arguments->common.hosts.local, "This machine");
    addReconcileOptions(*command, arguments->common);
    command->callback([arguments, &run] {
        run = [arguments](Context& context) { return reconcile(*arguments, context); };
    });
}

} // namespace inodeck::cli
