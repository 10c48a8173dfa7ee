#pragma once

#include "app/cli/command.h"
#include "app/setup/transports.h"
#include "core/scan/scan.h"

namespace inodeck::cli {

using setup::HostOptions;
using setup::hostsOf;

void addHostOptions(CLI::App& command, HostOptions& options);

/// The transport that the options ask for; prompts go to the terminal where there is one.
std::unique_ptr<Transport> transportFor(Context& context, const HostOptions& options);

/// Prints "inodeck: …" to stderr.
int complain(Context& context, const std::string& sentence, ExitCode code);

/// The exit code that an error of a host calls for.
ExitCode exitCodeOf(const Error& error);

} // namespace inodeck::cli
