#include <QClipboard>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/transport/replay_transport.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/views/main_window.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// The window on an empty recorded fleet; the tests hand it scans as the session does.
struct Console {
    Console()
        : session(std::make_unique<ReplayTransport>(dir.path().toStdString()),
                  dir.filePath(QStringLiteral("audit/audit.sqlite")).toStdString(), {})
        , window(session, prompter, {{}, false, {}}) {
        window.addHosts({*parseHost("vm1"), *parseHost("vm2")});
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
        table = window.findChild<MountTable*>();
    }
    void take(const HostScan& scan) { Q_EMIT session.hostScanned(scan); }
    QString text() const {
        QStringList all;
        for (const QLabel* label : window.findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    QPushButton* button(const QString& name) const {
        for (auto* one : window.findChildren<QPushButton*>())
            if (one->text().remove(QLatin1Char('&')) == name)
                return one;
        return nullptr;
    }

    QLineEdit* filter() const { return window.findChild<MountsPage*>()->findChild<QLineEdit*>(); }

    QTemporaryDir dir;
    GuiPrompter prompter;
    FleetSession session;
    MainWindow window;
    MountTable* table = nullptr;
};

} // namespace

class WindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("console"));
        QSettings().clear();
    }

    void firstStartSaysWhatToDo() {
        QTemporaryDir dir;
        GuiPrompter prompter;
        FleetSession session(std::make_unique<ReplayTransport>(dir.path().toStdString()),
                             dir.filePath(QStringLiteral("audit/a.sqlite")).toStdString(), {});
        MainWindow window(session, prompter, {{}, false, {}});
        window.show();
        bool shown = false;
        for (auto* button : window.findChildren<QPushButton*>())
            shown = shown || (button->isVisible() && button->text().contains(QStringLiteral("Add a host")));
        QVERIFY(shown);
    }

    void showsBothSidesOfTheSelectedMount() {
        Console c;
        c.take(scanOf("vm1", {rowOf("fine"), rowOf("alloy", "new config", "old")}));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(c.table->current());
        QCOMPARE(c.table->current()->row.observation.container.name, std::string("alloy"));
        const QString text = c.text().remove(QLatin1Char('\n'));
        QVERIFY(text.contains(QString::fromStdString(Sha256::of("new config").hex())));
        QVERIFY(text.contains(QString::fromStdString(Sha256::of("old").hex())));
        QVERIFY(text.contains(QStringLiteral("/srv/alloy.conf")));
    }

    void worksByKeyboardAlone() {
        Console c;
        c.take(scanOf("vm1", {rowOf("caddy"), rowOf("alloy", "new")}));
        QTest::keyClick(&c.window, Qt::Key_F, Qt::ControlModifier);
        auto* filter = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("caddy"));
        QCOMPARE(c.table->model()->rowCount(), 1);
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(c.table->hasFocus());
        QCOMPARE(c.table->current()->row.observation.container.name, std::string("caddy"));
        QTest::keyClick(c.table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("/etc/caddy.conf")));
        QTest::keyClick(c.table, Qt::Key_Escape);
        QCOMPARE(c.table->model()->rowCount(), 2);
        QTest::keyClick(c.table, Qt::Key_Slash);
        QVERIFY(filter->hasFocus());
    }

    void theSummaryFilters() {
        Console c;
        c.take(scanOf("vm1", {rowOf("caddy"), rowOf("alloy", "new")}));
        QToolButton* stale = nullptr;
        for (auto* button : c.window.findChildren<QToolButton*>())
            if (button->isVisible() && button->text().contains(QStringLiteral("Stale")))
                stale = button;
        QVERIFY(stale);
        QVERIFY(stale->text().startsWith(QStringLiteral("1 ")));
        stale->click();
        QCOMPARE(c.table->model()->rowCount(), 1);
        QTest::keyClick(c.table, Qt::Key_Escape);
        QCOMPARE(c.table->model()->rowCount(), 2);
    }

    void hostsThatWereNotObservedAreNamed() {
        Console c;
        c.take(scanOf("vm1", {rowOf("caddy")}));
        c.take(failedScan("vm1", ErrorCode::Unreachable,
                          "Cannot connect to 192.0.2.1 port 22: Connection refused."));
        QVERIFY(c.text().contains(QStringLiteral("vm1 was not observed: Cannot connect")));
        QCOMPARE(c.table->model()->index(0, 0).data().toString(), QStringLiteral("Unknown"));
    }

    void aChangedKeyIsRefusedWithoutAChoice() {
        Console c;
        c.take(
            failedScan("vm1", ErrorCode::HostKeyChanged, "Key is SHA256:new, known_hosts has SHA256:old."));
        auto* box = c.window.findChild<QMessageBox*>();
        QVERIFY(box);
        QVERIFY(box->informativeText().contains(QStringLiteral("SHA256:new")));
        QVERIFY(box->informativeText().contains(QStringLiteral("SHA256:old")));
        QCOMPARE(box->buttons().size(), 1);
        QCOMPARE(box->standardButton(box->buttons().front()), QMessageBox::Close);
    }

    void hostileNamesStayText() {
        Console c;
        Row row = rowOf(Hostile, "new");
        row.observation.source = "/srv/<img src='file:///etc/passwd'>\n";
        c.take(scanOf("vm1", {row}));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(c.text().contains(QStringLiteral("<b>bold</b>")));
        for (const QLabel* label : c.window.findChildren<QLabel*>())
            QVERIFY2(label->pixmap(Qt::ReturnByValue).isNull() == false ||
                         label->textFormat() == Qt::PlainText,
                     qPrintable(label->objectName() + label->text()));
    }

    void aRestartNeedsAnAuditLog() {
        Console c;
        Q_EMIT c.session.auditChecked({false, "The log is not writable.", {}});
        c.take(scanOf("vm1", {rowOf("alloy", "new")}));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(c.text().contains(QStringLiteral("The log is not writable.")));
        QVERIFY(!c.button(QStringLiteral("Restart…"))->isEnabled());
        Q_EMIT c.session.auditChecked({true, "sqlite:/x", {}});
        QVERIFY(c.button(QStringLiteral("Restart…"))->isEnabled());
    }

    void theRestartDialogWantsAReason() {
        Console c;
        const HostScan scan = scanOf("vm1", {rowOf("alloy", "new")});
        const Host host = *parseHost("vm1");
        const auto plans = planRestarts(host, scan, "alloy");
        QVERIFY(plans);
        RestartDialog dialog(plans->front(), guard(plans->front(), scan), c.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QPushButton* restart = nullptr;
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Re&start"))
                restart = button;
        QVERIFY(restart);
        QVERIFY(!restart->isEnabled());
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("   "));
        QVERIFY(!restart->isEnabled());
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("new config"));
        QVERIFY(restart->isEnabled());
        QTest::keyClick(dialog.findChild<QLineEdit*>(), Qt::Key_Return);
        QVERIFY(dialog.isVisible());
        QVERIFY(!c.session.restarting());
    }

    void aFailedGuardKeepsTheButtonOff() {
        Console c;
        Row row = rowOf("alloy");
        row.observation.hostSide = {{}, true, std::nullopt};
        row.judgement = judge(row.observation);
        const HostScan scan = scanOf("vm1", {row});
        const auto plans = planRestarts(*parseHost("vm1"), scan, "alloy");
        QVERIFY(plans);
        RestartDialog dialog(plans->front(), guard(plans->front(), scan), c.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("please"));
        for (auto* button : dialog.findChildren<QPushButton*>())
            QVERIFY(button->text() != QStringLiteral("Re&start") || !button->isEnabled());
    }

    void theLayoutIsRemembered() {
        {
            Console c;
            c.window.resize(1000, 600);
            c.filter()->setText(QStringLiteral("alloy"));
            c.table->setColumnWidth(0, 222);
            c.window.close();
        }
        const Console again;
        QCOMPARE(again.window.size(), QSize(1000, 600));
        QCOMPARE(again.table->columnWidth(0), 222);
        QCOMPARE(again.filter()->text(), QStringLiteral("alloy"));
    }

    void pagesHaveTabsAndKeysAndAreRemembered() {
        const auto addSecond = [](MainWindow& window) {
            auto* page = new QLabel(QStringLiteral("second"));
            page->setTextFormat(Qt::PlainText);
            page->setObjectName(QStringLiteral("second"));
            window.addPage(page, QStringLiteral("Second"), {});
            return page;
        };
        Console c;
        const QLabel* second = addSecond(c.window);
        auto* bar = c.window.findChild<QTabBar*>();
        const int last = bar->count() - 1;
        QVERIFY(!second->isVisible());
        QTest::keyClick(&c.window, static_cast<Qt::Key>(Qt::Key_1 + last), Qt::ControlModifier);
        QVERIFY(second->isVisible());
        QCOMPARE(bar->currentIndex(), last);
        QTest::keyClick(&c.window, Qt::Key_Slash);
        QVERIFY(!second->isVisible());
        QCOMPARE(qobject_cast<QLineEdit*>(QApplication::focusWidget())->accessibleName(),
                 QStringLiteral("Filter"));
        bar->setCurrentIndex(last);
        c.window.close();
        QCOMPARE(QSettings().value(QStringLiteral("window/page")).toString(), QStringLiteral("second"));
    }

    void fitsASmallScreen() {
        Console c;
        c.window.resize(1280, 720);
        c.take(scanOf("vm1", {rowOf(std::string(400, 'x'), "new")}));
        QTest::keyClick(c.table, Qt::Key_Home, Qt::ControlModifier);
        QCoreApplication::processEvents();
        QCOMPARE(c.window.size(), QSize(1280, 720));
        QVERIFY(c.button(QStringLiteral("Restart…"))->isVisible());
        const QPoint right = c.button(QStringLiteral("Restart…"))
                                 ->mapTo(&c.window, QPoint(c.button(QStringLiteral("Restart…"))->width(), 0));
        QVERIFY(right.x() <= 1280);
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
