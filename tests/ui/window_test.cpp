#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTabBar>

#include "tests/ui/console_rig.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class WindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { Console::freshSettings(); }

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
