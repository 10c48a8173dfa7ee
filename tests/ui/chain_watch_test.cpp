#include <QSignalSpy>
#include <QTest>

#include "core/transport/replay_transport.h"
#include "tests/ui/audit_logs.h"
#include "tests/ui/patience.h"
#include "ui/models/chain_watch.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

using State = ChainStatus::State;

struct Watched {
    explicit Watched(const std::string& where)
        : session(std::make_unique<ReplayTransport>("/nowhere"), where, {})
        , watch(session) {}
    bool becomes(State state) {
        return QTest::qWaitFor([&] { return watch.status().state == state; }, Patience);
    }

    FleetSession session;
    ChainWatch watch;
};

} // namespace

class ChainWatchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBadgeSaysTheWorse() {
        const AuditState good{true, "sqlite:/x", {}};
        const AuditState refused{false, "The log is full.", {}};
        VerifyReport report;
        report.records = 10;
        const Result<VerifyReport> consistent = report;
        report.anchored = 7;
        const Result<VerifyReport> anchored = report;
        report.anchored = 10;
        const Result<VerifyReport> verified = report;
        report.bad = VerifyReport::Bad{3, "its signature does not verify"};
        const Result<VerifyReport> broken = report;
        const Result<VerifyReport> empty = VerifyReport{};
        const Result<VerifyReport> none = fail(ErrorCode::NotFound, "no log");
        const Result<VerifyReport> unreadable = fail(ErrorCode::Io, "Cannot read it.");
        const auto is = [](const AuditState* audit, const Result<VerifyReport>* known) {
            return chainStatus(audit, known).state;
        };
        QVERIFY(is(nullptr, nullptr) == State::Checking);
        QVERIFY(is(&good, nullptr) == State::Checking);
        QVERIFY(is(nullptr, &verified) == State::Checking);
        QVERIFY(is(&good, &verified) == State::Verified);
        QVERIFY(is(&good, &anchored) == State::Anchored);
        QVERIFY(is(&good, &consistent) == State::SelfConsistent);
        QVERIFY(is(&good, &empty) == State::NoLog);
        QVERIFY(is(&good, &none) == State::NoLog);
        QVERIFY(is(&good, &unreadable) == State::Unreadable);
        QVERIFY(is(&refused, &verified) == State::NotWritable);
        QVERIFY(is(&refused, nullptr) == State::NotWritable);
        QVERIFY(is(&refused, &broken) == State::Broken);
        QVERIFY(is(nullptr, &broken) == State::Broken);
        QVERIFY(chainStatus(&good, &broken).sentence.contains(QStringLiteral("Record 3")));
        QVERIFY(chainStatus(&refused, &verified).sentence.contains(QStringLiteral("full")));
    }

    void theLogIsVerifiedAndWhatIsNewToo() {
        const AuditHome home;
        home.fill(operations(20));
        Watched w(home.path());
        w.session.checkAudit();
        QVERIFY(w.becomes(State::Verified));
        QCOMPARE(w.watch.status().records, std::uint64_t{41});
        QSignalSpy grown(&w.watch, &ChainWatch::grown);
        home.fill(operations(5));
        w.session.checkAudit();
        QVERIFY(grown.wait(Patience));
        QCOMPARE(grown.last().first().toULongLong(), quint64{51});
        QVERIFY(w.becomes(State::Verified));
    }

    void aBrokenChainIsFoundOnDemand() {
        const AuditHome home;
        home.fill(operations(200));
        Watched w(home.path());
        w.session.checkAudit();
        QVERIFY(w.becomes(State::Verified));
        home.tamper("UPDATE records SET sig=zeroblob(64) WHERE seq=5");
        w.watch.verifyAgain();
        QVERIFY(w.becomes(State::Broken));
        QVERIFY(w.watch.status().sentence.contains(QStringLiteral("Record 5")));
    }

    void anOldRecordIsLookedAtAgainByItself() {
        const AuditHome home;
        home.fill(operations(20));
        FleetSession session(std::make_unique<ReplayTransport>("/nowhere"), home.path(), {});
        ChainWatch watch(session, nullptr, {std::chrono::milliseconds{100}, std::chrono::seconds{1}});
        session.checkAudit();
        QTRY_VERIFY_WITH_TIMEOUT(watch.status().state == State::Verified, Patience);
        home.tamper("UPDATE records SET vm='elsewhere' WHERE seq=5");
        QTRY_VERIFY_WITH_TIMEOUT(watch.status().state == State::Broken, Patience);
        QVERIFY(watch.status().sentence.contains(QStringLiteral("Record 5")));
    }

    void aLogThatCannotBeWrittenSaysWhy() {
        const AuditHome home;
        home.fill(operations(2));
        QVERIFY(QFile::setPermissions(QString::fromStdString(home.path()),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        Watched w(home.path());
        w.session.checkAudit();
        QVERIFY(w.becomes(State::NotWritable));
        QVERIFY(!w.watch.status().sentence.isEmpty());
    }

    void withoutALogThereIsNone() {
        const AuditHome home;
        Watched w(home.path());
        w.session.checkAudit();
        QVERIFY(w.becomes(State::NoLog));
    }
};

QTEST_MAIN(ChainWatchTest)
#include "chain_watch_test.moc"
