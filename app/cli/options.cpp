#include "app/cli/options.h"

#include <cmath>
#include <sstream>

#include "app/cli/terminal_prompter.h"
#include "core/transport/replay_transport.h"
#include "core/transport/routing_transport.h"

namespace inodeck::cli {

void addHostOptions(CLI::App& command, HostOptions& options) {
    command.add_option("--ssh-config", options.sshConfig, "Use this OpenSSH client configuration")
        ->type_name("FILE");
    command
        .add_option("--docker", options.docker,
                    "The docker command on the hosts, e.g. 'sudo -n docker' or 'podman'")
        ->type_name("COMMAND");
    command.add_option("--timeout", options.timeout, "Give a host at most this long (default 60)")
        ->type_name("SECONDS")
        ->check(CLI::Range(1.0, 86400.0));
    command
        .add_option("--hash-limit", options.hashLimitMiB,
                    "Hash files up to this size; larger ones are compared by inode (default 4)")
        ->type_name("MIB")
        ->check(CLI::Range(0.0, 1024.0));
    command
        .add_option("--replay", options.replay,
                    "Look at a recorded fleet in this directory instead of real hosts")
        ->type_name("DIR");
}

Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options) {
    std::vector<Host> hosts;
    if (options.local) {
        Host local;
        local.name = "local";
        local.local = true;
        hosts.push_back(local);
    }
    for (const std::string& name : names) {
        auto host = parseHost(name);
        if (!host)
            return tl::unexpected(host.error());
        hosts.push_back(std::move(*host));
    }
    if (hosts.empty() && !options.replay.empty()) {
        for (const std::string& name : ReplayTransport(options.replay).hosts()) {
            Host host;
            host.name = name;
            hosts.push_back(host);
        }
        if (hosts.empty())
            return fail(ErrorCode::Usage,
                        "There is no recording (NAME.probe) in the directory given to --replay.");
    }
    std::vector<std::string> docker;
    std::istringstream words(options.docker);
    for (std::string word; words >> word;)
        docker.push_back(word);
    for (Host& host : hosts) {
        if (!docker.empty())
            host.docker = docker;
        host.deadline = std::chrono::seconds{std::lround(options.timeout)};
        host.hashLimit = static_cast<std::uint64_t>(options.hashLimitMiB * 1024 * 1024);
    }
    return hosts;
}

std::unique_ptr<Transport> transportFor(Context& context, const HostOptions& options) {
    if (!options.replay.empty()) {
        context.io.err << "inodeck: this is a recorded fleet, not real hosts\n";
        return std::make_unique<ReplayTransport>(options.replay);
    }
    static TerminalPrompter prompter;
    return std::make_unique<RoutingTransport>(
        context.ssh(options.sshConfig, context.io.inIsTerminal ? &prompter : nullptr));
}

int complain(Context& context, const std::string& sentence, ExitCode code) {
    context.io.err << "inodeck: " << sentence << "\n";
    return code;
}

ExitCode exitCodeOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::Usage:
    case ErrorCode::Config:
    case ErrorCode::NotFound:
        return UsageError;
    case ErrorCode::AuditUnavailable:
        return NoAudit;
    default:
        return Incomplete;
    }
}

} // namespace inodeck::cli
