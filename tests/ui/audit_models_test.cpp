#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/audit_logs.h"
#include "tests/ui/patience.h"
#include "tests/ui/scans.h"
#include "ui/models/audit_evidence.h"
#include "ui/models/audit_model.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// A model whose rows are watched for consistency from before the first one is there.
struct Rig {
    explicit Rig(const AuditHome& home)
        : log(home.path())
        , model(log)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}

    void load(const RecordFilter& filter = {}) {
        QSignalSpy counted(&model, &AuditModel::counted);
        model.setFilter(filter);
        QVERIFY(counted.wait(Patience));
    }
    /// Waits until the row is read.
    const AuditRow* read(int row) {
        return QTest::qWaitFor([&] { return !model.index(row, 0).data().isNull() && model.row(row); },
                               Patience)
                   ? model.row(row)
                   : nullptr;
    }
    std::vector<std::uint64_t> seqs() {
        std::vector<std::uint64_t> all;
        for (int row = 0; row < model.rowCount(); ++row)
            if (const AuditRow* one = read(row))
                all.push_back(one->stored.seq);
        return all;
    }

    AuditLog log;
    AuditModel model;
    QAbstractItemModelTester tester;
};

} // namespace

class AuditModelsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void openIntentsComeFirstThenTheLogPageByPage() {
        const AuditHome home;
        home.fill(operations(500, 100)); // 1 genesis + 995 records, 5 of them open
        Rig rig(home);
        rig.load();
        QCOMPARE(rig.model.rowCount(), 996);
        QCOMPARE(rig.model.openCount(), 5);
        for (int row = 0; row < 5; ++row)
            QVERIFY(rig.model.index(row, 0).data(AuditModel::OpenRole).toBool());
        QVERIFY(rig.model.row(5));
        QVERIFY(!rig.model.row(900));
        QVERIFY(!rig.model.index(900, TimeColumn).data().toString().isEmpty()); // says that it is being read
        std::vector<std::uint64_t> seqs = rig.seqs();
        QCOMPARE(seqs.size(), std::size_t{996});
        QVERIFY(std::is_sorted(seqs.begin() + 5, seqs.end(), std::greater<>()));
        std::sort(seqs.begin(), seqs.end());
        for (std::size_t i = 0; i < seqs.size(); ++i)
            QCOMPARE(seqs[i], i); // each once
    }

    void anyPageFirstAndTheOtherOrder() {
        const AuditHome home;
        home.fill(operations(600));
        Rig rig(home);
        rig.load();
        for (const int row : {1100, 3, 700, 500, 1200})
            QCOMPARE(rig.read(row)->stored.seq, static_cast<std::uint64_t>(1200 - row));
        QSignalSpy counted(&rig.model, &AuditModel::counted);
        rig.model.setNewestFirst(false);
        QVERIFY(counted.wait(Patience));
        for (const int row : {1000, 1, 450})
            QCOMPARE(rig.read(row)->stored.seq, static_cast<std::uint64_t>(row));
    }

    /// Views paint the old rows until the new ones are there; what they want of those is not of the new list.
    void aPageOfTheListBeforeIsNoneOfThisOne() {
        const AuditHome home;
        home.fill(operations(600));
        Rig rig(home);
        rig.load();
        QSignalSpy counted(&rig.model, &AuditModel::counted);
        rig.model.setNewestFirst(false);
        QVERIFY(!rig.model.row(1000));
        QVERIFY(!rig.model.index(1000, TimeColumn).data().isNull());
        QVERIFY(counted.wait(10000));
        QCOMPARE(rig.read(1150)->stored.seq, std::uint64_t{1150}); // read after any that was asked for before
        QCOMPARE(rig.read(1000)->stored.seq, std::uint64_t{1000});
    }

    void whatIsAddedLaterMovesNothing() {
        const AuditHome home;
        home.fill(operations(300));
        Rig rig(home);
        rig.load();
        home.fill(operations(50));
        QCOMPARE(rig.model.rowCount(), 601);
        QCOMPARE(rig.read(500)->stored.seq, std::uint64_t{100});
        rig.load();
        QCOMPARE(rig.model.rowCount(), 701);
    }

    void filtersAreThoseOfTheStore() {
        const AuditHome home;
        home.fill(operations(300, 50));
        Rig rig(home);
        RecordFilter filter;
        filter.text = "chg-1007 SCRAPE";
        rig.load(filter);
        QCOMPARE(rig.model.rowCount(), 2);
        filter = {};
        filter.host = "vm3";
        filter.types = {RecordType::Outcome};
        filter.outcome = "failed";
        rig.load(filter);
        QVERIFY(rig.model.rowCount() > 0);
        for (int row = 0; row < rig.model.rowCount(); ++row) {
            QCOMPARE(rig.model.index(row, HostColumn).data().toString(), QStringLiteral("vm3"));
            QCOMPARE(rig.model.index(row, OutcomeColumn).data().toString(), QStringLiteral("failed"));
        }
        filter = {};
        filter.openOnly = true;
        rig.load(filter);
        QCOMPARE(rig.model.rowCount(), 6);
        filter.text = "nowhere";
        rig.load(filter);
        QCOMPARE(rig.model.rowCount(), 0);
    }

    void lateAnswersAreDropped() {
        const AuditHome home;
        home.fill(operations(300));
        Rig rig(home);
        QSignalSpy loaded(&rig.model, &AuditModel::loaded);
        for (const char* host : {"vm1", "vm2", "vm3"}) {
            RecordFilter filter;
            filter.host = host;
            rig.model.setFilter(filter);
        }
        QVERIFY(loaded.wait(Patience));
        QTRY_VERIFY(rig.model.complete());
        QCOMPARE(loaded.count(), 1);
        QCOMPARE(rig.model.index(0, HostColumn).data().toString(), QStringLiteral("vm3"));
    }

    void noLogIsNoRecordsAndNoReadableLogIsAnError() {
        const AuditHome home;
        Rig rig(home);
        rig.load();
        QCOMPARE(rig.model.rowCount(), 0);
        AuditLog folder(home.file(QString()).toStdString());
        AuditModel model(folder);
        QSignalSpy failed(&model, &AuditModel::failed);
        model.reload();
        QVERIFY(failed.wait(Patience));
        QVERIFY(!failed.first().first().toString().isEmpty());
    }

    void hostileTextStaysLiteral() {
        const AuditHome home;
        RecordDraft draft = intentOf(1);
        draft.reason = Hostile + std::string(10000, 'x');
        draft.target.vm = Hostile;
        draft.target.service = Hostile;
        draft.actor.claimed = Hostile;
        draft.evidence.front().destination = Hostile;
        home.fill({draft});
        Rig rig(home);
        rig.load();
        const AuditRow* row = rig.read(0);
        for (int column = 0; column < AuditColumnCount; ++column) {
            const QString cell = rig.model.index(0, column).data().toString();
            QVERIFY(cell.size() < 1000);
            for (const QChar c : cell)
                QVERIFY2(c.isPrint(), qPrintable(cell));
            QVERIFY(
                !rig.model.index(0, column).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
        }
        for (const QChar c : recordText(*row))
            QVERIFY(c.isPrint() || c == QLatin1Char('\n'));
        QVERIFY(recordText(*row).contains(QStringLiteral("<b>bold</b>")));
        const QString line = recordLineText(*row);
        for (const QChar c : line)
            QVERIFY(c.isPrint());
        QCOMPARE(QJsonDocument::fromJson(line.toUtf8()),
                 QJsonDocument::fromJson(QByteArray::fromStdString(row->stored.line)));
    }

    void aPlainLineIsCopiedByteByByte() {
        const AuditHome home;
        RecordDraft draft = intentOf(1);
        draft.reason = "quote \" backslash \\ Größe";
        home.fill({draft});
        Rig rig(home);
        rig.load();
        const AuditRow* row = rig.read(0);
        QCOMPARE(recordLineText(*row).toStdString(), row->stored.line);
        QCOMPARE(Sha256::of(recordLineText(*row).toStdString()).hex(), Sha256::of(row->stored.line).hex());
    }

    void aLineThatIsNoRecordIsShownAsSuch() {
        const AuditHome home;
        home.fill(operations(3));
        home.tamper("UPDATE records SET line=CAST('{\"v\":7' || x'ff' AS BLOB) WHERE seq=2");
        Rig rig(home);
        rig.load();
        const int row = rig.model.rowOf(2);
        QVERIFY(row >= 0);
        QCOMPARE(rig.model.index(row, TypeColumn).data().toString(), QStringLiteral("Not a record"));
        QVERIFY(recordText(*rig.model.row(row)).contains(QStringLiteral("Hash")));
    }

    void evidenceIsComparedMountByMount() {
        const RecordDraft before = intentOf(1);
        RecordDraft after = outcomeOf(1);
        after.evidence.push_back(evidenceOf("a", "a", "in_sync"));
        after.evidence.back().destination = "/etc/other";
        const auto mounts = compareEvidence(&before, &after);
        QCOMPARE(mounts.size(), std::size_t{2});
        QStringList changed;
        for (const ComparedField& field : mounts[0].fields)
            if (field.differs)
                changed << field.name;
        QCOMPARE(changed, (QStringList{QStringLiteral("Verdict"), QStringLiteral("Container SHA-256"),
                                       QStringLiteral("Container inode")}));
        QCOMPARE(mounts[0].fields[2].before, QString::fromStdString(Sha256::of("old").hex()));
        QVERIFY(mounts[1].fields[0].before.isEmpty());
        QVERIFY(!mounts[1].fields[0].differs);
        QVERIFY(compareEvidence(nullptr, nullptr).empty());
    }
};

QTEST_MAIN(AuditModelsTest)
#include "audit_models_test.moc"
