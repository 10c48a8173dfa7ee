#include "app/cli/options.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/terminal_prompter.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

/// As CLI::Range, which lets NaN pass.
CLI::Validator numberIn(double least, double most) {
    std::ostringstream range;
    range << "in [" << least << " - " << most << "]";
    const auto check = [least, most, said = range.str()](const std::string& text) {
        double value = 0;
        const bool good = CLI::detail::lexical_cast(text, value) && value >= least && value <= most;
        return good ? std::string{} : "'" + text + "' is no number " + said;
    };
    return {check, "FLOAT " + range.str()};
}

/// ssh would ignore a directory, and say of a missing file only what it thinks of it.
std::string whyNoSshConfig(const std::string& file) {
    struct stat info {};
    int error = ::stat(file.c_str(), &info) == 0 ? 0 : errno;
    if (error == 0 && S_ISDIR(info.st_mode))
        error = EISDIR;
    if (error == 0 && ::access(file.c_str(), R_OK) != 0)
        error = errno;
    const bool good = error == 0 || file == "none"; // ssh's word for no configuration
    return good ? std::string{} : "cannot read '" + file + "': " + std::strerror(error);
}

} // namespace

void addFleetOption(CLI::App& command, std::string& file) {
    command
        .add_option("--fleet", file,
                    "The fleet file (default: $INODECK_FLEET, then ./inodeck.yaml, then "
                    "inodeck/inodeck.yaml in the XDG configuration folder)")
        ->type_name("FILE");
}

void addSshConfigOption(CLI::App& command, std::string& file) {
    command.add_option("--ssh-config", file, "Use this OpenSSH client configuration")
        ->type_name("FILE")
        ->check(CLI::Validator(whyNoSshConfig, ""));
}

void addHostOptions(CLI::App& command, HostOptions& options) {
    addFleetOption(command, options.fleet);
    addSshConfigOption(command, options.sshConfig);
    command
        .add_option("--docker", options.docker,
                    "The docker command on the hosts, e.g. 'sudo -n docker' or 'podman'")
        ->type_name("COMMAND");
    command.add_option("--timeout", options.timeout, "Give a host at most this long (default 60)")
        ->type_name("SECONDS")
        ->check(numberIn(1, 86400));
    command
        .add_option("--hash-limit", options.hashLimitMiB,
                    "Hash files up to this size; larger ones are compared by inode (default 4)")
        ->type_name("MIB")
        ->check(numberIn(0, 1024));
    command
        .add_option("--replay", options.replay,
                    "Look at a recorded fleet in this directory instead of real hosts")
        ->type_name("DIR");
}

Result<std::vector<Host>> hostsMeant(const std::string& name, const HostOptions& options,
                                     const Fleet& fleet) {
    if (!options.local)
        return hostsOf({name}, options, fleet);
    auto hosts = hostsOf({}, options, fleet);
    if (hosts && name != "local" && name != hosts->front().name)
        return fail(ErrorCode::Usage, "--local looks at this machine; it cannot be combined with the host '" +
                                          printable(name) + "'.");
    return hosts;
}

Result<Host> oneHost(const std::string& name, const HostOptions& options, const Fleet& fleet) {
    const auto hosts = hostsMeant(name, options, fleet);
    if (!hosts)
        return tl::unexpected(hosts.error());
    if (hosts->size() == 1)
        return hosts->front();
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(hosts->size(), 5); ++i)
        names += (i ? ", " : "") + printable((*hosts)[i].name);
    return fail(ErrorCode::Usage, "'" + printable(name) + "' means " + std::to_string(hosts->size()) +
                                      " hosts (" + names + (hosts->size() > 5 ? ", …" : "") +
                                      "); this command takes one.");
}

Result<std::vector<Host>> hostsToLookAt(const std::vector<std::string>& names, const HostOptions& options,
                                        const Fleet& fleet, const std::string& command) {
    auto hosts = hostsOf(names, options, fleet);
    if (hosts && hosts->empty())
        return fail(ErrorCode::Usage, "name a host: 'inodeck " + command +
                                          " HOST…', --local for this machine, or a fleet file with hosts.");
    return hosts;
}

std::unique_ptr<Transport> transportFor(Context& context, const HostOptions& options) {
    if (!options.replay.empty())
        context.io.err << "inodeck: this is a recorded fleet, not real hosts\n";
    static TerminalPrompter prompter;
    return setup::transportOf(options, context.io.inIsTerminal ? &prompter : nullptr);
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

ExitCode exitCodeOf(const std::vector<HostScan>& scans) {
    bool drift = false;
    for (const HostScan& scan : scans) {
        if (scan.status != HostStatus::Ok)
            return Incomplete;
        for (const Row& row : scan.rows) {
            if (row.judgement.verdict == Verdict::Unknown)
                return Incomplete;
            drift |= isDrift(row.judgement.verdict);
        }
    }
    return drift ? Drift : InSync;
}

} // namespace inodeck::cli
