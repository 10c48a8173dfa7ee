// Draws what looks the same on every fleet: first page, fleet file, settings, keys, and the table of the
// demo's recorded fleet: screenshots_fit DIR LANGUAGE COLOURS (0 to 3, as in the settings).
// scripts/screenshots calls it for each combination, and at 200% (QT_SCALE_FACTOR=2).
#include <QApplication>
#include <QFile>
#include <QTabBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <iostream>

#include "core/transport/replay_transport.h"
#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/appearance.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/models/language.h"
#include "ui/views/main_window.h"

namespace {

using namespace inodeck;
using namespace inodeck::ui;

QString prefix;

void save(QWidget& widget, const char* name) {
    QTest::qWait(300);
    widget.grab().save(prefix + QLatin1String(name) + QStringLiteral(".png"));
}

const QByteArray Wrong = "# What is wrong is marked while it is typed.\n"
                         "defaults:\n  env: production\n\nhosts:\n  - name: vm1\n"
                         "    address: deploy@vm1.example.net\n    protectd: true\n  - name: vm2\n"
                         "    deadline: soon\n\nservices:\n  - project: runtime\n    service: alloy\n"
                         "    hosts: [vm3]\n";

template <typename Dialog>
void shootDialog(MainWindow& window, Qt::Key key, Qt::KeyboardModifiers with, const char* name) {
    (void)QTest::qWaitForWindowActive(&window);
    QTest::keyClick(&window, key, with);
    auto* dialog = window.findChild<Dialog*>();
    if (!dialog)
        return;
    save(*dialog, name);
    dialog->close();
}

void shoot() {
    const std::string recorded = INODECK_SOURCE_DIR "/resources/demo/fleet";
    const QTemporaryDir own;
    GuiPrompter prompter;
    FleetSession session(std::make_unique<ReplayTransport>(recorded),
                         own.filePath(QStringLiteral("audit/audit.sqlite")).toStdString(), {});
    WindowOptions options;
    options.sshConfig = own.filePath(QStringLiteral("config")).toStdString();
    QFile config(QString::fromStdString(options.sshConfig));
    if (config.open(QIODevice::WriteOnly))
        config.write("Host edge1\nHost app1\nHost db1.eu-central-1.example.net\n");
    config.close();
    MainWindow window(session, prompter, options);
    window.resize(1280, 720);
    window.show();
    (void)QTest::qWaitForWindowActive(&window);
    save(window, "first-page");
    std::vector<Host> hosts;
    for (const std::string& name : ReplayTransport(recorded).hosts())
        hosts.push_back(*parseHost(name));
    window.addHosts(hosts);
    window.scan();
    (void)QTest::qWaitFor([&] { return !session.scanning(); }, 20000);
    QTest::qWait(1000); // the diff of the first row
    save(window, "mounts");
    auto* bar = window.findChild<Pages*>()->bar();
    for (int page = 1; page < bar->count() - 1; ++page) {
        bar->setCurrentIndex(page);
        save(window, qPrintable(QStringLiteral("page-%1").arg(page + 1)));
    }
    auto* fleet = window.findChild<FleetPage*>();
    QFile wrong(own.filePath(QStringLiteral("inodeck.yaml")));
    if (wrong.open(QIODevice::WriteOnly))
        wrong.write(Wrong);
    wrong.close();
    bar->setCurrentIndex(bar->count() - 1);
    save(window, "fleet-empty");
    fleet->open(wrong.fileName().toStdString());
    (void)QTest::qWaitFor([&] { return fleet->findChild<QTableWidget*>()->rowCount() > 0; }, 5000);
    save(window, "fleet");
    shootDialog<SettingsDialog>(window, Qt::Key_Comma, Qt::ControlModifier, "settings");
    shootDialog<KeysDialog>(window, Qt::Key_F1, Qt::NoModifier, "keys");
    shootDialog<AddHostDialog>(window, Qt::Key_N, Qt::ControlModifier, "add-host");
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: screenshots_fit DIR LANGUAGE COLOURS\n";
        return 2;
    }
    const QTemporaryDir own;
    qputenv("XDG_CONFIG_HOME", own.path().toUtf8());
    qputenv("XDG_DATA_HOME", own.path().toUtf8());
    QApplication application(argc, argv);
    const QString language = QString::fromLocal8Bit(argv[2]);
    useLanguage(language);
    useColours(static_cast<Preferences::Colours>(std::atoi(argv[3])));
    prefix = QStringLiteral("%1/%2-%3-")
                 .arg(QString::fromLocal8Bit(argv[1]), language, QString::fromLocal8Bit(argv[3]));
    shoot();
    return 0;
}
