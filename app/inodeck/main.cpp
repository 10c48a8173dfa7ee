#include <csignal>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include <QCoreApplication>

#include "app/cli/command.h"
#include "app/setup/environment.h"

namespace {

inodeck::Cancel* toCancel = nullptr;

/// The first signal asks for an orderly end; the second one ends at once.
void onSignal(int number) {
    if (toCancel->requested())
        ::_exit(128 + number);
    toCancel->request();
}

int columnsOf(const std::map<std::string, std::string>& variables, bool terminal) {
    winsize size{};
    if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const auto columns = variables.find("COLUMNS");
    const int wanted = columns == variables.end() ? 0 : std::atoi(columns->second.c_str());
    return wanted > 0 ? wanted : terminal ? 80 : 160;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    inodeck::Cancel cancel;
    toCancel = &cancel;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    const auto variables = inodeck::setup::currentEnvironment();
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    const auto value = [&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string{} : found->second;
    };
    const bool plain = !value("NO_COLOR").empty() || value("TERM") == "dumb"; // no-color.org: empty is none
    inodeck::cli::Context context{{std::cin, std::cout, std::cerr, terminal, ::isatty(STDERR_FILENO) == 1,
                                   ::isatty(STDIN_FILENO) == 1, terminal && !plain,
                                   columnsOf(variables, terminal)},
                                  variables,
                                  cancel};
    return inodeck::cli::run({argv + 1, argv + argc}, context);
}
