// Results come to the GUI thread in slices: none is lost, doubled or put in another order, whatever comes
// between.
#include <QAbstractItemModelTester>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <atomic>
#include <thread>

#include "tests/ui/scans.h"
#include "ui/models/fleet_session.h"
#include "ui/models/host_model.h"
#include "ui/models/mount_tree.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

using namespace std::chrono_literals;

constexpr int Patience = 30000; // ms

/// Refuses at once, so that hundreds of results come at the same time.
class RefusingTransport final : public Transport {
public:
    Result<std::unique_ptr<Session>> connect(const Endpoint&, const Deadline&, const Cancel&) override {
        return fail(ErrorCode::Unreachable, "Connection refused.");
    }
};

std::shared_ptr<const HostScan> numbered(int number) {
    return std::make_shared<const HostScan>(scanOf("vm" + std::to_string(number), {}));
}

std::vector<std::string> addHosts(FleetSession& session, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.push_back("vm" + std::to_string(i));
        session.addHost(*parseHost(names.back()));
    }
    return names;
}

} // namespace

class ScanBatchesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theInboxCallsOnceAndKeepsTheOrder() {
        ScanInbox inbox;
        QVERIFY(!inbox.take());
        QVERIFY(inbox.put(numbered(0)));
        QVERIFY(!inbox.put(numbered(1))); // called already
        QCOMPARE(inbox.take()->host, std::string("vm0"));
        QVERIFY(!inbox.put(numbered(2))); // not gone yet
        QCOMPARE(inbox.take()->host, std::string("vm1"));
        QCOMPARE(inbox.take()->host, std::string("vm2"));
        QVERIFY(!inbox.take());
        QVERIFY(inbox.put(numbered(3)));
    }

    void whoHasMoreThanThereIsRoomForWaits() {
        ScanInbox inbox;
        constexpr int All = 100;
        std::atomic<int> put{0};
        std::jthread worker([&] {
            for (int i = 0; i < All; ++i, ++put)
                (void)inbox.put(numbered(i));
        });
        const auto release = qScopeGuard([&] { inbox.close(); });
        const auto full = [&] { return put == static_cast<int>(ScanInbox::Room); };
        QVERIFY(QTest::qWaitFor(full, Patience));
        for (int i = 0; i < All; ++i) {
            std::shared_ptr<const HostScan> scan;
            QVERIFY(QTest::qWaitFor([&] { return (scan = inbox.take()) != nullptr; }, Patience));
            QCOMPARE(scan->host, "vm" + std::to_string(i));
            QVERIFY(put <= i + 1 + static_cast<int>(ScanInbox::Room));
        }
    }

    void nobodyWaitsForWhoIsGone() {
        ScanInbox inbox;
        std::jthread worker([&] {
            for (int i = 0; i < 100; ++i)
                (void)inbox.put(numbered(i));
        });
        inbox.close();
        worker.join();
    }

    void eachHostIsToldOnce() {
        FleetSession session(std::make_unique<RefusingTransport>(), "/nowhere/audit.sqlite", {});
        const auto names = addHosts(session, 500);
        std::map<std::string, int> told;
        bool finished = false;
        connect(&session, &FleetSession::hostScanned, this, [&](const HostScan& scan) {
            QVERIFY(!finished);
            QVERIFY(!session.scanning(scan.host));
            QTest::qSleep(1); // a slow table: several batches
            ++told[scan.host];
        });
        connect(&session, &FleetSession::scanFinished, this, [&] { finished = true; });
        QSignalSpy batches(&session, &FleetSession::batchTaken);
        session.scanAll();
        session.scanAll(); // what is in flight is not asked twice
        QTRY_VERIFY_WITH_TIMEOUT(finished, Patience);
        QCOMPARE(told.size(), names.size());
        for (const auto& [host, times] : told)
            QCOMPARE(times, 1);
        QVERIFY(batches.count() > 1);
        QCOMPARE(session.scansLeft(), 0);
    }

    /// Each batch leaves time for others: a key that is pressed meanwhile does not wait for the last host.
    void betweenBatchesOthersHaveTheirTurn() {
        FleetSession session(std::make_unique<RefusingTransport>(), "/nowhere/audit.sqlite", {});
        addHosts(session, 500);
        connect(&session, &FleetSession::hostScanned, this, [&] { QTest::qSleep(1); });
        int leftWhenPressed = 0;
        connect(&session, &FleetSession::batchTaken, this, [&] {
            if (leftWhenPressed == 0)
                QTimer::singleShot(0, this, [&] { leftWhenPressed = session.scansLeft(); });
        });
        session.scanAll();
        QTRY_VERIFY_WITH_TIMEOUT(!session.scanning(), Patience);
        QVERIFY(leftWhenPressed > 0);
    }

    void aCancelledScanLeavesNoHalfState() {
        FleetSession session(std::make_unique<RefusingTransport>(), "/nowhere/audit.sqlite", {});
        const auto names = addHosts(session, 500);
        HostModel hosts;
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const std::string& name : names) {
            hosts.add(*parseHost(name));
            mounts.merge(scanOf(name, {rowOf("a")}));
        }
        int told = 0;
        connect(&session, &FleetSession::scanStarted, &hosts, &HostModel::setScanning);
        connect(&session, &FleetSession::hostScanned, this, [&](const HostScan& scan) {
            hosts.take(scan);
            mounts.merge(scan);
            if (++told == 5)
                session.cancelScan();
        });
        QSignalSpy finished(&session, &FleetSession::scanFinished);
        session.scanAll();
        QTRY_VERIFY_WITH_TIMEOUT(!session.scanning(), Patience);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(told, 500); // also of those that were not asked any more
        QCOMPARE(mounts.rowCount(), 500);
        QCOMPARE(mounts.counts()[Verdict::InSync], 0); // nothing was observed now, nothing is shown as good
        QCOMPARE(tree.shown(), 500);
        for (const std::string& name : names)
            QVERIFY(hosts.find(name)->state != HostModel::State::Scanning);
        told = 5; // and the next one is a scan like any other
        session.scanAll();
        QTRY_VERIFY_WITH_TIMEOUT(!session.scanning(), Patience);
        QCOMPARE(told, 505);
    }

    void aSessionThatGoesDuringAScanWaitsForNobody() {
        for (int i = 0; i < 20; ++i) {
            FleetSession session(std::make_unique<RefusingTransport>(), "/nowhere/audit.sqlite", {});
            addHosts(session, 200);
            session.scanAll(); // more results than there is room for, and nobody takes them
        }
    }
};

QTEST_MAIN(ScanBatchesTest)
#include "scan_batches_test.moc"
