#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QSettings>
#include <csignal>
#include <iostream>

#include "app/setup/audit_place.h"
#include "app/setup/environment.h"
#include "app/setup/fleet_file.h"
#include "app/setup/transports.h"
#include "core/base/text.h"
#include "ui/dialogs/appearance.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/models/language.h"
#include "ui/views/main_window.h"

namespace {

using namespace inodeck;

struct Arguments {
    std::vector<std::string> hosts;
    setup::HostOptions options;
    std::string audit;
};

constexpr int UsageError = 2; // as in the headless program

/// Ends the program for --help, --version and what is not understood; needs no display.
Arguments parsed(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    // English, as all of the command line is.
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    QCommandLineParser parser;
    parser.setApplicationDescription(
        text("Operator console: which configuration containers are really running."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("HOST"),
        text("Host, group or wildcard of the fleet file, ssh alias, or [user@]host[:port]; "
             "none: all of the fleet file, else the hosts of the last time"),
        QStringLiteral("[HOST…]"));
    const QCommandLineOption local(QStringLiteral("local"), text("Look at this machine too, without ssh."));
    const QCommandLineOption sshConfig(
        QStringLiteral("ssh-config"), text("Use this OpenSSH client configuration."), QStringLiteral("FILE"));
    const QCommandLineOption docker(
        QStringLiteral("docker"), text("The docker command on the hosts, e.g. 'sudo -n docker' or 'podman'."),
        QStringLiteral("COMMAND"));
    const QCommandLineOption replay(QStringLiteral("replay"),
                                    text("Look at a recorded fleet in this directory instead of real hosts."),
                                    QStringLiteral("DIR"));
    const QCommandLineOption audit(
        QStringLiteral("audit"),
        text(
            "The audit log: a file or postgresql://… (default: $INODECK_AUDIT, then the fleet file's audit:, "
            "then the XDG data folder)."),
        QStringLiteral("WHERE"));
    const QCommandLineOption fleet(QStringLiteral("fleet"),
                                   text("The fleet file (default: $INODECK_FLEET, then ./inodeck.yaml, then "
                                        "inodeck/inodeck.yaml in the XDG configuration folder)."),
                                   QStringLiteral("FILE"));
    parser.addOptions({local, sshConfig, docker, replay, audit, fleet});
    if (!parser.parse(application.arguments())) {
        std::cerr << "inodeck-console: " << printable(parser.errorText().toStdString())
                  << " See 'inodeck-console --help'.\n";
        std::exit(UsageError);
    }
    parser.process(application); // --help, --version
    Arguments arguments;
    for (const QString& host : parser.positionalArguments())
        arguments.hosts.push_back(host.toStdString());
    arguments.options.local = parser.isSet(local);
    arguments.options.sshConfig = parser.value(sshConfig).toStdString();
    arguments.options.docker = parser.value(docker).toStdString();
    arguments.options.replay = parser.value(replay).toStdString();
    arguments.audit = parser.value(audit).toStdString();
    arguments.options.fleet = parser.value(fleet).toStdString();
    return arguments;
}

/// The hosts of the command line, or else of the fleet file, or else those that the window had when it was
/// closed.
Result<std::vector<Host>> hostsToShow(const Arguments& arguments, const Fleet& fleet) {
    std::vector<std::string> names = arguments.hosts;
    setup::HostOptions options = arguments.options;
    if (names.empty() && !options.local && options.replay.empty() && fleet.hosts.empty())
        for (const QString& name : QSettings().value(QStringLiteral("hosts")).toStringList()) {
            if (name == QLatin1String("local"))
                options.local = true;
            else
                names.push_back(name.toStdString());
        }
    return setup::hostsOf(names, options, fleet);
}

/// What the window begins with.
struct Start {
    Fleet fleet;
    std::vector<Host> hosts;
    bool rememberFleet = false; ///< neither an option nor a folder says which fleet file: the window may
    std::string fleetToMend;    ///< the window's own fleet file, which cannot be used as it is
};

/// The fleet file that is found without the window's settings, else the one that was chosen in the window.
Result<Start> startOf(const Arguments& arguments) {
    const auto environment = setup::currentEnvironment();
    Start start;
    start.rememberFleet =
        arguments.options.replay.empty() && setup::fleetPlace(arguments.options.fleet, environment).empty();
    const std::string own =
        start.rememberFleet ? QSettings().value(QStringLiteral("fleet/file")).toString().toStdString() : "";
    auto fleet =
        own.empty() ? setup::fleetOf(arguments.options.fleet, environment) : readFleet(own, environment);
    if (!fleet && !own.empty()) {
        // No hosts then: without the file nobody knows which of them are protected.
        start.fleetToMend = own;
        return start;
    }
    if (!fleet)
        return tl::unexpected(fleet.error());
    start.fleet = *fleet;
    auto hosts = hostsToShow(arguments, *fleet);
    if (!hosts)
        return tl::unexpected(hosts.error());
    start.hosts = *hosts;
    return start;
}

int show(const Arguments& arguments, const Start& start) {
    ui::GuiPrompter prompter;
    const auto environment = setup::currentEnvironment();
    ui::FleetSession session(setup::transportOf(arguments.options, &prompter),
                             setup::auditPlace(arguments.audit, environment, start.fleet.audit), environment);
    ui::WindowOptions options;
    options.sshConfig = arguments.options.sshConfig;
    const bool recorded = !arguments.options.replay.empty();
    options.rememberHosts = arguments.hosts.empty() && !arguments.options.local && !recorded &&
                            start.fleet.hosts.empty() && start.fleetToMend.empty();
    options.subtitle = recorded ? QObject::tr("recorded fleet") : QString();
    options.fleet = start.fleet;
    options.rememberFleet = start.rememberFleet;
    options.fleetToMend = start.fleetToMend;
    ui::MainWindow window(session, prompter, options);
    window.addHosts(start.hosts);
    window.show();
    window.scan();
    const int code = QApplication::exec();
    prompter.release();
    return code;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication::setOrganizationName(QStringLiteral("inodeck"));
    QCoreApplication::setApplicationName(QStringLiteral("console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(INODECK_VERSION));
    const Arguments arguments = parsed(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    QApplication::setDesktopFileName(QStringLiteral("inodeck-console"));
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/inodeck.png")));
    const auto start = startOf(arguments);
    if (!start) {
        std::cerr << "inodeck-console: " << start.error().message << "\n";
        return UsageError;
    }
    const ui::Preferences preferences = ui::loadPreferences();
    ui::useLanguage(preferences.language);
    ui::useColours(preferences.colours);
    return show(arguments, *start);
}
