#include "app/cli/options.h"
#include "app/cli/scan_json.h"
#include "app/cli/table.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

struct ScanArguments {
    std::vector<std::string> names;
    HostOptions hosts;
    bool json = false;
    bool all = false;
    bool drift = false;
    int parallel = 64;
};

int scan(const ScanArguments& arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    const auto hosts = fleet ? hostsToLookAt(arguments.names, arguments.hosts, *fleet, "scan")
                             : Result<std::vector<Host>>(tl::unexpected(fleet.error()));
    if (!hosts)
        return complain(context, hosts.error().message, UsageError);
    const auto transport = transportFor(context, arguments.hosts);
    const Clock& clock = Clock::system();
    Scanner scanner(*transport, clock, {arguments.parallel});
    const TimePoint begin = clock.now();
    std::size_t done = 0;
    const bool progress = context.io.errIsTerminal && !arguments.json;
    const auto onHost = [&](const HostScan& host) {
        if (progress)
            context.io.err << "\r\x1b[K" << ++done << " of " << hosts->size()
                           << " hosts: " << printable(host.host).substr(0, 40) << std::flush;
    };
    const std::vector<HostScan> scans = scanner.scan(*hosts, context.cancel, onHost);
    if (progress)
        context.io.err << "\r\x1b[K" << std::flush;
    const TimePoint now = clock.now();
    if (arguments.json)
        context.io.out << scanJson(scans, begin,
                                   std::chrono::duration_cast<std::chrono::milliseconds>(now - begin),
                                   arguments.drift);
    else
        context.io.out << scanTable(scans, arguments.drift, now, context.io);
    return exitCodeOf(scans);
}

} // namespace

void addScanCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand("scan", "Compare both sides of every bind mount of every container");
    auto arguments = std::make_shared<ScanArguments>();
    command->add_option("HOST", arguments->names,
                        "Host, group or wildcard of the fleet file, ssh alias, or [user@]host[:port] "
                        "(default: all of the fleet file)");
    command->add_flag("--local", arguments->hosts.local, "Look at this machine");
    addHostOptions(*command, arguments->hosts);
    command->add_option("--parallel", arguments->parallel, "Hosts at once (default 64)")
        ->type_name("N")
        ->check(CLI::Range(1, 512));
    command->add_flag("--json", arguments->json, "Print one JSON document, schema inodeck.scan/v1");
    auto* all = command->add_flag("--all", arguments->all, "Show every mount (default)");
    command->add_flag("--drift", arguments->drift, "Show only the mounts that are not in sync")
        ->excludes(all);
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return scan(*arguments, context); }; });
}

} // namespace inodeck::cli
