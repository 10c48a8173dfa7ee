#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/scans.h"
#include "ui/models/host_model.h"
#include "ui/models/look.h"
#include "ui/models/mount_model.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class ModelsTest final : public QObject {
    Q_OBJECT

private:
    QStringList column(const QAbstractItemModel& model, int column) {
        QStringList cells;
        for (int i = 0; i < model.rowCount(); ++i)
            cells << model.index(i, column).data().toString();
        return cells;
    }

private Q_SLOTS:
    void mountsMergeRowByRow() {
        MountModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.merge(scanOf("vm1", {rowOf("a"), rowOf("b")}));
        model.merge(scanOf("vm2", {rowOf("a")}));
        QCOMPARE(model.rowCount(), 3);
        const QPersistentModelIndex kept = model.index(1, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.merge(scanOf("vm1", {rowOf("b", "new"), rowOf("c")}));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), label(Verdict::StaleInode));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.counts()[Verdict::StaleInode], 1);
        QCOMPARE(model.counts()[Verdict::InSync], 2);
        model.removeHost("vm1");
        QCOMPARE(column(model, MountModel::HostColumn), QStringList{QStringLiteral("vm2")});
    }

    void whatWasNotObservedIsNotShownAsGood() {
        MountModel model;
        model.merge(scanOf("vm1", {rowOf("a")}));
        model.merge(failedScan("vm1", ErrorCode::Timeout, "No answer within 60 s."));
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.entry(0).row.judgement.verdict == Verdict::Unknown);
        QVERIFY(model.entry(0).row.judgement.reason.find("No answer") != std::string::npos);
    }

    void aCancelledScanDoesNotVouchForOldRows() {
        MountModel model;
        model.merge(scanOf("vm1", {rowOf("a")}));
        HostScan cancelled;
        cancelled.host = "vm1";
        cancelled.status = HostStatus::Cancelled;
        model.merge(cancelled);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.entry(0).row.judgement.verdict != Verdict::InSync);
    }

    void hostileBytesStayLiteral() {
        MountModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Row row = rowOf(Hostile);
        model.merge(scanOf("vm1", {row}));
        for (int column = 0; column < MountModel::ColumnCount; ++column) {
            const QString cell = model.index(0, column).data().toString();
            for (const QChar c : cell)
                QVERIFY2(c.isPrint(), qPrintable(cell));
            const QString tip = model.index(0, column).data(Qt::ToolTipRole).toString();
            QVERIFY(!tip.contains(QStringLiteral("<b>")));
        }
    }

    void hostsSayHowTheyAre() {
        HostModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.add(*parseHost("vm1")));
        QVERIFY(!model.add(*parseHost("vm1")));
        const auto text = [&] { return model.index(0, 0).data().toString(); };
        model.setScanning({"vm1"});
        QCOMPARE(text(), QStringLiteral("vm1 – scanning"));
        model.take(failedScan("vm1", ErrorCode::Unreachable, "<img src=x> refused"));
        QCOMPARE(text(), QStringLiteral("vm1 – not reached"));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
        model.take(scanOf("vm1", {rowOf("a")}));
        QCOMPARE(text(), QStringLiteral("vm1"));
        model.setScanning({"vm1"}); // a look at what was well is no news
        QCOMPARE(text(), QStringLiteral("vm1"));
        model.take(scanOf("vm1", {rowOf("a", "new"), rowOf("b", "new")}));
        QCOMPARE(text(), QStringLiteral("vm1 – 2 Stale inode"));
        model.remove("vm1");
        QCOMPARE(model.rowCount(), 0);
    }

    void groupsShowTheWorstOfTheirHosts() {
        HostModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto host = [](const char* name, std::vector<std::string> groups) {
            Host made = *parseHost(name);
            made.groups = std::move(groups);
            return made;
        };
        model.add(host("alone", {}));
        model.add(host("vm1", {"web", "all"}));
        model.add(host("vm2", {"all"}));
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex web = model.index(0, 0);
        const QModelIndex all = model.index(1, 0);
        QCOMPARE(model.rowCount(all), 2);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("alone"));
        QVERIFY(model.hostsOf(all) == (std::set<std::string>{"vm1", "vm2"}));
        QVERIFY(model.hostsOf(model.index(1, 0, all)) == std::set<std::string>{"vm2"});
        model.take(scanOf("vm1", {rowOf("a")}));
        QCOMPARE(web.data().toString(), QStringLiteral("web (1)"));
        model.take(failedScan("vm2", ErrorCode::Timeout, "No answer."));
        QCOMPARE(all.data().toString(), QStringLiteral("all (2) – 1 not reached"));
        model.take(scanOf("vm1", {rowOf("a", "new")}));
        QCOMPARE(web.data().toString(), QStringLiteral("web (1) – 1 Stale inode"));
        QCOMPARE(all.data().toString(), QStringLiteral("all (2) – 1 Stale inode – 1 not reached"));
        model.remove("vm1");
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.find("vm2") && !model.find("vm1"));
    }

    void coloursHaveContrast() {
        const auto luminance = [](const QColor& c) {
            const auto linear = [](double v) {
                return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
        };
        for (const bool dark : {false, true})
            for (const Verdict verdict : AllVerdicts) {
                const double text = luminance(colour(verdict, dark));
                const double ground = luminance(dark ? QColor(0x1f, 0x22, 0x26) : QColor(0xf5, 0xf5, 0xf5));
                const double ratio = (std::max(text, ground) + 0.05) / (std::min(text, ground) + 0.05);
                QVERIFY2(ratio >= 4.5, qPrintable(label(verdict)));
            }
    }

    void newsAreToldOnce() {
        MountModel mounts;
        QVERIFY(mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b", "new")})).empty()); // the first look
        auto news = mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")}));
        std::sort(news.begin(), news.end(),
                  [](const auto& l, const auto& r) { return l.service < r.service; });
        QCOMPARE(news.size(), std::size_t{2});
        QVERIFY(news[0].change == Change::Drift && news[0].isNewStale());
        QVERIFY(news[1].change == Change::Cured && !news[1].isNewStale());
        // Still stale, not observed, still stale: no news, and the mark goes.
        QVERIFY(mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")})).empty());
        QVERIFY(!mounts.hasChanges());
        QVERIFY(mounts.merge(failedScan("vm1", ErrorCode::Timeout, "No answer.")).empty());
        QVERIFY(mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")})).empty());
        // A row that could not be judged in between is no second alarm.
        Row raced = rowOf("a", "new");
        raced.judgement.verdict = Verdict::Unknown;
        QCOMPARE(mounts.merge(scanOf("vm1", {raced, rowOf("b")})).size(), std::size_t{1});
        QVERIFY(mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")})).empty());
        news = mounts.merge(scanOf("vm1", {rowOf("b")}));
        QCOMPARE(news.size(), std::size_t{1});
        QVERIFY(news[0].change == Change::Vanished && !news[0].isNewStale());
        news = mounts.merge(scanOf("vm1", {rowOf("b"), rowOf("c", "new")}));
        QVERIFY(news.size() == 1 && news[0].change == Change::Appeared && news[0].isNewStale());
        mounts.clearChanges();
        QVERIFY(!mounts.hasChanges());
    }
};

QTEST_MAIN(ModelsTest)
#include "models_test.moc"
