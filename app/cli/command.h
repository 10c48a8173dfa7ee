#pragma once

#include <functional>
#include <istream>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/base/cancel.h"

namespace inodeck::cli {

/// What the program answers with; documented in the man page and stable.
enum ExitCode : int {
    InSync = 0, ///< in sync, or done and proven
    Drift = 1,
    UsageError = 2,   ///< usage or config error
    Incomplete = 3,   ///< a host or mount could not be observed
    ActionFailed = 4, ///< an action failed or is not proven
    NoAudit = 5,      ///< refused because no audit record could be written
};

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool outIsTerminal = false;
    bool errIsTerminal = false;
    bool inIsTerminal = false;
    bool colours = false;
    int columns = 80;
};

/// What a command works with; commands run in-process against buffers in tests.
struct Context {
    Streams io;
    std::map<std::string, std::string> env;
    Cancel& cancel;
};

/// Each command adds its subcommand and, when parsed, sets `run`: it does the work and returns an ExitCode.
using Run = std::function<int(Context&)>;
void addScanCommand(CLI::App& app, Run& run);
void addDiffCommand(CLI::App& app, Run& run);
void addRestartCommand(CLI::App& app, Run& run);
void addReconcileCommand(CLI::App& app, Run& run);
void addRestartIfChangedCommand(CLI::App& app, Run& run);
void addReportCommand(CLI::App& app, Run& run);
void addTrustCommand(CLI::App& app, Run& run);
void addDoctorCommand(CLI::App& app, Run& run);
void addAuditCommand(CLI::App& app, Run& run);
void addFleetCommand(CLI::App& app, Run& run);

/// Parses and runs; argv without the program's name. Returns an ExitCode.
int run(const std::vector<std::string>& argv, Context& context);

} // namespace inodeck::cli
