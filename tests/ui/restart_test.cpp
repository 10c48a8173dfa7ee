#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>

#include "tests/ui/patience.h"
#include "tests/ui/restart_vm.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/restart_recreate_dialog.h"
#include "ui/models/restart_reasons.h"
#include "ui/views/main_window.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

QPushButton* button(const QWidget& in, const QString& text) {
    for (auto* one : in.findChildren<QPushButton*>())
        if (one->text().remove(QLatin1Char('&')) == text)
            return one;
    return nullptr;
}

QString words(const QWidget& in) {
    QStringList all;
    for (const QLabel* label : in.findChildren<QLabel*>())
        if (label->isVisible())
            all << label->text();
    for (const QListWidget* list : in.findChildren<QListWidget*>())
        for (int row = 0; row < list->count(); ++row)
            all << list->item(row)->text();
    return all.join(QLatin1Char('\n'));
}

/// The dialog on some plans, looked at and ready.
struct Opened {
    explicit Opened(RestartVm& vm)
        : dialog(vm.plans(), *vm.session, nullptr) {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        (void)QTest::qWaitForWindowActive(&dialog);
        const RestartQueue& queue = dialog.queue();
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
    QueuedRestart::State state(int row) const { return dialog.queue().item(row).state; }

    RestartDialog dialog;
};

using State = QueuedRestart::State;

RestartPlan planWith(Row row) {
    return planRestarts(*parseHost("vm1"), scanOf("vm1", {row}), row.observation.container.name)->front();
}

} // namespace

class RestartTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("restart"));
        QSettings().clear();
    }

    void isDoneByKeyboardAloneUpToTheProof() {
        RestartVm vm({staleContainer('a', "edge")});
        Opened o(vm);
        QVERIFY(!o.restart()->isEnabled());
        QVERIFY(words(o.dialog).contains(QStringLiteral("Passed: The container is the one")));
        QVERIFY(words(o.dialog).contains(QStringLiteral("A reload cannot help")));
        QVERIFY(words(o.dialog).contains(QStringLiteral("docker restart -t 10 ")));
        QWidget* focus = QApplication::focusWidget();
        QVERIFY(focus);
        QTest::keyClicks(focus, QStringLiteral("   "));
        QVERIFY(!o.restart()->isEnabled());
        QTest::keyClicks(focus, QStringLiteral("new config"));
        QVERIFY(o.restart()->isEnabled());
        QTest::keyClick(focus, Qt::Key_Return);
        QVERIFY(o.dialog.isVisible());
        QVERIFY(!vm.session->restarting());
        QVERIFY(o.restart()->hasFocus());
        QTest::keyClick(o.restart(), Qt::Key_Space);
        QVERIFY(vm.session->restarting());
        QTest::keyClick(&o.dialog, Qt::Key_Escape);
        QVERIFY(o.dialog.isVisible());
        QVERIFY(o.finished());
        QCOMPARE(o.state(0), State::Proven);
        QVERIFY(words(o.dialog).contains(QStringLiteral("Restarted and proven")));
        QVERIFY(words(o.dialog).contains(QStringLiteral("In sync: /etc/app.conf: host ")));
        const auto records = vm.records();
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[1].opId, o.dialog.queue().item(0).result->opId);
        QCOMPARE(records[0].reason, std::string("new config"));
        QTest::keyClick(&o.dialog, Qt::Key_Escape);
        QVERIFY(!o.dialog.isVisible());
    }

    void goesOneAfterTheOtherThoseFirstOnWhichOthersDepend() {
        ContainerText edge = staleContainer('a', "edge");
        edge.dependsOn = "zdb:service_started:false";
        RestartVm vm({edge, staleContainer('b', "web"), staleContainer('c', "zdb")});
        Opened o(vm);
        QCOMPARE(o.dialog.queue().count(), 3);
        o.go();
        QVERIFY(o.finished());
        QCOMPARE(vm.restarted, (std::vector<std::string>{"web", "zdb", "edge"}));
        const auto records = vm.records();
        QCOMPARE(records.size(), std::size_t(6));
        std::set<std::string> ids;
        for (const RecordDraft& record : records)
            ids.insert(record.opId);
        QCOMPARE(ids.size(), std::size_t(3));
        QVERIFY(words(o.dialog).contains(QStringLiteral("3 of 3 proven.")));
    }

    void endsAtTheFirstThatIsNotProven() {
        RestartVm vm({staleContainer('a', "one"), staleContainer('b', "two"), staleContainer('c', "zzz")});
        vm.onRestart = [](ContainerText& c, const Deadline&, const Cancel&) -> Result<ExecResult> {
            if (c.service == "two")
                return ExecResult{{}, "Error: no space left on device", 1};
            RestartVm::startAgain(c);
            return ExecResult{c.id, {}, 0};
        };
        Opened o(vm);
        o.go();
        QVERIFY(o.finished());
        QCOMPARE(vm.restarted, (std::vector<std::string>{"one", "two"}));
        QCOMPARE(o.state(0), State::Proven);
        QCOMPARE(o.state(1), State::Failed);
        QCOMPARE(o.state(2), State::Skipped);
        QCOMPARE(o.dialog.queue().item(2).why,
                 QStringLiteral("Not begun: shop/two before it was not proven."));
        QVERIFY(words(o.dialog).contains(QStringLiteral("1 of 3 proven. The restart command failed")));
    }

    void canBeStoppedBetweenTwo() {
        RestartVm vm({staleContainer('a', "one"), staleContainer('b', "two")});
        Opened o(vm);
        o.go();
        QPushButton* stop = button(o.dialog, QStringLiteral("Stop after this one"));
        QVERIFY(stop->isVisible());
        stop->click();
        QVERIFY(!stop->isVisible());
        QVERIFY(o.finished());
        QCOMPARE(vm.restarted, std::vector<std::string>{"one"});
        QCOMPARE(o.state(0), State::Proven);
        QCOMPARE(o.state(1), State::Skipped);
        QCOMPARE(o.dialog.queue().item(1).why, QStringLiteral("You stopped before it."));
    }

    void aFailedCheckKeepsItOffUntilTheContainerIsLeftOut() {
        ContainerText gone = staleContainer('b', "two");
        gone.mounts.front().host.error = "missing";
        RestartVm vm({staleContainer('a', "one"), gone});
        Opened o(vm);
        o.type(QStringLiteral("please"));
        QVERIFY(!o.restart()->isEnabled());
        QVERIFY(words(o.dialog).contains(QStringLiteral("1 container(s) cannot be restarted now")));
        auto* list = o.dialog.findChild<QTreeView*>();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_End);
        QVERIFY(words(o.dialog).contains(QStringLiteral("does not exist on the host")));
        QTest::keyClick(list, Qt::Key_Space);      // unticks it
        QVERIFY(o.dialog.findChild<QCheckBox*>()); // a missing source calls for no restart
        o.dialog.findChild<QCheckBox*>()->setChecked(true);
        QVERIFY(o.restart()->isEnabled());
        o.restart()->click();
        QVERIFY(o.finished());
        QCOMPARE(vm.restarted, std::vector<std::string>{"one"});
        QCOMPARE(o.dialog.queue().item(1).why, QStringLiteral("You left it out."));
    }

    void whatChangedSinceThePlanIsSeenBeforeAnythingIsDone() {
        RestartVm vm({staleContainer('a', "one")});
        const auto plans = vm.plans();
        RestartVm::startAgain(vm.containers.front()); // by somebody else
        Opened o(vm);
        o.type(QStringLiteral("please"));
        QVERIFY(!o.restart()->isEnabled());
        QVERIFY(words(o.dialog).contains(
            QStringLiteral("Failed: The container is the one that was looked at. It was "
                           "restarted since then")));
    }

    void onlyAProtectedHostWantsItsNameTyped() {
        RestartVm open({staleContainer('a', "one")});
        QCOMPARE(Opened(open).dialog.findChildren<QLineEdit*>().size(), 1);
        RestartVm vm({staleContainer('a', "one"), staleContainer('b', "two")}, true);
        Opened o(vm);
        o.type(QStringLiteral("new config"));
        QVERIFY(!o.restart()->isEnabled());
        QCOMPARE(o.dialog.findChildren<QLineEdit*>().size(), 2);
        QTest::keyClicks(o.edit(false), QStringLiteral("vm"));
        QVERIFY(!o.restart()->isEnabled());
        QTest::keyClicks(o.edit(false), QStringLiteral("1"));
        QVERIFY(o.restart()->isEnabled());
        o.restart()->click();
        QVERIFY(o.finished());
        QCOMPARE(o.state(1), State::Proven);
    }

    void anOpenIntentOfItIsAFailedCheck() {
        const Row row = rowOf("alloy", "new");
        const RestartPlan plan = planWith(row);
        const auto failed = [&](const AuditLook& log, const HostScan& now) {
            QStringList all;
            for (const GuardCheck& check : preflight(plan, now, log))
                if (!check.passed)
                    all << QString::fromStdString(check.what);
            return all.join(QLatin1Char('|'));
        };
        const HostScan now = scanOf("vm1", {row});
        QCOMPARE(failed({}, now), QString());
        OpenIntent intent;
        intent.draft.target.containerId = plan.container.id.hex();
        QCOMPARE(failed({{}, {intent}}, now), QStringLiteral("No other restart of it is open"));
        intent.draft.target.containerId = std::string(64, '0');
        QCOMPARE(failed({{}, {intent}}, now), QString());
        QCOMPARE(failed({"The disk is full.", {}}, now), QStringLiteral("A record of it can be written"));
        QCOMPARE(failed({}, scanOf("vm1", {rowOf("alloy")})),
                 QStringLiteral("A mount of it still calls for a restart"));
        QCOMPARE(failed({}, failedScan("vm1", ErrorCode::Timeout, "It does not answer.")),
                 QStringLiteral("The host can be observed"));
    }

    void recentReasonsAreOfferedAndSecretsAreNotKept() {
        QSettings settings;
        for (int i = 0; i < 12; ++i)
            rememberReason(settings, QStringLiteral("CHG-%1").arg(i));
        rememberReason(settings, QStringLiteral("CHG-5"));
        rememberReason(settings, QStringLiteral("rotate --password=hunter2"));
        rememberReason(settings, QStringLiteral("   "));
        const QStringList reasons = recentReasons(settings);
        QCOMPARE(reasons.size(), 10);
        QCOMPARE(reasons.mid(0, 3),
                 (QStringList{QStringLiteral("CHG-5"), QStringLiteral("CHG-11"), QStringLiteral("CHG-10")}));
        settings.sync();
        RestartVm vm({staleContainer('a', "one")});
        {
            Opened o(vm);
            auto* box = o.dialog.findChild<QComboBox*>();
            QCOMPARE(box->currentText(), QString());
            QTest::keyClick(box, Qt::Key_Down);
            QCOMPARE(box->currentText(), QStringLiteral("CHG-5"));
            QVERIFY(o.restart()->isEnabled());
            box->setEditText(QStringLiteral("CHG-99"));
            o.restart()->click();
            QVERIFY(o.finished());
        }
        QCOMPARE(recentReasons(QSettings()).front(), QStringLiteral("CHG-99"));
    }

    void recreateIsOfferedWhenARestartDidNotCure() {
        ContainerText c = staleContainer('a', "edge");
        c.workingDir = "/srv/shop";
        c.configFiles = "/srv/shop/docker-compose.yml";
        RestartVm vm({c});
        vm.onRestart = [](ContainerText& one, const Deadline&, const Cancel&) -> Result<ExecResult> {
            ++one.starts; // and reads the old file again
            return ExecResult{one.id, {}, 0};
        };
        Opened o(vm);
        o.go(QStringLiteral("CHG-7"));
        QVERIFY(o.finished());
        QCOMPARE(o.state(0), State::Failed);
        QPushButton* recreate = button(o.dialog, QStringLiteral("Recreate…"));
        QVERIFY(recreate->isVisible());
        recreate->click();
        QPointer<RecreateDialog> ask;
        QVERIFY(QTest::qWaitFor([&] { return (ask = o.dialog.findChild<RecreateDialog*>()) != nullptr; },
                                Patience));
        QVERIFY(words(*ask).contains(QStringLiteral("docker compose -p shop --project-directory /srv/shop -f "
                                                    "/srv/shop/docker-compose.yml up -d --force-recreate "
                                                    "--no-deps -t 10 edge")));
        QPushButton* yes = button(*ask, QStringLiteral("Recreate"));
        QVERIFY(!yes->isEnabled());
        QVERIFY(ask->findChild<QCheckBox*>()->hasFocus());
        QTest::keyClick(ask->findChild<QCheckBox*>(), Qt::Key_Space);
        QVERIFY(yes->isEnabled());
        QVERIFY(vm.composed.empty());
        QTest::keyClick(yes, Qt::Key_Space);
        QVERIFY(o.finished());
        QCOMPARE(o.dialog.queue().count(), 2);
        QVERIFY2(o.state(1) == State::Proven, qPrintable(o.dialog.queue().item(1).why));
        QVERIFY(!vm.composed.empty());
        QCOMPARE(vm.records().size(), std::size_t(4));
        QCOMPARE(vm.records().back().argv[1], std::string("compose"));
        QVERIFY(!recreate->isVisible());
    }

    void aReloadIsOnlySpokenOfWhereSomebodyWouldTryOne() {
        QVERIFY(reloadWords(planWith(rowOf("alloy", "new config")))
                    .startsWith(QStringLiteral("A reload cannot help")));
        Row inPlace = rowOf("alloy");
        inPlace.observation.hostSide.facts->ctime =
            *inPlace.observation.container.startedAt + std::chrono::hours{1};
        inPlace.observation.containerSide.facts->ctime = inPlace.observation.hostSide.facts->ctime;
        inPlace.observation.readOnly = true;
        inPlace.judgement = judge(inPlace.observation);
        QVERIFY(inPlace.judgement.verdict == Verdict::ChangedSinceStart);
        QVERIFY(reloadWords(planWith(inPlace)).contains(QStringLiteral("changed in place")));
        QCOMPARE(reloadWords(planWith(rowOf("alloy"))), QString());
    }

    void theWindowStaysUntilTheWholeQueueIsDone() {
        RestartVm vm({staleContainer('a', "one"), staleContainer('b', "two")});
        GuiPrompter prompter;
        MainWindow window(*vm.session, prompter, {{}, false, {}});
        window.show();
        auto* dialog = new RestartDialog(vm.plans(), *vm.session, &window);
        dialog->open();
        QVERIFY(QTest::qWaitFor([&] { return dialog->queue().whyNot().isEmpty(); }, Patience));
        QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("new config"));
        button(*dialog, QStringLiteral("Restart"))->click();
        bool closed = false;
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (dialog->queue().running() < 0 && dialog->queue().waiting() == 0)
                    return true;
                closed = closed || window.close();
                return closed;
            },
            40000));
        QVERIFY(!closed);
        QCOMPARE(dialog->queue().item(1).state, State::Proven);
        for (auto* box : window.findChildren<QMessageBox*>())
            box->close();
        QVERIFY(QTest::qWaitFor([&] { return !vm.session->scanning(); }, Patience));
    }

    void hostileNamesStayText() {
        RestartVm vm({staleContainer('a', "one")});
        Row row = rowOf(Hostile, "new");
        row.observation.container.ports = {"<img src=x>"};
        RestartDialog dialog({planWith(row), planWith(rowOf("two", "new"))}, *vm.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(words(dialog).contains(QStringLiteral("<b>bold</b>")));
        QVERIFY(words(dialog).contains(QStringLiteral("<img src=x>")));
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(QLatin1Char('<')),
                     qPrintable(label->text()));
        const RestartQueue& queue = dialog.queue();
        for (int r = 0; r < queue.rowCount(); ++r)
            QVERIFY(
                !queue.data(queue.index(r, 0), Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
    }

    void fitsASmallScreen() {
        ContainerText c = staleContainer('a', "one");
        for (int i = 0; i < 40; ++i)
            c.mounts.push_back({"/srv/" + std::to_string(i), "/etc/" + std::to_string(i), {}, {}});
        RestartVm vm({c, staleContainer('b', "two")}, true);
        Opened o(vm);
        QVERIFY(o.dialog.minimumSizeHint().height() <= 680);
        QVERIFY(o.dialog.height() <= 680);
    }
};

QTEST_MAIN(RestartTest)
#include "restart_test.moc"
