#pragma once

#include "app/cli/command.h"
#include "app/setup/fleet_file.h"
#include "app/setup/transports.h"
#include "core/scan/scan.h"

namespace inodeck::cli {

using setup::HostOptions;
using setup::hostsOf;

void addFleetOption(CLI::App& command, std::string& file);
/// --ssh-config, refused where it names what cannot be read.
void addSshConfigOption(CLI::App& command, std::string& file);
void addHostOptions(CLI::App& command, HostOptions& options);

/// The hosts that `name` means, or this machine where --local asks for it; Usage where they contradict each
/// other.
Result<std::vector<Host>> hostsMeant(const std::string& name, const HostOptions& options, const Fleet& fleet);

/// The one host that `name` means, or this machine; the fleet file's own name of it is fine, as is a group of
/// one.
Result<Host> oneHost(const std::string& name, const HostOptions& options, const Fleet& fleet);

/// The hosts that `inodeck COMMAND` is to look at; Usage where there is none.
Result<std::vector<Host>> hostsToLookAt(const std::vector<std::string>& names, const HostOptions& options,
                                        const Fleet& fleet, const std::string& command);

/// The transport that the options ask for; prompts go to the terminal where there is one.
std::unique_ptr<Transport> transportFor(Context& context, const HostOptions& options);

/// Prints "inodeck: …" to stderr.
int complain(Context& context, const std::string& sentence, ExitCode code);

/// The exit code that an error of a host calls for.
ExitCode exitCodeOf(const Error& error);
/// The exit code of a look at hosts.
ExitCode exitCodeOf(const std::vector<HostScan>& scans);

} // namespace inodeck::cli
