// Triage in the real window: filters, groups, what is new, what is selected.
#include <QClipboard>
#include <QComboBox>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

#include "tests/ui/console_rig.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class TriageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { Console::freshSettings(); }

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

    void groupsThatAreClosedAreNotSelected() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy", "new")}));
        c.take(scanOf("vm2", {rowOf("nginx", "new")}));
        c.window.findChild<FilterBar*>()->findChild<QComboBox*>()->setCurrentIndex(
            static_cast<int>(GroupBy::Host));
        c.table->setFocus();
        QTest::keyClick(c.table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(c.table->selected().size(), std::size_t{3});
        const QModelIndex group = c.table->tree().index(0, 0);
        c.table->setCurrentIndex(c.table->tree().index(0, 0, group));
        QTest::keyClick(c.table, Qt::Key_A, Qt::ControlModifier);
        c.table->collapse(group);
        // What nobody sees any more is neither selected nor current.
        QCOMPARE(c.table->selected().size(), std::size_t{1});
        QCOMPARE(c.table->selected().front().row.observation.container.name, std::string("nginx"));
        QVERIFY(!c.table->current());
        c.take(scanOf("vm1", {rowOf("alloy", "newer"), rowOf("caddy", "new")}));
        QVERIFY(!c.table->isExpanded(c.table->tree().index(0, 0)));
        QCOMPARE(c.table->selected().size(), std::size_t{1});
        c.table->expand(c.table->tree().index(0, 0));
        QCOMPARE(c.table->selected().size(), std::size_t{1}); // and does not come back
        QTest::keyClick(c.table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(c.table->selected().size(), std::size_t{3});
    }

    void onlyOneTabIsShownWhateverIsSelected() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy", "new")}));
        auto* tabs = c.window.findChild<DetailsPanel*>()->findChild<QTabWidget*>();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            for (int row = 0; row < 2; ++row) {
                c.table->setCurrentIndex(c.table->tree().index(row, 0));
                for (int other = 0; other < tabs->count(); ++other)
                    QCOMPARE(tabs->widget(other)->isVisible(), other == tab);
            }
        }
    }

    void severalRowsAreCopiedAsText() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy", "new")}));
        c.table->setFocus();
        QTest::keyClick(c.table, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(c.table, Qt::Key_C, Qt::ControlModifier);
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.contains(QStringLiteral("/etc/alloy.conf")));
        QVERIFY(text.contains(QStringLiteral("/etc/caddy.conf")));
    }

    void theStripOfAllVerdictsFitsTheSmallestWindow() {
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy", "new")}));
        auto* strip = c.window.findChild<SummaryStrip*>();
        std::map<Verdict, int> counts;
        for (const Verdict verdict : AllVerdicts)
            counts[verdict] = 12345;
        strip->setCounts(counts);
        c.window.resize(c.window.minimumSize());
        QTRY_COMPARE(c.window.width(), c.window.minimumWidth());
        const auto buttons = strip->findChildren<QToolButton*>();
        QCOMPARE(static_cast<std::size_t>(buttons.size()), AllVerdicts.size());
        for (const QToolButton* one : buttons) {
            QTRY_VERIFY(strip->rect().contains(one->geometry()));
            QVERIFY(one->width() >= one->sizeHint().width());
            for (const QToolButton* other : buttons)
                QVERIFY(one == other || !one->geometry().intersects(other->geometry()));
        }
    }
};

QTEST_MAIN(TriageTest)
#include "triage_test.moc"
