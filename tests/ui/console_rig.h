#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/transport/replay_transport.h"
#include "tests/ui/patience.h"
#include "tests/ui/scans.h"
#include "tests/ui/words.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/views/main_window.h"

namespace inodeck::test {

/// The window on an empty recorded fleet; the tests hand it scans as the session does.
struct Console {
    explicit Console(const std::vector<std::string>& hosts = {"vm1", "vm2"})
        : session(std::make_unique<ReplayTransport>(dir.path().toStdString()),
                  dir.filePath(QStringLiteral("audit/audit.sqlite")).toStdString(), {})
        , window(session, prompter, {{}, false, {}}) {
        for (const std::string& host : hosts)
            window.addHosts({*parseHost(host)});
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
        table = window.findChild<ui::MountTable*>();
    }
    void take(const HostScan& scan) {
        Q_EMIT session.hostScanned(scan);
        Q_EMIT session.batchTaken();
    }
    QString text() const { return labels(window); }
    QPushButton* button(const QString& name) const { return test::button(window, name); }
    QLineEdit* filter() const { return window.findChild<ui::FilterBar*>()->findChild<QLineEdit*>(); }

    /// The settings of one test, and of nobody else.
    static void freshSettings() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("console"));
        QSettings().clear();
    }

    QTemporaryDir dir;
    ui::GuiPrompter prompter;
    ui::FleetSession session;
    ui::MainWindow window;
    ui::MountTable* table = nullptr;
};

} // namespace inodeck::test
