#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "tests/ui/patience.h"
#include "tests/ui/scans.h"
#include "ui/models/change_model.h"
#include "ui/models/live_mode.h"
#include "ui/models/saved_filters.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

using namespace std::chrono_literals;

/// Hosts that answer only when the test says so, and count how many ask at once.
struct Gate {
    std::mutex mutex;
    std::condition_variable opened;
    bool open = false;
    int inside = 0;
    int most = 0;
    std::atomic<int> asked{0};
};

class GateTransport final : public Transport {
public:
    explicit GateTransport(Gate& gate)
        : m_gate(gate) {}
    Result<std::unique_ptr<Session>> connect(const Endpoint&, const Deadline&, const Cancel&) override {
        std::unique_lock lock(m_gate.mutex);
        m_gate.most = std::max(m_gate.most, ++m_gate.inside);
        ++m_gate.asked;
        m_gate.opened.wait_for(lock, 20s, [&] { return m_gate.open; });
        --m_gate.inside;
        return fail(ErrorCode::Unreachable, "Connection refused.");
    }

private:
    Gate& m_gate;
};

} // namespace

class LiveTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void intervalsHaveBounds() {
        LiveSchedule schedule;
        schedule.setInterval(1s);
        QVERIFY(schedule.interval() == 5s);
        schedule.setInterval(100000s);
        QVERIFY(schedule.interval() == 3600s);
    }

    void hostsThatFailAreAskedLessOften() {
        LiveSchedule schedule;
        schedule.setInterval(10s);
        const LiveSchedule::Time start{};
        QVERIFY(schedule.isDue("vm1", start));
        schedule.taken(scanOf("vm1", {}), start);
        QVERIFY(!schedule.isDue("vm1", start + 9s));
        QVERIFY(schedule.isDue("vm1", start + 10s));
        for (int i = 0; i < 3; ++i)
            schedule.taken(failedScan("vm1", ErrorCode::Timeout, "No answer."), start);
        QVERIFY(!schedule.isDue("vm1", start + 79s));
        QVERIFY(schedule.isDue("vm1", start + 80s));
        for (int i = 0; i < 100; ++i)
            schedule.taken(failedScan("vm1", ErrorCode::Timeout, "No answer."), start);
        QVERIFY(schedule.isDue("vm1", start + 900s));
        schedule.taken(scanOf("vm1", {}), start);
        QVERIFY(schedule.isDue("vm1", start + 10s));
        schedule.setInterval(3600s);
        QVERIFY(schedule.pause(5) == 3600s);
    }

    void hostsThatNeedAPersonWaitForOne() {
        LiveSchedule schedule;
        const LiveSchedule::Time start{};
        for (const ErrorCode code :
             {ErrorCode::AuthFailed, ErrorCode::HostKeyChanged, ErrorCode::HostKeyUnknown}) {
            schedule.taken(failedScan("vm1", code, "No."), start);
            QVERIFY(!schedule.isDue("vm1", start + 100h));
            QVERIFY(schedule.needsPerson("vm1"));
        }
        schedule.taken(scanOf("vm1", {}), start);
        QVERIFY(schedule.isDue("vm1", start + 1h));
    }

    void aHostIsNeverScannedTwiceAtOnce() {
        Gate gate;
        FleetSession session(std::make_unique<GateTransport>(gate), {}, {});
        session.addHost(*parseHost("vm1"));
        QSignalSpy scanned(&session, &FleetSession::batchTaken);
        session.scanAll();
        session.scanAll();
        session.scan({"vm1", "vm1"});
        session.scanOne("vm1"); // once more, afterwards
        LiveMode live(session);
        live.setOn(true);
        QCOMPARE(session.scansLeft(), 1);
        QTRY_COMPARE(gate.asked.load(), 1);
        {
            const std::lock_guard lock(gate.mutex);
            gate.open = true;
        }
        gate.opened.notify_all();
        QTRY_VERIFY(scanned.count() >= 2 && !session.scanning());
        QCOMPARE(gate.most, 1);
        QCOMPARE(gate.asked.load(), 2);
        QVERIFY(live.waiting("vm1").contains(QStringLiteral("keeps failing")));
    }

    void changesAreBoundedAndNewestFirst() {
        ChangeModel changes;
        const QAbstractItemModelTester tester(&changes,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const MountNews stale{Change::Drift, "vm1", Hostile, "/etc/a", Verdict::InSync, Verdict::StaleInode};
        changes.add({stale}, TimePoint{});
        const MountNews gone{Change::Vanished,   "vm1", "a", "/etc/a", Verdict::StaleInode,
                             Verdict::StaleInode};
        changes.add(std::vector<MountNews>(2500, gone), TimePoint{});
        QCOMPARE(changes.rowCount(), ChangeModel::Limit);
        changes.clear();
        changes.add({gone, stale}, TimePoint{});
        QCOMPARE(changes.index(0, ChangeModel::What).data().toString(), QStringLiteral("gone"));
        QCOMPARE(changes.index(1, ChangeModel::Now).data().toString(),
                 QStringLiteral("Stale inode, was In sync"));
        for (const QChar c : changes.index(1, ChangeModel::Service).data().toString())
            QVERIFY(c.isPrint());
    }

    void filtersOfTwoWindowsDoNotFight() {
        const QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("console.conf"));
        QSettings one(file, QSettings::IniFormat);
        QSettings two(file, QSettings::IniFormat);
        const FilterState state{QStringLiteral("a/b; \"c\" ü"), Verdict::StaleInode, GroupBy::Project};
        SavedFilters::save(one, QStringLiteral("one/with slash & more"), state);
        SavedFilters::save(two, QStringLiteral("two"), {});
        QSettings later(file, QSettings::IniFormat);
        QCOMPARE(SavedFilters::names(later),
                 (QStringList{QStringLiteral("one/with slash & more"), QStringLiteral("two")}));
        QVERIFY(SavedFilters::load(later, QStringLiteral("one/with slash & more")) == state);
        SavedFilters::remove(two, QStringLiteral("one/with slash & more"));
        QCOMPARE(SavedFilters::names(one), QStringList{QStringLiteral("two")});
        QVERIFY(!SavedFilters::load(one, QStringLiteral("gone")));
        QVERIFY(SavedFilters::unpack({QStringLiteral("x"), QStringLiteral("bad"), QStringLiteral("worse")}) ==
                (FilterState{QStringLiteral("x"), std::nullopt, GroupBy::Nothing}));
    }
};

QTEST_MAIN(LiveTest)
#include "live_test.moc"
