#include "tests/ui/restart_rig.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class RestartTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { freshRestartSettings(); }

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
