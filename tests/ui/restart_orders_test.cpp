// What an operator must say, what the fleet file says, and what is offered when a restart did not cure.
#include <QMessageBox>
#include <QPointer>

#include "tests/ui/restart_rig.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/restart_recreate_dialog.h"
#include "ui/models/restart_reasons.h"
#include "ui/views/main_window.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class RestartOrdersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { freshRestartSettings(); }

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

    /// The same command as the headless program's, and its validation first.
    void theFleetFilesOwnCommandIsShownAndUsed() {
        RestartVm vm({staleContainer('a', "edge"), staleContainer('b', "web")});
        Fleet fleet;
        Service service;
        service.project = "shop";
        service.service = "edge";
        service.restart = {"docker", "restart", "-t", "3", "shop_edge_1"};
        service.validate = {"docker", "exec", "shop_edge_1", "edge", "--check", "--token=abc"};
        fleet.services = {service};
        vm.session->setFleet(fleet);
        vm.validated = 1;
        {
            Opened o(vm);
            QCOMPARE(o.dialog.queue().count(), 2);
            QVERIFY(words(o.dialog).contains(QStringLiteral("docker restart -t 3 shop_edge_1")));
            QVERIFY(words(o.dialog).contains(QStringLiteral("edge --check")));
            QVERIFY(!words(o.dialog).contains(QStringLiteral("abc"))); // looks like a secret
            o.go();
            QVERIFY(o.finished());
            QCOMPARE(o.state(0), State::Failed); // the validation said no
            QVERIFY(vm.restarted.empty());
        }
        vm.validated = 0;
        Opened again(vm);
        again.go();
        QVERIFY(again.finished());
        QCOMPARE(again.state(0), State::Proven);
        QCOMPARE(again.state(1), State::Proven);
        QCOMPARE(vm.commands.front(), std::string("docker restart -t 3 shop_edge_1"));
        QVERIFY(vm.commands.back().starts_with("docker restart -t 10 " + containerId('b')));
        const auto records = vm.records();
        QCOMPARE(records[1].argv, service.restart);
    }

    /// From the table to the list: what is selected is what will be restarted, each container once.
    void theWindowsSelectionIsTheList() {
        ContainerText two = staleContainer('a', "edge");
        two.mounts.push_back(two.mounts.front());
        two.mounts.back().source = "/srv/other.conf";
        two.mounts.back().destination = "/etc/other.conf";
        RestartVm vm({two, staleContainer('b', "web"), staleContainer('c', "zdb")});
        GuiPrompter prompter;
        MainWindow window(*vm.session, prompter, {{}, false, {}});
        window.addHosts(vm.session->hosts());
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
        window.scan();
        QTRY_VERIFY(!vm.session->scanning());
        auto* table = window.findChild<MountTable*>();
        QTRY_COMPARE(table->tree().shown(), 4);
        QTRY_VERIFY(button(window, QStringLiteral("Restart…"))->isEnabled());
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        std::set<std::string> wanted;
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table->selected().size(), std::size_t{3});
        for (const MountModel::Entry& entry : table->selected())
            wanted.insert(entry.row.observation.container.label());
        QTest::keyClick(&window, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window.findChild<RestartDialog*>();
        QVERIFY(dialog);
        std::set<std::string> listed;
        for (int row = 0; row < dialog->queue().count(); ++row)
            QVERIFY(listed.insert(dialog->queue().item(row).plan.container.label()).second);
        QCOMPARE(listed, wanted);
        QTRY_VERIFY(dialog->queue().whyNot().isEmpty());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("new config"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY(dialog->queue().running() < 0 && dialog->queue().waiting() == 0);
        QCOMPARE(std::set<std::string>(vm.restarted.begin(), vm.restarted.end()).size(), listed.size());
        QTRY_VERIFY(!vm.session->scanning());
    }
};

QTEST_MAIN(RestartOrdersTest)
#include "restart_orders_test.moc"
