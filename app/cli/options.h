#pragma once

#include "app/cli/command.h"
#include "core/fleet/host.h"
#include "core/scan/scan.h"

namespace inodeck::cli {

/// What every command that looks at hosts takes.
struct HostOptions {
    std::string sshConfig;
    std::string docker;  ///< "sudo -n docker": words, split at blanks
    std::string replay;  ///< a recorded fleet
    double timeout = 60; ///< seconds for a host
    double hashLimitMiB = 4;
    bool local = false;
};

void addHostOptions(CLI::App& command, HostOptions& options);

/// The hosts of the command line, with the options applied to each.
Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options);

/// The transport that the options ask for; prompts go to the terminal where there is one.
std::unique_ptr<Transport> transportFor(Context& context, const HostOptions& options);

/// Prints "inodeck: …" to stderr.
int complain(Context& context, const std::string& sentence, ExitCode code);

/// The exit code that an error of a host calls for.
ExitCode exitCodeOf(const Error& error);

} // namespace inodeck::cli
