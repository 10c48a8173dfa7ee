// What happened: the container's log and the timeline of a mount.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>

#include "core/audit/record_line.h"
#include "tests/ui/evidence_rig.h"
#include "tests/ui/scans.h"
#include "ui/models/log_model.h"
#include "ui/models/timeline.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

const std::string Inside = "port: 1\n";
const std::string OnHost = "port: 2\n";

LogLine logLine(int second, const std::string& text) {
    return {"", TimePoint(std::chrono::seconds{1'000'000 + second}), text};
}

} // namespace

class HistoryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLogIsReadWhenItIsSeen() {
        EvidenceRig rig(Inside, OnHost);
        rig.log = "2026-11-24T14:44:00Z before\n2026-11-24T14:45:00Z "
                  "\x1b[31mafter\x1b[0m\n2026-11-24T14:45:01Z token=hunter2\n"
                  "\ninodeck-exit 0\n";
        auto* view = rig.panel->findChild<LogView*>();
        auto* list = view->findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 0);
        rig.tabs->setCurrentWidget(view);
        QTRY_COMPARE(list->model()->rowCount(), 4); // and the start between them
        const auto all = [&] {
            QStringList texts;
            for (int i = 0; i < list->model()->rowCount(); ++i)
                texts << list->model()->index(i, 0).data().toString();
            return texts.join(QLatin1Char('\n'));
        };
        QVERIFY(all().contains(QStringLiteral("the container was started at")));
        QVERIFY(!all().contains(QStringLiteral("hunter")));
        QVERIFY(!all().contains(QStringLiteral("31m")));
        auto* era = view->findChild<QComboBox*>();
        era->setCurrentIndex(2);
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(all().contains(QStringLiteral("before")));
        era->setCurrentIndex(0);
        view->findChild<QLineEdit*>()->setText(QStringLiteral("AFTER"));
        QVERIFY(all().contains(QStringLiteral("after")));
        QVERIFY(!all().contains(QStringLiteral("before")));
        view->findChild<QLineEdit*>()->clear();
        rig.log = "\ninodeck-exit 0\n";
        MountModel::Entry other = rig.entry;
        other.row.observation.container.id = *ContainerId::parse(containerId('b'));
        rig.panel->show(other, false);
        QTRY_VERIFY(rig.words().contains(QStringLiteral("The container has written nothing")));
        rig.log = "2026-11-24T14:46:00Z fresh\n\ninodeck-exit 0\n";
        rig.panel->show(rig.entry, false);
        QTRY_VERIFY(all().contains(QStringLiteral("fresh")));
    }

    void theTimelineIsNewestFirst() {
        EvidenceRig rig(Inside, OnHost);
        ParsedRecord record;
        record.envelope.ts = TimePoint(std::chrono::hours{24 * 365 * 60});
        record.draft.type = RecordType::Intent;
        record.draft.actor.account = "ops";
        record.draft.reason = "<b>new</b>\n";
        const std::vector<SeenVerdict> seen{
            {Verdict::StaleInode, Clock::system().now(), Clock::system().now(), 3}};
        const auto events = timelineOf(rig.entry, seen, {record});
        QCOMPARE(events.size(), std::size_t{6});
        for (std::size_t i = 1; i < events.size(); ++i)
            QVERIFY(events[i - 1].time >= events[i].time);
        QCOMPARE(events[0].what, QStringLiteral("ops ordered a restart: <b>new</b>\\n"));
        TimelineModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEvents(events, Clock::system().now());
        QCOMPARE(model.index(5, TimelineModel::What).data().toString().isEmpty(), false);
        QVERIFY(model.index(5, TimelineModel::Ago).data().toString().contains(QLatin1Char(' ')));
        model.setNow(Clock::system().now());
    }

    void scansOfThisSessionAreRemembered() {
        EvidenceRig rig(Inside, OnHost);
        ScanHistory history(*rig.session);
        HostScan scan = scanOf("vm1", {rowOf("a")});
        Q_EMIT rig.session->hostScanned(scan);
        Q_EMIT rig.session->hostScanned(scan);
        scan = scanOf("vm1", {rowOf("a", "new")});
        Q_EMIT rig.session->hostScanned(scan);
        const auto seen = history.of("vm1", scan.rows[0].observation);
        QCOMPARE(seen.size(), std::size_t{2});
        QCOMPARE(seen[0].looks, 2);
        QVERIFY(seen[1].verdict == Verdict::StaleInode);
        QVERIFY(history.of("vm2", scan.rows[0].observation).empty());
    }

    void theLogKeepsItsLastLines() {
        const auto at = [](int second) { return TimePoint(std::chrono::seconds{second}); };
        LogModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append({logLine(1, "old"), logLine(3, "new")});
        model.markStart(at(1'000'002), at(1'000'002));
        model.markStart(at(1'000'002), at(1'000'002));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.index(1).data(LogModel::OursRole).toBool());
        model.markStart(at(1'000'010), at(1'000'010)); // nothing was written since
        QCOMPARE(model.rowCount(), 3);
        model.append({logLine(11, "later")});
        QCOMPARE(model.rowCount(), 5);
        model.markStart(at(1'000'012), at(1'000'011)); // Docker wrote it down after the first line
        QCOMPARE(model.rowCount(), 6);
        QVERIFY(model.index(4).data(LogModel::OursRole).toBool());
        std::vector<LogLine> many;
        for (int i = 0; i < LogModel::MaxLines + 500; ++i)
            many.push_back(logLine(100 + i, "x"));
        model.append(many);
        QCOMPARE(model.rowCount(), LogModel::MaxLines);
        QVERIFY(model.forgot());
        model.note(QStringLiteral("missing"));
        QCOMPARE(model.rowCount(), LogModel::MaxLines);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(HistoryTest)
#include "history_test.moc"
