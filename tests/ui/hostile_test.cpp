// Fifty hostile names wherever a name can come from outside: each is shown literally, nothing becomes markup,
// nothing is opened or fetched.
#include <QAbstractItemView>
#include <QComboBox>
#include <QDesktopServices>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolTip>
#include <QTreeWidget>

#include "core/base/text.h"
#include "tests/support/hostile_names.h"
#include "tests/ui/audit_console.h"
#include "tests/ui/dialogs_rig.h"
#include "tests/ui/evidence_rig.h"
#include "tests/ui/reading.h"
#include "ui/models/row_text.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// Counts what asks the desktop to open something.
class UrlTrap final : public QObject {
    Q_OBJECT

public:
    UrlTrap() {
        for (const char* scheme : Schemes)
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "take");
    }
    ~UrlTrap() override {
        for (const char* scheme : Schemes)
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    int opened = 0;

public Q_SLOTS:
    void take(const QUrl&) { ++opened; }

private:
    static constexpr const char* Schemes[] = {"http", "https", "file", "mailto"};
};

QByteArray which(const std::string& name) {
    return literal(name).left(60).toUtf8();
}

} // namespace

class HostileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        Console::freshSettings();
        QCOMPARE(hostileNames().size(), std::size_t{50});
    }

    /// The checks below can fail.
    void whatIsWrongIsFound() {
        QWidget root;
        auto* label = new QLabel(QStringLiteral("<b>x</b>"), &root);
        QVERIFY(Reading(root).faults().contains(QStringLiteral("may be rich text")));
        label->setTextFormat(Qt::PlainText);
        QVERIFY(Reading(root).faults().isEmpty());
        label->setToolTip(QStringLiteral("<b>x</b>"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("active tooltip")));
        label->setToolTip(QStringLiteral("<img src='file:///etc/passwd'>"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("active tooltip")));
        label->setToolTip({});
        label->setText(QStringLiteral("a\x1b[31m"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("cannot be seen")));
        QLineEdit edit;
        label->setText(QStringLiteral("a&amp;b"));
        QVERIFY(Reading(root).says("a&amp;b"));
        label->setBuddy(&edit); // then Qt takes the & for a mark
        QVERIFY(!Reading(root).says("a&amp;b"));
    }

    void onEachPageOfTheWindow() {
        const UrlTrap trap;
        Console c(std::vector<std::string>{});
        QSignalSpy told(c.window.findChild<MountsPage*>(), &MountsPage::newStale);
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = host.address = name;
            host.groups = {name + " (group)"};
            c.window.addHosts({host});
            Row before = rowNamed(name);
            before.observation.containerSide = before.observation.hostSide;
            before.judgement = judge(before.observation);
            c.take(scanOf(name, {before}));
            HostScan scan = scanOf(name, {rowNamed(name)});
            scan.access.user = scan.runtime.name = scan.machineId = name;
            scan.system.os = scan.system.kernel = name;
            scan.peer.address = scan.peer.user = name;
            c.take(scan);
        }
        QCOMPARE(told.count(), 50);
        for (const auto& news : told)
            for (const QVariant& text : news)
                QVERIFY2(isPlain(text.toString()), qPrintable(text.toString().left(200)));
        auto* bar = c.window.findChild<Pages*>()->bar();
        for (int page = 0; page < bar->count(); ++page) {
            bar->setCurrentIndex(page);
            const Reading reading(c.window);
            QVERIFY2(reading.faults().isEmpty(), qPrintable(reading.faults()));
            for (const std::string& name : hostileNames())
                QVERIFY2(reading.says(name), which(name));
        }
        bar->setCurrentIndex(0);
        for (int row = 0; row < c.table->tree().shown(); ++row) {
            c.table->setCurrentIndex(c.table->tree().index(row, 0));
            const std::string name = c.table->current()->host;
            const Reading details(*c.window.findChild<DetailsPanel*>());
            QVERIFY2(details.faults().isEmpty(), qPrintable(details.faults()));
            QVERIFY2(details.said().count(literal(name)) >= 5, which(name));
            QVERIFY2(rowText(*c.table->current(), {}).contains(literal(name)), which(name));
        }
        QCOMPARE(trap.opened, 0);
    }

    void onAHostsPageAndInItsErrors() {
        Console c(std::vector<std::string>{});
        auto* hosts = c.window.findChild<HostTree*>();
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = name;
            c.window.addHosts({host});
            c.take(failedScan(name, ErrorCode::Unreachable, "Cannot connect: " + printable(name)));
            hosts->setCurrentIndex(hosts->model()->index(hosts->model()->rowCount() - 1, 0));
            QTest::keyClick(hosts, Qt::Key_Return);
            const Reading panel(*c.window.findChild<HostPanel*>());
            QVERIFY2(panel.faults().isEmpty(), qPrintable(panel.faults()));
            QVERIFY2(panel.said().count(literal(name)) >= 2, which(name));
        }
        const Reading all(c.window);
        QVERIFY2(all.faults().isEmpty(), qPrintable(all.faults()));
    }

    void inEveryDialog() {
        const UrlTrap trap;
        Console c;
        for (const std::string& name : hostileNames()) {
            AllDialogs dialogs(c.session, c.window, name);
            const auto named = dialogs.named();
            for (QDialog* dialog : dialogs.all()) {
                const Reading reading(*dialog);
                QVERIFY2(reading.faults().isEmpty(), qPrintable(reading.faults()));
                if (std::find(named.begin(), named.end(), dialog) != named.end())
                    QVERIFY2(reading.says(name), which(name) + dialog->metaObject()->className());
            }
        }
        QCOMPARE(trap.opened, 0);
    }

    void inMessageBoxes() {
        Console c(std::vector<std::string>{});
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = name;
            c.window.addHosts({host});
            c.take(failedScan(name, ErrorCode::HostKeyChanged, "Not the known key: " + printable(name)));
            auto* box = c.window.findChild<QMessageBox*>();
            QVERIFY2(box, which(name));
            QCOMPARE(box->textFormat(), Qt::PlainText);
            QVERIFY2(box->text().contains(literal(name)), which(name));
            const auto more = drawn(box->informativeText());
            QVERIFY2(more && more->contains(literal(name)), which(name));
            for (const QLabel* label : box->findChildren<QLabel*>())
                QVERIFY2(label->textFormat() == Qt::PlainText || drawn(label->text()), which(name));
            delete box;
        }
    }

    void inTheDiffAndTheLog() {
        std::string inside;
        std::string log;
        for (const std::string& name : hostileNames()) {
            std::string line = name;
            std::replace(line.begin(), line.end(), '\n', ' ');
            std::replace(line.begin(), line.end(), '\0', ' '); // a NUL makes it a binary file
            inside += line + "\n";
            log += "2026-11-24T14:43:13.949706649Z " + line + "\n";
        }
        EvidenceRig rig(inside, "x\n");
        rig.log = log + "\ninodeck-exit 0\n";
        QVERIFY(rig.loadDiff());
        const Reading diff(*rig.panel);
        QVERIFY2(diff.faults().isEmpty(), qPrintable(diff.faults()));
        for (const char* name : {"<img src='file:///etc/passwd'>", "<!-- comment", "http://evil.example/"})
            QVERIFY2(diff.says(name), name);
        rig.tabs->setCurrentWidget(rig.panel->findChild<LogView*>());
        QVERIFY(QTest::qWaitFor(
            [&] {
                return Reading(*rig.panel).said().contains(QStringLiteral("stays text")) ||
                       Reading(*rig.panel->findChild<LogView*>())
                           .said()
                           .contains(QStringLiteral("</pre></div>"));
            },
            30000));
        const Reading tail(*rig.panel->findChild<LogView*>());
        QVERIFY2(tail.faults().isEmpty(), qPrintable(tail.faults()));
        QVERIFY(tail.says("<script>alert(1)</script>"));
    }

    void inTheAuditLog() {
        const AuditHome home;
        std::vector<RecordDraft> drafts;
        for (const std::string& name : hostileNames()) {
            RecordDraft draft = intentOf(static_cast<int>(drafts.size()) + 1);
            draft.reason = name;
            draft.actor = {"mira", name.substr(0, 500), ""};
            draft.target.vm = draft.target.project = draft.target.service = name.substr(0, 500);
            draft.evidence.front().source = draft.evidence.front().destination = name.substr(0, 500);
            drafts.push_back(draft);
        }
        home.fill(drafts);
        AuditConsole c(home);
        QVERIFY(QTest::qWaitFor([&] { return c.table->model()->rowCount() >= 50; }, 30000));
        for (int row = 0; row < c.table->model()->rowCount(); ++row) {
            c.table->setCurrentIndex(c.table->model()->index(row, 0));
            QVERIFY(QTest::qWaitFor([&] { return c.table->current() != nullptr; }, 30000));
            const Reading page(*c.page);
            QVERIFY2(page.faults().isEmpty(), qPrintable(page.faults()));
        }
        QTRY_VERIFY(c.badge->text() == QStringLiteral("Log verified"));
        const Reading page(*c.page);
        for (const std::string& name : hostileNames())
            if (name.size() <= 500)
                QVERIFY2(page.says(name), which(name));
    }
};

QTEST_MAIN(HostileTest)
#include "hostile_test.moc"
