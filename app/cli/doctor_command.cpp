#include <set>

#include "app/cli/options.h"
#include "core/base/text.h"
#include "core/scan/scan.h"

namespace inodeck::cli {

namespace {

struct DoctorArguments {
    std::string host;
    HostOptions hosts;
};

const char* meaning(const Access& access) {
    switch (access.level) {
    case AccessLevel::Root:
        return "root: everything can be seen";
    case AccessLevel::Sudo:
        return "passwordless sudo: everything can be seen";
    case AccessLevel::DockerGroup:
        return "Docker only: containers are read by docker exec";
    case AccessLevel::None:
        break;
    }
    return access.root ? "root, but Docker does not answer" : "none";
}

/// What to do about what is lacking; rights only where they can be it.
std::string grant(const Host& host, const HostScan& scan) {
    const std::string user = scan.access.user.empty() ? "USER" : printable(scan.access.user);
    const std::string who = host.local ? "this machine" : printable(host.name);
    const std::string docker = printable(shellJoin(host.docker));
    if (scan.access.root)
        return "The account can act as root on " + who +
               ", but the docker command does not answer there. It was called as\n    " + docker +
               "\nSee that it is installed and its daemon runs; --docker names another command.\n";
    const std::string sudo =
        "    echo '" + user +
        " ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/inodeck && chmod 440 /etc/sudoers.d/inodeck\n";
    if (scan.access.level == AccessLevel::DockerGroup)
        return "On " + who + ", as root,\n" + sudo +
               "for everything. It amounts to root on that host, as the group docker does.\n";
    // An account that is in the group already has called the wrong command, or Docker does not run.
    return "Where '" + docker + "' (--docker) is the right command and its daemon runs: on " + who +
           ", as root, either\n" + sudo +
           "for everything, or, for plain 'docker' and images that have a shell only,\n"
           "    usermod -aG docker " +
           user +
           "\n"
           "Both amount to root on that host; keep the account's key accordingly.\n";
}

int diagnose(const Host& host, Scanner& scanner, Context& context) {
    const HostScan scan = scanner.scanHost(host, context.cancel);
    std::ostream& out = context.io.out;
    const bool connected = !scan.peer.address.empty();
    out << "connection  " << (connected ? printable(scan.peer.address) : "failed: " + scan.error.message)
        << "\n";
    if (!connected)
        return Incomplete;
    if (!scan.peer.hostKeyFingerprint.empty())
        out << "host key    " << printable(scan.peer.hostKeyFingerprint) << "\n";
    out << "account     " << (scan.access.user.empty() ? "?" : printable(scan.access.user)) << "\n"
        << "access      " << meaning(scan.access) << "\n";
    if (!scan.runtime.version.empty())
        out << "runtime     " << printable(scan.runtime.name) << " " << printable(scan.runtime.version)
            << "\n";
    std::size_t unreadable = 0;
    std::set<std::string> containers;
    for (const Row& row : scan.rows) {
        containers.insert(row.observation.container.id.hex());
        unreadable += row.judgement.verdict == Verdict::Unknown ? 1 : 0;
    }
    if (scan.status == HostStatus::Ok)
        out << "mounts      " << scan.rows.size() << " in " << containers.size() << " containers, "
            << unreadable << " cannot be read\n";
    const std::string lacking = scan.status == HostStatus::Ok ? scan.access.missing : scan.error.message;
    if (lacking.empty() && unreadable == 0)
        return InSync;
    if (!lacking.empty())
        out << "lacking     " << lacking << "\n" << grant(host, scan);
    return scan.status == HostStatus::Ok && unreadable == 0 ? InSync : Incomplete;
}

int doctor(const DoctorArguments& arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    const auto hosts = fleet ? hostsMeant(arguments.host, arguments.hosts, *fleet)
                             : Result<std::vector<Host>>(tl::unexpected(fleet.error()));
    if (!hosts)
        return complain(context, hosts.error().message, UsageError);
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    int code = InSync;
    for (const Host& host : *hosts) {
        if (hosts->size() > 1)
            context.io.out << (&host == &hosts->front() ? "" : "\n") << "host        " << printable(host.name)
                           << "\n";
        code = std::max(code, diagnose(host, scanner, context));
    }
    return code;
}

} // namespace

void addDoctorCommand(CLI::App& app, Run& run) {
    auto* command =
        app.add_subcommand("doctor", "Say what access a host gives, what is lacking, and what to grant");
    auto arguments = std::make_shared<DoctorArguments>();
    command
        ->add_option("HOST", arguments->host,
                     "Host, group or wildcard of the fleet file, ssh alias, or [user@]host[:port]; "
                     "'local' with --local")
        ->required();
    command->add_flag("--local", arguments->hosts.local, "Look at this machine");
    addHostOptions(*command, arguments->hosts);
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return doctor(*arguments, context); }; });
}

} // namespace inodeck::cli
