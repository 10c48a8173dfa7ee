#pragma once

#include <QStatusBar>

#include "core/transport/replay_transport.h"
#include "tests/ui/audit_logs.h"
#include "tests/ui/patience.h"
#include "tests/ui/words.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/views/main_window.h"

namespace inodeck::test {

using namespace inodeck::ui;

/// The window of a session, on its audit page.
struct AuditWindow {
    explicit AuditWindow(FleetSession& s)
        : session(s)
        , window(session, prompter, {{}, false, {}}) {
        window.addHosts({*parseHost("vm1")});
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
        page = window.findChild<AuditPage*>();
        table = page->findChild<AuditTable*>();
        badge = window.statusBar()->findChild<ChainBadge*>();
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    }
    bool loaded(int rows) {
        return QTest::qWaitFor([&] { return table->model()->rowCount() == rows; }, Patience);
    }
    template <typename Button = QPushButton> Button* button(const QString& name) const {
        for (auto* one : window.findChildren<Button*>())
            if (one->text().remove(QLatin1Char('&')).startsWith(name))
                return one;
        return nullptr;
    }
    QString text() const { return labels(window); }

    FleetSession& session;
    GuiPrompter prompter;
    MainWindow window;
    AuditPage* page = nullptr;
    AuditTable* table = nullptr;
    ChainBadge* badge = nullptr;
};

/// A session on a log in a file, with hosts that were recorded.
struct AuditSession {
    explicit AuditSession(const AuditHome& home)
        : own(std::make_unique<ReplayTransport>(home.file(QStringLiteral("recorded")).toStdString()),
              home.path(), {}) {}
    FleetSession own;
};

/// Both.
struct AuditConsole : AuditSession, AuditWindow {
    explicit AuditConsole(const AuditHome& home)
        : AuditSession(home)
        , AuditWindow(own) {}
};

} // namespace inodeck::test
