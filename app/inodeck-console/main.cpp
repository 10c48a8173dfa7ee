#include <CLI/CLI.hpp>
#include <QApplication>
#include <QIcon>
#include <QSettings>
#include <csignal>
#include <iostream>

#include "app/cli/environment.h"
#include "app/cli/options.h"
#include "app/cli/ssh_factory.h"
#include "core/transport/replay_transport.h"
#include "core/transport/routing_transport.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/views/main_window.h"

namespace {

using namespace inodeck;

struct Arguments {
    std::vector<std::string> hosts;
    cli::HostOptions options;
    std::string audit;
};

void describe(CLI::App& app, Arguments& arguments) {
    app.set_version_flag("--version", "inodeck-console " INODECK_VERSION);
    app.get_formatter()->column_width(34);
    app.add_option("HOST", arguments.hosts,
                   "ssh alias or [user@]host[:port]; none: the hosts of the last time");
    app.add_flag("--local", arguments.options.local, "Look at this machine too, without ssh");
    cli::addHostOptions(app, arguments.options);
    app.add_option("--audit", arguments.audit, "The audit log (default: in the XDG data folder)")
        ->type_name("WHERE");
}

std::unique_ptr<Transport> transportOf(const cli::HostOptions& options, Prompter* prompter) {
    if (!options.replay.empty())
        return std::make_unique<ReplayTransport>(options.replay);
    return std::make_unique<RoutingTransport>(cli::sshTransport(options.sshConfig, prompter));
}

/// The hosts of the command line, or else those that the window had when it was closed.
Result<std::vector<Host>> hostsToShow(const Arguments& arguments) {
    std::vector<std::string> names = arguments.hosts;
    cli::HostOptions options = arguments.options;
    if (names.empty() && !options.local && options.replay.empty())
        for (const QString& name : QSettings().value(QStringLiteral("hosts")).toStringList()) {
            if (name == QLatin1String("local"))
                options.local = true;
            else
                names.push_back(name.toStdString());
        }
    return cli::hostsOf(names, options);
}

int show(const Arguments& arguments, const std::vector<Host>& hosts) {
    ui::GuiPrompter prompter;
    ui::FleetSession session(transportOf(arguments.options, &prompter), arguments.audit,
                             cli::currentEnvironment());
    ui::WindowOptions options;
    options.sshConfig = arguments.options.sshConfig;
    const bool recorded = !arguments.options.replay.empty();
    options.rememberHosts = arguments.hosts.empty() && !arguments.options.local && !recorded;
    options.subtitle = recorded ? QObject::tr("recorded fleet") : QString();
    ui::MainWindow window(session, prompter, options);
    window.addHosts(hosts);
    window.show();
    window.scan();
    const int code = QApplication::exec();
    prompter.release();
    return code;
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"Operator console: which configuration containers are really running.", "inodeck-console"};
    describe(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::InSync : cli::UsageError;
    }
    std::signal(SIGPIPE, SIG_IGN);
    QApplication::setOrganizationName(QStringLiteral("inodeck"));
    QApplication::setApplicationName(QStringLiteral("console"));
    QApplication::setDesktopFileName(QStringLiteral("inodeck-console"));
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/inodeck.png")));
    const auto hosts = hostsToShow(arguments);
    if (!hosts) {
        std::cerr << "inodeck-console: " << hosts.error().message << "\n";
        return cli::UsageError;
    }
    return show(arguments, *hosts);
}
