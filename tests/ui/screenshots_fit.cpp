// Draws every page and dialog on the demo's recorded fleet: screenshots_fit DIR LANGUAGE COLOURS (0 to 3, as
// in the settings). scripts/screenshots calls it for each combination, and at 200% (QT_SCALE_FACTOR=2).
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <iostream>

#include "core/transport/replay_transport.h"
#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/appearance.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/dialogs/prompt_dialogs.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/restart_recreate_dialog.h"
#include "ui/dialogs/reveal_dialog.h"
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

/// The dialog that these keys open; without a window manager keys do not always find the window, its action
/// is there.
template <typename Dialog> void shootDialog(MainWindow& window, const QKeySequence& keys, const char* name) {
    for (auto* action : window.findChildren<QAction*>())
        if (action->shortcuts().contains(keys))
            action->trigger();
    auto* dialog = window.findChild<Dialog*>();
    if (!dialog) {
        std::cerr << "no dialog: " << name << "\n";
        std::exit(1);
    }
    save(*dialog, name);
    dialog->close();
    QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
}

template <typename Dialog> void shootOwn(Dialog& dialog, const char* name) {
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    save(dialog, name);
    dialog.close();
}

void selectRows(MountTable& table, int count) {
    table.clearSelection();
    for (int row = 0; row < count; ++row)
        table.selectionModel()->select(table.tree().index(row, 0),
                                       QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void shootQuestions(MainWindow& window, FleetSession& session) {
    HostKeyDialog hostKey({"vm7.example.net", "192.0.2.17:22", "ssh-ed25519",
                           "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"},
                          &window);
    shootOwn(hostKey, "host-key");
    SecretDialog secret({SecretQuestion::Kind::Passphrase, "vm1", "/home/ops/.ssh/id_ed25519", false, 2},
                        &window);
    shootOwn(secret, "passphrase");
    RevealDialog reveal(QStringLiteral("/srv/prometheus/prometheus.yml"), &window);
    shootOwn(reveal, "reveal");
    RecordFilter filter;
    filter.text = "vm1";
    ExportDialog exportLog(session.auditLog(), session.actor(), filter, 1234, &window);
    shootOwn(exportLog, "export");
    const MountModel::Entry* entry = window.findChild<MountTable*>()->current();
    const auto plans = session.plan(entry->host, entry->row.observation.container.id);
    if (!plans)
        return;
    RecreateDialog recreate(plans->front(),
                            {"docker", "compose", "-p", "runtime", "--project-directory", "/srv/runtime",
                             "-f", "/srv/runtime/compose.yaml", "up", "-d", "--force-recreate", "--no-deps",
                             "-t", "10", "alloy"},
                            QStringLiteral("CHG-1042"), &window);
    shootOwn(recreate, "recreate");
}

/// The smallest window, a host's page, groups, an empty filter.
void shootTriage(MainWindow& window, FleetSession& session) {
    auto* table = window.findChild<MountTable*>();
    auto* tabs = window.findChild<DetailsPanel*>()->findChild<QTabWidget*>();
    for (int tab = 1; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        save(window, qPrintable(QStringLiteral("tab-%1").arg(tab + 1)));
    }
    tabs->setCurrentIndex(0);
    auto* filter = window.findChild<FilterBar*>();
    filter->findChild<QComboBox*>()->setCurrentIndex(static_cast<int>(GroupBy::Host));
    save(window, "groups");
    filter->findChild<QComboBox*>()->setCurrentIndex(0);
    const QSize size = window.size();
    window.resize(window.minimumSize());
    save(window, "smallest");
    std::map<Verdict, int> counts;
    for (const Verdict verdict : AllVerdicts)
        counts[verdict] = 1234;
    window.findChild<SummaryStrip*>()->setCounts(counts);
    save(window, "all-verdicts");
    window.resize(size);
    filter->findChild<QLineEdit*>()->setText(QStringLiteral("nothing like this"));
    save(window, "no-match");
    filter->findChild<QLineEdit*>()->clear();
    auto* hosts = window.findChild<HostTree*>();
    hosts->setCurrentIndex(hosts->model()->index(0, 0));
    Q_EMIT hosts->chosen(hosts->currentIndex());
    save(window, "host");
    Q_EMIT hosts->chosen(hosts->currentIndex()); // again: all
    HostScan failed;
    failed.host = session.hosts().back().name;
    failed.error = {ErrorCode::Unreachable, "Cannot connect to 192.0.2.17 port 22: Connection refused."};
    Q_EMIT session.hostScanned(failed);
    Q_EMIT session.batchTaken();
    hosts->setCurrentIndex(hosts->model()->index(static_cast<int>(session.hosts().size()) - 1, 0));
    Q_EMIT hosts->chosen(hosts->currentIndex());
    save(window, "host-failed");
    Q_EMIT hosts->chosen(hosts->currentIndex());
    table->setCurrentIndex(table->tree().index(0, 0));
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
    bar->setCurrentIndex(0);
    window.findChild<MountTable*>()->setCurrentIndex(window.findChild<MountTable*>()->tree().index(0, 0));
    shootDialog<SettingsDialog>(window, Qt::CTRL | Qt::Key_Comma, "settings");
    shootDialog<KeysDialog>(window, Qt::Key_F1, "keys");
    shootDialog<AddHostDialog>(window, Qt::CTRL | Qt::Key_N, "add-host");
    shootDialog<ReportDialog>(window, Qt::CTRL | Qt::Key_E, "report");
    shootDialog<RestartDialog>(window, Qt::CTRL | Qt::SHIFT | Qt::Key_R, "restart-one");
    selectRows(*window.findChild<MountTable*>(), 4);
    shootDialog<RestartDialog>(window, Qt::CTRL | Qt::SHIFT | Qt::Key_R, "restart-several");
    shootQuestions(window, session);
    shootTriage(window, session);
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
