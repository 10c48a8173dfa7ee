// Draws the console as docs/screenshots shows it: screenshots DIR --ssh-config FILE HOST… (a running lab,
// whose first drift is restarted at the end). scripts/screenshots calls it.
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>
#include <iostream>

#include "app/setup/environment.h"
#include "app/setup/transports.h"
#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/prompt_dialogs.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/reveal_dialog.h"
#include "ui/views/diff_view.h"
#include "ui/views/log_view.h"
#include "ui/views/main_window.h"

namespace {

using namespace inodeck;
using namespace inodeck::ui;

QString folder;

void save(QWidget& widget, const QString& name) {
    QTest::qWait(150);
    widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

QPalette darkPalette() {
    QPalette p;
    const QColor window(0x1f, 0x22, 0x26), base(0x17, 0x19, 0x1c), text(0xe6, 0xe8, 0xea),
        dim(0x8a, 0x90, 0x96);
    for (const auto role :
         {QPalette::Window, QPalette::Button, QPalette::AlternateBase, QPalette::ToolTipBase})
        p.setColor(role, window);
    p.setColor(QPalette::Base, base);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
                            QPalette::BrightText})
        p.setColor(role, text);
    p.setColor(QPalette::PlaceholderText, dim);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, dim.darker(130));
    p.setColor(QPalette::Highlight, QColor(0x2a, 0x5d, 0x9f));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Light, window.lighter(140));
    p.setColor(QPalette::Midlight, window.lighter(120));
    p.setColor(QPalette::Mid, window.lighter(170));
    p.setColor(QPalette::Dark, base.darker(140));
    return p;
}

template <typename Dialog> Dialog* openDialog(QWidget& window) {
    Dialog* dialog = nullptr;
    (void)QTest::qWaitFor([&] { return (dialog = window.findChild<Dialog*>()) != nullptr; }, 5000);
    return dialog;
}

void waitForScan(FleetSession& session) {
    (void)QTest::qWaitFor([&] { return !session.scanning(); }, 60000);
    QTest::qWait(1500); // the diff of the first row
}

void shootDialogs(MainWindow& window) {
    HostKeyDialog hostKey({"vm7.example.net", "192.0.2.17:22", "ssh-ed25519",
                           "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"},
                          &window);
    hostKey.show();
    save(hostKey, QStringLiteral("host-key"));
    SecretDialog secret({SecretQuestion::Kind::Passphrase, "vm1", "/home/ops/.ssh/id_ed25519", false, 2},
                        &window);
    secret.show();
    save(secret, QStringLiteral("passphrase"));
    AddHostDialog add({"vm1", "vm2", "a-host-with-a-rather-long-name.eu-central-1.example.net"}, &window);
    add.show();
    save(add, QStringLiteral("add-host"));
    RevealDialog reveal(QStringLiteral("/srv/prometheus/prometheus.yml"), &window);
    reveal.show();
    save(reveal, QStringLiteral("reveal"));
}

/// The diff, next to each other and unified, and the log of the selected mount.
void shootDetails(MainWindow& window, const QString& palette) {
    auto* tabs = window.findChild<DetailsPanel*>()->findChild<QTabWidget*>();
    tabs->setCurrentWidget(window.findChild<DiffView*>());
    QTest::qWait(500);
    save(window, QStringLiteral("diff-") + palette);
    for (auto* box : window.findChild<DiffView*>()->findChildren<QCheckBox*>())
        if (box->text() == QStringLiteral("&Unified")) {
            box->setChecked(true);
            save(window, QStringLiteral("diff-unified-") + palette);
            box->setChecked(false);
        }
    tabs->setCurrentWidget(window.findChild<LogView*>());
    QTest::qWait(2000); // docker logs
    save(window, QStringLiteral("log-") + palette);
    tabs->setCurrentIndex(0);
}

QPalette lightPalette() {
    return QApplication::style()->standardPalette();
}

void shootAudit(MainWindow& window) {
    auto* pages = window.findChild<Pages*>();
    pages->open(QStringLiteral("audit"));
    auto* table = window.findChild<AuditTable*>(QStringLiteral("records"));
    (void)QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 5000);
    table->setCurrentIndex(table->model()->index(0, 0));
    save(window, QStringLiteral("audit-light"));
    QApplication::setPalette(darkPalette());
    save(window, QStringLiteral("audit-dark"));
    QApplication::setPalette(lightPalette());
    pages->open(QStringLiteral("mounts"));
}

void shootRestart(MainWindow& window, FleetSession& session) {
    for (auto* button : window.findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Re&start…"))
            button->click();
    auto* dialog = openDialog<RestartDialog>(window);
    if (!dialog)
        return;
    save(*dialog, QStringLiteral("restart"));
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("deploy 2026-11-24: new scrape targets"));
    (void)QTest::qWaitFor([&] { return dialog->queue().whyNot().isEmpty(); }, 15000);
    for (auto* button : dialog->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Re&start"))
            button->click();
    (void)QTest::qWaitFor([&] { return !session.restarting(); }, 120000);
    waitForScan(session);
    save(*dialog, QStringLiteral("restart-proven"));
    save(window, QStringLiteral("after"));
    dialog->close();
}

int shoot(const std::vector<std::string>& names, const std::string& sshConfig) {
    GuiPrompter prompter;
    FleetSession session(setup::sshOrLocal(sshConfig, &prompter), {}, setup::currentEnvironment());
    MainWindow window(session, prompter, {sshConfig, false, {}});
    window.resize(1280, 720);
    window.show();
    save(window, QStringLiteral("first-start"));
    std::vector<Host> hosts;
    for (const std::string& name : names)
        if (auto host = parseHost(name))
            hosts.push_back(*host);
    window.addHosts(hosts);
    window.scan();
    save(window, QStringLiteral("scanning"));
    waitForScan(session);
    save(window, QStringLiteral("light"));
    shootDetails(window, QStringLiteral("light"));
    QApplication::setPalette(darkPalette());
    save(window, QStringLiteral("dark"));
    shootDetails(window, QStringLiteral("dark"));
    QApplication::setPalette(lightPalette());
    shootDialogs(window);
    shootRestart(window, session);
    shootAudit(window);
    window.addHosts({*parseHost("root@127.0.0.1:1")});
    window.scan();
    waitForScan(session);
    save(window, QStringLiteral("errors"));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5 || std::string(argv[2]) != "--ssh-config") {
        std::cerr << "usage: screenshots DIR --ssh-config FILE HOST...\n";
        return 2;
    }
    const QTemporaryDir own;
    qputenv("XDG_CONFIG_HOME", own.path().toUtf8());
    qputenv("XDG_DATA_HOME", own.path().toUtf8());
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    folder = QString::fromLocal8Bit(argv[1]);
    return shoot({argv + 4, argv + argc}, argv[3]);
}
