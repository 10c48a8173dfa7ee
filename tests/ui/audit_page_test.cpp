#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "core/audit/verify_source.h"
#include "tests/ui/audit_console.h"
#include "tests/ui/patience.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/views/mount_history.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class AuditPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("console"));
        QSettings().clear();
    }

    void theBadgeIsAlwaysThere() {
        const AuditHome home;
        home.fill(operations(5));
        AuditConsole c(home);
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log verified"));
        QTest::keyClick(&c.window, Qt::Key_1, Qt::ControlModifier);
        QVERIFY(c.badge->isVisible());
        QVERIFY(!c.page->isVisible());
        QTest::keyClick(c.badge, Qt::Key_Space);
        QVERIFY(c.page->isVisible());
        home.tamper(
            "UPDATE records SET line=CAST(replace(CAST(line AS TEXT),'CHG','XXX') AS BLOB) WHERE seq=3");
        c.button(QStringLiteral("Verify again"))->click();
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log broken"));
        QVERIFY(c.text().contains(QStringLiteral("This log is not what was written.")));
    }

    void withoutALogThePageSaysSo() {
        const AuditHome home;
        AuditConsole c(home);
        QTRY_COMPARE(c.badge->text(), QStringLiteral("No log yet"));
        QVERIFY(c.loaded(0));
        QVERIFY(c.text().contains(QStringLiteral("Nothing is recorded yet.")));
    }

    void aLogThatIsBrokenFurtherBackTurnsRestartsOff() {
        const AuditHome home;
        home.fill(operations(100));
        home.tamper("UPDATE records SET sig=zeroblob(64) WHERE seq=5");
        AuditConsole c(home);
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log broken"));
        QTest::keyClick(&c.window, Qt::Key_1, Qt::ControlModifier);
        Q_EMIT c.session.hostScanned(scanOf("vm1", {rowOf("alloy", "new")}));
        QTest::keyClick(c.window.findChild<MountTable*>(), Qt::Key_Home, Qt::ControlModifier);
        const auto* restart = c.button(QStringLiteral("Restart…"));
        QVERIFY(!restart->isEnabled());
        QVERIFY(restart->toolTip().contains(QStringLiteral("No restart while the audit log is broken: ")));
    }

    void aLogThatCannotBeWrittenTurnsRestartsOff() {
        const AuditHome home;
        home.fill(operations(5));
        QVERIFY(QFile::setPermissions(QString::fromStdString(home.path()),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        AuditConsole c(home);
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log not writable"));
        QTest::keyClick(&c.window, Qt::Key_1, Qt::ControlModifier);
        Q_EMIT c.session.hostScanned(scanOf("vm1", {rowOf("alloy", "new")}));
        QTest::keyClick(c.window.findChild<MountTable*>(), Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(!c.button(QStringLiteral("Restart…"))->isEnabled());
        QVERIFY(
            c.button(QStringLiteral("Restart…"))->toolTip().contains(QStringLiteral("No restart without")));
        for (const QAction* action : c.window.findChildren<QAction*>())
            QVERIFY(action->text() != QStringLiteral("Restart…") || !action->isEnabled());
        // Reading goes on.
        QVERIFY(c.loaded(11));
        QVERIFY(
            QFile::setPermissions(QString::fromStdString(home.path()), QFile::ReadOwner | QFile::WriteOwner));
        c.session.checkAudit();
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log verified"));
        QVERIFY(c.button(QStringLiteral("Restart…"))->isEnabled());
    }

    void findsAndComparesByKeyboardAlone() {
        const AuditHome home;
        home.fill(operations(40));
        AuditConsole c(home);
        QVERIFY(c.loaded(81));
        QVERIFY(c.table->hasFocus());
        QTest::keyClick(c.table, Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("chg-1017"));
        QVERIFY(c.loaded(2));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(c.table->hasFocus());
        auto* tree = c.page->findChild<QTreeWidget*>();
        QTRY_COMPARE(tree->headerItem()->text(2), QStringLiteral("After (record 34)"));
        QCOMPARE(tree->headerItem()->text(1), QStringLiteral("Before (record 33)"));
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        const QTreeWidgetItem* verdict = tree->topLevelItem(0)->child(0);
        QVERIFY(verdict->font(1).bold());
        QCOMPARE(verdict->text(1), QStringLiteral("stale_inode"));
        QCOMPARE(verdict->text(2), QStringLiteral("in_sync"));
        QVERIFY(c.page->findChild<QPlainTextEdit*>()->toPlainText().contains(QStringLiteral("CHG-1017")));
        QTest::keyClick(c.table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("CHG-1017")));
        c.button(QStringLiteral("Copy JSON"))->click();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("{\"actor\"")));
        QTest::keyClick(c.table, Qt::Key_Escape);
        QVERIFY(c.loaded(81));
        QCOMPARE(c.table->current()->stored.seq, std::uint64_t{34}); // is still selected
    }

    void anOpenIntentComesFirstAndCanBeLookedAt() {
        const AuditHome home;
        home.fill(operations(10, 3)); // three are open
        AuditConsole c(home);
        QVERIFY(c.loaded(18));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(c.table->current()->open);
        QCOMPARE(c.table->model()->index(0, OutcomeColumn).data().toString(), QStringLiteral("open"));
        QPushButton* look = c.button(QStringLiteral("Look what became"));
        QVERIFY(look->isVisible());
        QSignalSpy finished(&c.session, &FleetSession::recoverFinished);
        look->click();
        QVERIFY(finished.wait(Patience)); // nothing is recorded of this host: the sentence says so
        QVERIFY(!finished.first().first().toString().isEmpty());
        QTest::keyClick(c.table, Qt::Key_End, Qt::ControlModifier);
        QTRY_VERIFY(!look->isVisible());
    }

    void exportsWhatTheFilterShowsByKeyboardAlone() {
        const AuditHome home;
        home.fill(operations(60));
        AuditConsole c(home);
        QTest::keyClick(&c.window, Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("chg-1017"));
        QVERIFY(c.loaded(2));
        const QString out = home.file(QStringLiteral("evidence.tar"));
        exportTo(c, out);
        const auto report = verifyLog({out.toStdString(), {}}, Cancel{});
        QVERIFY(report);
        QVERIFY(!report->bad && report->contradicted.empty());
        QCOMPARE(report->records, std::uint64_t{3}); // with the genesis record, which names the key
        QVERIFY(!report->complete);
        // The export is on record too.
        c.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&c.window));
        QTest::keyClick(&c.window, Qt::Key_Escape);
        QVERIFY(c.loaded(122));
        QCOMPARE(c.table->model()->index(0, TypeColumn).data().toString(), QStringLiteral("Export"));
    }

    void anExportNeverOverwritesAndSaysWhyItFails() {
        const AuditHome home;
        home.fill(operations(3));
        AuditConsole c(home);
        QVERIFY(c.loaded(7));
        ExportDialog dialog(c.session.auditLog(), c.session.actor(), {}, 7, &c.window);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto* path = dialog.findChild<QLineEdit*>();
        QPushButton* start = nullptr;
        for (auto* one : dialog.findChildren<QPushButton*>())
            if (one->text() == QStringLiteral("E&xport"))
                start = one;
        for (const QString& bad :
             {QString(), home.file(QString()), home.file(QStringLiteral("no/such/folder/x.tar"))}) {
            path->setText(bad);
            QVERIFY(!start->isEnabled());
        }
        path->setText(QStringLiteral("/proc/evidence.tar")); // a folder that is there and takes nothing
        QVERIFY(start->isEnabled());
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_VERIFY(start->isEnabled()); // another try
        QString said;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            said += label->text();
        QVERIFY2(said.contains(QStringLiteral("/proc/evidence.tar")), qPrintable(said));
        for (auto* radio : dialog.findChildren<QRadioButton*>())
            if (radio->text().contains(QStringLiteral("CSV")))
                radio->click();
        QCOMPARE(path->text(), QStringLiteral("/proc/evidence.csv"));
        path->setText(home.file(QStringLiteral("table.csv")));
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(home.file(QStringLiteral("table.csv"))));
    }

    /// To fill the filter's choices is no change of the filter.
    void theLogIsReadOnceAtTheStart() {
        const AuditHome home;
        home.fill(operations(5));
        AuditConsole c(home);
        QVERIFY(c.loaded(11));
        const QSignalSpy again(c.table->model(), &QAbstractItemModel::modelReset);
        QTest::qWait(400); // longer than the pause that ends typing
        QCOMPARE(again.count(), 0);
    }

    void newRecordsDoNotMoveTheRows() {
        const AuditHome home;
        home.fill(operations(200));
        AuditConsole c(home);
        QVERIFY(c.loaded(401));
        QTRY_COMPARE(c.badge->text(), QStringLiteral("Log verified"));
        QTRY_VERIFY(c.table->current()); // the first row is selected, which scrolls to it
        QTRY_VERIFY(c.table->verticalScrollBar()->maximum() >= 100);
        c.table->verticalScrollBar()->setValue(100);
        // As when the selected row's page is read once more: that is no reason to go back to it.
        QAbstractItemModel* model = c.table->model();
        Q_EMIT model->dataChanged(model->index(0, 0), model->index(0, 0));
        QCOMPARE(c.table->verticalScrollBar()->value(), 100);
        home.fill(operations(2));
        c.session.checkAudit();
        QPushButton* offer = nullptr;
        QTRY_VERIFY((offer = c.button(QStringLiteral("Show 4 new"))) && offer->isVisible());
        QCOMPARE(c.table->model()->rowCount(), 401);
        offer->click();
        QVERIFY(c.loaded(405));
        QVERIFY(!offer->isVisible());
    }

    void hostileRecordsStayText() {
        const AuditHome home;
        RecordDraft draft = intentOf(1);
        draft.reason = Hostile + "<img src='file:///etc/passwd'>" + std::string(10000, 'x');
        draft.target.vm = Hostile + std::string(2000, 'h');
        draft.target.service = Hostile;
        draft.evidence.front().destination = Hostile;
        home.fill({intentOf(2), draft});
        AuditConsole c(home);
        QVERIFY(c.loaded(3));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(c.text().contains(QStringLiteral("<b>bold</b>")));
        for (const QLabel* label : c.page->findChildren<QLabel*>())
            QVERIFY2(!label->pixmap(Qt::ReturnByValue).isNull() || label->textFormat() == Qt::PlainText,
                     qPrintable(label->text()));
        QCOMPARE(c.window.size(), QSize(1280, 720)); // nothing of this makes the window wider
    }

    void theHistoryIsThatOfTheService() {
        const AuditHome home;
        std::vector<RecordDraft> drafts = operations(70);
        RecordDraft other = intentOf(4);
        other.target.project = "bank"; // the same service of another project
        drafts.push_back(other);
        RecordDraft refused = intentOf(1);
        refused.type = RecordType::Refused;
        drafts.push_back(refused);
        home.fill(drafts);
        AuditLog log(home.path());
        MountHistory history(log);
        history.show("vm4", "shop", "worker", std::string(64, 'f'));
        history.show("vm1", "shop", "proxy", std::string(64, 'f'));
        auto* table = history.findChild<AuditTable*>();
        QCOMPARE(table->model()->rowCount(), 0); // nobody sees it yet
        history.QWidget::show();
        QTRY_VERIFY(table->model()->rowCount() > 0);
        QTRY_COMPARE(table->model()->rowCount(), 11);
        QCOMPARE(table->model()->index(0, TypeColumn).data().toString(), QStringLiteral("Refused"));
        // Without a project, the container's own records.
        history.show("vm1", {}, "proxy", std::string(64, 'b'));
        QTRY_VERIFY(table->model()->rowCount() > 11);
        history.clear();
        QTRY_COMPARE(table->model()->rowCount(), 0);
    }

private:
    /// From the page to the end of the export, with keys only.
    void exportTo(AuditConsole& c, const QString& out) {
        QPushButton* button = c.button(QStringLiteral("Export…"));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        ExportDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = c.window.findChild<ExportDialog*>()));
        QSignalSpy exported(dialog, &ExportDialog::exported);
        auto* path = dialog->findChild<QLineEdit*>();
        QTRY_VERIFY(path->hasFocus());
        QTest::keyClicks(path, out); // takes the place of what is selected
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY(exported.wait(Patience));
        QVERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget())); // Close
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(!dialog->isVisible());
    }
};

QTEST_MAIN(AuditPageTest)
#include "audit_page_test.moc"
