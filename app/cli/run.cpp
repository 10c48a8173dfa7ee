#include "app/cli/command.h"

namespace inodeck::cli {

namespace {

constexpr const char* Footer =
    "Exit codes: 0 in sync, or done and proven; 1 drift; 2 usage or configuration error;\n"
    "3 incomplete (a host or a mount could not be observed; outranks 1);\n"
    "4 an action failed, was refused or is not proven; 5 no audit record could be written.";

/// CLI11 prints help and version itself, but to streams of its own choice.
int answerParseError(const CLI::App& app, const CLI::ParseError& error, Context& context) {
    const int code = app.exit(error, context.io.out, context.io.err);
    return code == 0 ? InSync : UsageError;
}

} // namespace

int run(const std::vector<std::string>& argv, Context& context) {
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
    addTrustCommand(app, command);
    addDoctorCommand(app, command);
    addAuditCommand(app, command);
    if (argv.empty()) {
        context.io.err << app.help();
        return UsageError;
    }
    try {
        std::vector<std::string> reversed(argv.rbegin(), argv.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return answerParseError(app, error, context);
    }
    return command(context);
}

} // namespace inodeck::cli
