#pragma once

#include <QSettings>
#include <QStandardPaths>

#include "tests/ui/patience.h"
#include "tests/ui/restart_vm.h"
#include "tests/ui/scans.h"
#include "tests/ui/words.h"
#include "ui/dialogs/restart_dialog.h"

namespace inodeck::test {

/// The dialog on some plans, looked at and ready.
struct Opened {
    explicit Opened(RestartVm& vm)
        : dialog(vm.plans(), *vm.session, nullptr) {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        (void)QTest::qWaitForWindowActive(&dialog);
        const ui::RestartQueue& queue = dialog.queue();
        (void)QTest::qWaitFor(
            [&] { return queue.whyNot() != QStringLiteral("Looking at the host once more…"); }, Patience);
    }
    QPushButton* restart() const { return button(dialog, QStringLiteral("Restart")); }
    /// Of the reason, or of the first protected host.
    QLineEdit* edit(bool reason) const {
        for (auto* one : dialog.findChildren<QLineEdit*>())
            if ((one->accessibleName() == QStringLiteral("Reason")) == reason)
                return one;
        return nullptr;
    }
    void type(const QString& reason) { QTest::keyClicks(edit(true), reason); }
    bool finished() {
        return QTest::qWaitFor([&] { return dialog.queue().running() < 0 && dialog.queue().waiting() == 0; },
                               40000);
    }
    void go(const QString& reason = QStringLiteral("new config")) {
        type(reason);
        restart()->click();
    }
    ui::QueuedRestart::State state(int row) const { return dialog.queue().item(row).state; }

    ui::RestartDialog dialog;
};

using State = ui::QueuedRestart::State;

inline RestartPlan planWith(Row row) {
    return planRestarts(*parseHost("vm1"), scanOf("vm1", {row}), row.observation.container.name)->front();
}

inline void freshRestartSettings() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
    QCoreApplication::setApplicationName(QStringLiteral("restart"));
    QSettings().clear();
}

} // namespace inodeck::test
