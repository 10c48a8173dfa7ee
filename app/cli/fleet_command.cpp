#include <algorithm>

#include "app/cli/options.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

struct CheckArguments {
    std::string file;
    std::string fleet;
};

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Nothing of it is a secret, or where a secret is used.
void printSummary(const Fleet& fleet, std::ostream& out) {
    const auto isProtected = std::count_if(fleet.hosts.begin(), fleet.hosts.end(),
                                           [](const Host& host) { return host.isProtected; });
    const auto secret = std::count_if(fleet.services.begin(), fleet.services.end(),
                                      [](const Service& service) { return service.secret; });
    out << printable(fleet.path) << " is good.\n"
        << "hosts     " << fleet.hosts.size() << ", " << isProtected << " protected\n"
        << "services  " << fleet.services.size() << ", " << secret << " secret; at most "
        << counted(static_cast<std::size_t>(fleet.maxRestarts), "restart") << " at once\n"
        << "events    "
        << (fleet.events.file.empty()  ? "no file"
            : fleet.events.file == "-" ? "stdout"
                                       : printable(fleet.events.file))
        << (!fleet.events.loki             ? ", no Loki"
            : fleet.events.lokiUrl.empty() ? ", Loki: GRAFANA_CLOUD_LOKI_URL is not set here"
                                           : ", Loki")
        << "\naudit     "
        << (fleet.audit.empty()            ? "the default file"
            : fleet.audit.starts_with('/') ? printable(fleet.audit)
                                           : "PostgreSQL")
        << "\n";
}

int check(const CheckArguments& arguments, Context& context) {
    const std::string path =
        setup::fleetPlace(arguments.file.empty() ? arguments.fleet : arguments.file, context.env);
    if (path.empty())
        return complain(context, "there is no fleet file; name one: 'inodeck fleet check FILE'.", UsageError);
    const auto text = readFleetText(path);
    if (!text)
        return complain(context, text.error().message, UsageError);
    for (const FleetProblem& problem : checkFleet(*text, path, context.env))
        context.io.err << problemLine(path, problem) << "\n";
    const auto fleet = parseFleet(*text, path, context.env);
    if (!fleet)
        return UsageError;
    printSummary(*fleet, context.io.out);
    return InSync;
}

} // namespace

void addFleetCommand(CLI::App& app, Run& run) {
    auto* fleet = app.add_subcommand("fleet", "The fleet file: which hosts there are, and what is special");
    fleet->require_subcommand(1);
    auto* command = fleet->add_subcommand("check", "Say all that is wrong with the fleet file, and where");
    auto arguments = std::make_shared<CheckArguments>();
    auto* file = command->add_option("FILE", arguments->file, "The file (default: as for --fleet)");
    addFleetOption(*command, arguments->fleet);
    command->get_option("--fleet")->excludes(file);
    command->footer(
        "Exit codes: 0 it is good; 2 it is not, each problem is a line FILE:LINE:COLUMN: … on stderr.");
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return check(*arguments, context); }; });
}

} // namespace inodeck::cli
