#pragma once

#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <gtest/gtest.h>

#include "app/setup/environment.h"
#include "app/setup/transports.h"
#include "tests/support/lab.h"
#include "tests/ui/words.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/views/diff_pane.h"
#include "ui/views/log_view.h"
#include "ui/views/main_window.h"

namespace inodeck::lab {

/// The real window over ssh to the lab's VM; the mounts of one container are found by the filter.
struct Console {
    explicit Console(const Rig& rig, const std::string& container, Fleet fleet = {})
        : audit((rig.path("console-audit") / "audit.sqlite").string())
        , session(setup::sshOrLocal(sshConfig(), &prompter), audit, setup::currentEnvironment())
        , window(session, prompter, {sshConfig(), false, {}, std::move(fleet)}) {
        window.addHosts({*parseHost("vm1")});
        window.show();
        activate(window);
        window.scan();
        table = window.findChild<ui::MountTable*>();
        EXPECT_TRUE(soon([&] { return !session.scanning(); }));
        window.findChild<ui::FilterBar*>()->findChild<QLineEdit*>()->setText(
            QString::fromStdString(container));
        EXPECT_EQ(table->model()->rowCount(), 1);
        table->setCurrentIndex(table->model()->index(0, 0));
    }
    /// A bound that no machine, however busy, needs.
    static bool soon(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 60000); }

    /// Without a window manager nobody gives the keyboard back when a dialog closes.
    static void activate(QWidget& widget) {
        widget.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&widget, 30000));
    }
    /// To whatever has the focus in this window, as a keyboard does it.
    static QWidget* focused(QWidget& in) { return in.focusWidget() ? in.focusWidget() : &in; }
    static void press(QWidget& in, Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(focused(in), key, with);
    }
    static void type(QWidget& in, const QString& text) { QTest::keyClicks(focused(in), text); }
    /// Goes to the button and presses it by the keyboard.
    static void push(QPushButton* button) {
        ASSERT_TRUE(button && button->isVisible() && button->isEnabled());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
    }

    Verdict verdict() const { return table->current()->row.judgement.verdict; }
    QStringList diffLines() const {
        QStringList lines;
        for (auto* pane : window.findChildren<ui::DiffPane*>())
            for (int i = 0; i < pane->lines().rowCount(); ++i)
                lines << pane->lines().index(i, ui::DiffModel::Text).data().toString();
        return lines;
    }
    /// What the log of the selected container shows.
    QString log() const {
        const auto* list = window.findChild<ui::LogView*>()->findChild<QListView*>();
        QStringList lines;
        for (int i = 0; i < list->model()->rowCount(); ++i)
            lines << list->model()->index(i, 0).data().toString();
        return lines.join(QLatin1Char('\n'));
    }

    std::string audit;
    ui::GuiPrompter prompter;
    ui::FleetSession session;
    ui::MainWindow window;
    ui::MountTable* table = nullptr;
};

} // namespace inodeck::lab
