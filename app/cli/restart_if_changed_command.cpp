#include <filesystem>

#include "app/cli/reconcile_run.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

struct Arguments {
    ReconcileArguments common;
    std::string service;
    std::string config;
    std::string hashFile;
    std::string host;
    std::vector<std::string> command;
    std::optional<int> healthTimeout;
    bool detached = false;
};

/// A relative path is one of the machine that this runs on.
std::string absolute(const std::string& path) {
    std::error_code ignored;
    const auto whole = std::filesystem::absolute(path, ignored).lexically_normal();
    return ignored ? path : whole.string();
}

int restartIfChanged(const Arguments& arguments, Context& context) {
    ReconcileArguments common = arguments.common;
    common.hosts.local = arguments.host.empty();
    const bool relative = !arguments.config.starts_with('/') || !arguments.hashFile.starts_with('/');
    if (relative && !common.hosts.local)
        return complain(context, "CONFIG_PATH and HASH_FILE are paths of the host; give them from / on.",
                        UsageError);
    const auto fleet = setup::fleetOf(common.hosts.fleet, context.env);
    if (!fleet)
        return complain(context, fleet.error().message, UsageError);
    const auto names = common.hosts.local ? std::vector<std::string>{} : std::vector{arguments.host};
    const auto hosts = hostsOf(names, common.hosts, *fleet);
    if (!hosts)
        return complain(context, hosts.error().message, UsageError);
    ServiceWords service{{absolute(arguments.config)}, absolute(arguments.hashFile), arguments.command, {}};
    if (arguments.healthTimeout)
        service.healthTimeout = std::chrono::seconds{*arguments.healthTimeout};
    ReconcileOrder order = orderOf(common, context);
    order.scope.fleet = &*fleet;
    order.scope.service = service;
    order.scope.only = {arguments.service};
    order.scope.decide.detached = arguments.detached;
    return reconcileAndTell(*hosts, order, common, *fleet, context);
}

} // namespace

void addRestartIfChangedCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "restart-if-changed",
        "Restart one service if it does not run on its config; in place of a hash gate in a deploy script");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("SERVICE", arguments->service, "Container name, compose service, or PROJECT/SERVICE")
        ->required();
    command
        ->add_option("CONFIG_PATH", arguments->config,
                     "The config: its path on the host, or in the container")
        ->required();
    command
        ->add_option("HASH_FILE", arguments->hashFile,
                     "Where the hash of the config that it runs on is kept: sha256, on the host")
        ->required();
    command->add_option("RESTART_COMMAND", arguments->command,
                        "After --: its own restart command, on the host (default: as the fleet file says, or "
                        "docker restart)");
    command->add_option("--host", arguments->host, "ssh alias or [user@]host[:port] (default: this machine)")
        ->type_name("HOST");
    command
        ->add_option("--health-timeout", arguments->healthTimeout,
                     "Time to be running and healthy (default: as the fleet file says, or 60)")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 3600));
    command->add_flag("--detached", arguments->detached,
                      "Restart also where the file was replaced by one with the same bytes");
    addReconcileOptions(*command, arguments->common);
    command->callback([arguments, &run] {
        run = [arguments](Context& context) { return restartIfChanged(*arguments, context); };
    });
}

} // namespace inodeck::cli
