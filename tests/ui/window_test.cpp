#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/transport/replay_transport.h"
#include "tests/ui/patience.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/gui_prompter.h"
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
    void take(const HostScan& scan) {
        Q_EMIT session.hostScanned(scan);
        Q_EMIT session.batchTaken();
    }
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

    QLineEdit* filter() const { return window.findChild<FilterBar*>()->findChild<QLineEdit*>(); }

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

    void firstStartConnectsToTheFirstHost() {
        QTemporaryDir dir;
        GuiPrompter prompter;
        FleetSession session(std::make_unique<ReplayTransport>(dir.path().toStdString()),
                             dir.filePath(QStringLiteral("audit/a.sqlite")).toStdString(), {});
        WindowOptions options;
        options.fleet.hosts = {*parseHost("web1")};
        options.fleet.hosts.front().isProtected = true;
        MainWindow window(session, prompter, options);
        window.show();
        auto* first = window.findChild<FirstPage*>();
        QVERIFY(first->isVisible());
        auto* field = first->findChild<QLineEdit*>();
        QTest::keyClicks(field, QStringLiteral("-oProxyCommand=x"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(session.hosts().empty());
        field->setText(QStringLiteral("web1"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!first->isVisible());
        QCOMPARE(session.hosts().size(), std::size_t{1});
        QVERIFY(session.hosts().front().isProtected); // as the fleet file has it
        QTRY_VERIFY(!session.scanning());
    }

    void aFleetFileChangesTheHostsThatAreThere() {
        Console c;
        Fleet fleet;
        fleet.path = "/x/inodeck.yaml";
        fleet.hosts = {*parseHost("vm2"), *parseHost("vm3")};
        fleet.hosts.front().isProtected = true;
        Q_EMIT c.window.findChild<FleetPage*>()->fleetWanted(fleet);
        QCOMPARE(c.session.hosts().size(), std::size_t{3});
        QVERIFY(c.session.hosts()[1].isProtected);
        QVERIFY(!QSettings().contains(QStringLiteral("fleet/file"))); // this window may not remember it
        QTRY_VERIFY(!c.session.scanning());
    }

    void theWindowDoesNotCloseOnUnsavedEdits() {
        Console c;
        auto* fleet = c.window.findChild<FleetPage*>();
        fleet->findChild<CodeEdit*>()->setPlainText(QStringLiteral("hosts: []"));
        fleet->findChild<CodeEdit*>()->document()->setModified(true);
        c.window.close();
        QVERIFY(c.window.isVisible());
        auto* box = c.window.findChild<QMessageBox*>();
        QVERIFY(box);
        box->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!c.window.isVisible());
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
        QTabBar* bar = c.window.findChild<Pages*>()->bar();
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

    void aNewStaleMountIsToldOnce() {
        Console c;
        QSignalSpy told(c.window.findChild<MountsPage*>(), &MountsPage::newStale);
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy", "new")}));
        QCOMPARE(told.count(), 0); // what the first look finds is on the screen anyway
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy", "new")}));
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy", "new")}));
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("1 new stale mount"));
        QVERIFY(c.text().contains(QStringLiteral("Stale inode: vm1 · alloy · /etc/alloy.conf")));
        QTest::keyClick(&c.window, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!c.text().contains(QStringLiteral("1 new stale mount")));
    }

    void theChangesPageGoesToTheMount() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy")}));
        c.take(scanOf("vm1", {rowOf("caddy", "new")}));
        QTest::keyClick(&c.window, Qt::Key_3, Qt::ControlModifier);
        auto* list = c.window.findChild<ChangesPage*>()->findChild<QTreeView*>();
        QCOMPARE(list->model()->rowCount(), 2);
        for (int i = 0; i < 2; ++i)
            if (list->model()->index(i, ChangeModel::What).data().toString() == QStringLiteral("new drift"))
                list->setCurrentIndex(list->model()->index(i, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(c.table->isVisible());
        QCOMPARE(c.table->current()->row.observation.container.name, std::string("caddy"));
    }

    void aHostFiltersAndSaysHowItIs() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy")}));
        c.take(scanOf("vm2", {rowOf("caddy")}));
        c.take(failedScan("vm2", ErrorCode::Unreachable, "Cannot connect to 192.0.2.1 port 22."));
        auto* hosts = c.window.findChild<HostTree*>();
        hosts->setCurrentIndex(hosts->model()->index(1, 0));
        QTest::keyClick(hosts, Qt::Key_Return);
        QCOMPARE(c.table->tree().shown(), 1);
        QVERIFY(c.text().contains(QStringLiteral("vm2 – not reached")));
        QVERIFY(c.button(QStringLiteral("Scan this host"))->isVisible());
        QTest::keyClick(hosts, Qt::Key_Return);
        QCOMPARE(c.table->tree().shown(), 2);
        QVERIFY(!c.button(QStringLiteral("Scan this host"))->isVisible());
    }

    void groupsCloseAndStayClosed() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy")}));
        c.window.findChild<FilterBar*>()->findChild<QComboBox*>()->setCurrentIndex(
            static_cast<int>(GroupBy::Host));
        const QModelIndex group = c.table->tree().index(0, 0);
        QVERIFY(c.table->isExpanded(group));
        c.table->collapse(group);
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy")}));
        QVERIFY(!c.table->isExpanded(c.table->tree().index(0, 0)));
        c.filter()->setText(QStringLiteral("alloy"));
        QVERIFY(!c.table->isExpanded(c.table->tree().index(0, 0)));
        QVERIFY(!c.table->current()); // a group's header is no mount
    }

    void whatOneLooksAtStaysOverRescans() {
        Console c;
        std::vector<Row> rows;
        for (int i = 0; i < 300; ++i)
            rows.push_back(rowOf("svc" + std::to_string(1000 + i)));
        c.take(scanOf("vm1", rows));
        c.take(scanOf("vm2", {rowOf("zz")}));
        QCoreApplication::processEvents();
        c.table->setCurrentIndex(c.table->tree().index(150, 0));
        c.table->scrollTo(c.table->currentIndex(), QAbstractItemView::PositionAtCenter);
        const std::string current = c.table->current()->name;
        const int y = c.table->visualRect(c.table->currentIndex()).y();
        for (int i = 0; i < 20; ++i)
            rows[static_cast<std::size_t>(i * 14)] = rowOf("svc" + std::to_string(1000 + i * 14), "new");
        rows.erase(rows.begin() + 200, rows.begin() + 210);
        c.take(scanOf("vm1", rows));
        QCoreApplication::processEvents();
        QCOMPARE(c.table->current()->name, current);
        QCOMPARE(c.table->visualRect(c.table->currentIndex()).y(), y);
        // Another filter keeps the row too, if it is there.
        c.filter()->setText(QStringLiteral("vm1"));
        QCOMPARE(c.table->current()->name, current);
    }

    void everyControlHasAName() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy", "new")}));
        for (const QWidget* widget : c.window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                qobject_cast<const QLabel*>(widget) || widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const bool inside = qobject_cast<const QSpinBox*>(widget->parentWidget()) ||
                                qobject_cast<const QLineEdit*>(widget->parentWidget());
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(inside || !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                         widget->inherits("QScrollArea") || widget->inherits("MountsPage"),
                     widget->metaObject()->className());
        }
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
