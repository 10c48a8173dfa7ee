#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/options.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

constexpr const char* Footer =
    "Exit codes: 0 in sync, or done and proven (a container that does not run, not_running, is no drift);\n"
    "1 drift; 2 usage or configuration error;\n"
    "3 incomplete (a host or a mount could not be observed, or the output not be written; outranks 1);\n"
    "4 an action failed, was refused or is not proven; 5 no audit record could be written.";

/// "inodeck scan": the command whose words were wrong, as far as they were understood.
std::string nameOf(const CLI::App& app) {
    std::string name = app.get_name();
    for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        name += " " + at->get_name();
    }
    return name;
}

/// Help and version are answers; what is wrong is said in one sentence.
int answerParseError(const CLI::App& app, const CLI::ParseError& error, Context& context) {
    if (error.get_exit_code() == 0)
        return app.exit(error, context.io.out, context.io.err);
    std::string what = printable(error.what());
    while (what.ends_with('.') || what.ends_with(' '))
        what.pop_back();
    return complain(context, what + "; see '" + nameOf(app) + " --help'.", UsageError);
}

/// The first word that stands where a command should and is none. CLI11 would only say that one is missing.
std::optional<std::string> unknownCommand(const CLI::App& app, const std::vector<std::string>& argv) {
    const CLI::App* at = &app;
    for (const std::string& word : argv) {
        const auto commands = at->get_subcommands([](const CLI::App*) { return true; });
        if (word.starts_with('-') || commands.empty())
            return std::nullopt;
        const auto found = std::find_if(commands.begin(), commands.end(),
                                        [&](const CLI::App* command) { return command->check_name(word); });
        if (found == commands.end())
            return word;
        at = *found;
    }
    return std::nullopt;
}

/// What nobody could read is not done, whatever the command thinks of it. Higher codes say more.
int afterOutput(int code, Context& context) {
    std::ostream& out = context.io.out;
    const bool lost = out.fail();
    out.clear();
    errno = 0;
    out << (lost ? "\n" : "") << std::flush; // a stream does not keep why it failed: try again
    if (!lost && out)
        return code;
    complain(context,
             errno == 0 ? std::string("cannot write the output.")
                        : std::string("cannot write the output: ") + std::strerror(errno) + ".",
             Incomplete);
    return std::max<int>(code, Incomplete);
}

int parseAndRun(const std::vector<std::string>& argv, Context& context) {
    CLI::App app{"Shows which configuration containers are really running, and restarts what needs it.",
                 "inodeck"};
    app.footer(Footer);
    app.set_version_flag("--version", "inodeck " INODECK_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);
    Run command;
    addScanCommand(app, command);
    addDiffCommand(app, command);
    addRestartCommand(app, command);
    addReconcileCommand(app, command);
    addRestartIfChangedCommand(app, command);
    addReportCommand(app, command);
    addTrustCommand(app, command);
    addDoctorCommand(app, command);
    addAuditCommand(app, command);
    addFleetCommand(app, command);
    if (argv.empty()) {
        context.io.err << app.help();
        return UsageError;
    }
    if (const auto word = unknownCommand(app, argv))
        return complain(context, "there is no command '" + printable(*word) + "'; see 'inodeck --help'.",
                        UsageError);
    try {
        std::vector<std::string> reversed(argv.rbegin(), argv.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return answerParseError(app, error, context);
    }
    return command(context);
}

} // namespace

int run(const std::vector<std::string>& argv, Context& context) {
    return afterOutput(parseAndRun(argv, context), context);
}

} // namespace inodeck::cli
