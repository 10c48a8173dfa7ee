#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QGuiApplication>

#include "core/audit/record_line.h"
#include "tests/ui/evidence_rig.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/reveal_dialog.h"
#include "ui/models/row_text.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

const std::string Inside = "user: bob\npassword: hunter1\nport: 1\nlast: x\n";
const std::string OnHost = "user: bob\npassword: hunter2\nport: 2\nlast: x\n";

std::vector<ParsedRecord> reveals(const std::string& where) {
    std::vector<ParsedRecord> found;
    auto log = openAuditReader(where);
    if (log)
        (void)(*log)->each({}, [&](const StoredRecord& stored) {
            auto record = parseRecordLine(stored.line);
            if (record && record->draft.type == RecordType::Reveal)
                found.push_back(*record);
            return true;
        });
    return found;
}

/// Fills in the dialog and presses the button that is not Cancel.
bool answerReveal(DetailsPanel& panel, const QString& reason) {
    auto* dialog = panel.findChild<RevealDialog*>();
    if (!dialog)
        return false;
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), reason);
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return); // Cancel is the default
    dialog = panel.findChild<RevealDialog*>();
    return dialog == nullptr || !dialog->isVisible();
}

bool pressReveal(DetailsPanel& panel, const QString& reason) {
    auto* dialog = panel.findChild<RevealDialog*>();
    if (!dialog)
        return false;
    dialog->findChild<QLineEdit*>()->setText(reason);
    for (QAbstractButton* button : dialog->findChild<QDialogButtonBox*>()->buttons())
        if (button->text().contains(QStringLiteral("show"))) {
            if (!button->isEnabled())
                return false;
            button->click();
            return true;
        }
    return false;
}

} // namespace

class EvidenceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCardSaysInWordsWhatDiffers() {
        EvidenceRig rig(Inside, OnHost);
        const QString words = rig.words().remove(QLatin1Char('\n'));
        QVERIFY(words.contains(QStringLiteral("≠ differs")));
        QVERIFY(words.contains(QStringLiteral("= same")));
        QVERIFY(words.contains(QStringLiteral("Mount root")));
        QVERIFY(words.contains(QString::fromStdString(Sha256::of(Inside).hex())));
        QVERIFY(words.contains(QString::fromStdString(Sha256::of(OnHost).hex())));
        QVERIFY(words.contains(QString::fromStdString(rig.entry.row.judgement.reason)));
        for (const QLabel* label : rig.panel->findChildren<QLabel*>())
            QVERIFY(!label->pixmap(Qt::ReturnByValue).isNull() || label->textFormat() == Qt::PlainText);
    }

    void theRowGoesToAChatWithAllThatCounts() {
        EvidenceRig rig(Inside, OnHost);
        rig.named<QPushButton>(QStringLiteral("Copy"))->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("shop/web")));
        rig.entry.row.judgement.since = parseRfc3339("2026-11-24T12:00:00Z");
        const QString text = rowText(rig.entry, Clock::system().now());
        for (const std::string& part :
             {std::string("vm1"), std::string("shop/web"), std::string("/etc/app.conf"),
              std::string("/srv/app.conf"), std::string("Stale inode"), std::string("since 2026-11-24"),
              Sha256::of(Inside).hex(), Sha256::of(OnHost).hex()})
            QVERIFY2(text.contains(QString::fromStdString(part)), part.c_str());
    }

    void theDiffIsReadAndWalkedByKeys() {
        EvidenceRig rig("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nd\nE\nf\n");
        QVERIFY(rig.loadDiff());
        QCOMPARE(rig.diff->changes(), 2);
        QCOMPARE(rig.tabs->tabText(1), QStringLiteral("Diff (2)"));
        DiffPane* before = rig.pane("before");
        DiffPane* after = rig.pane("after");
        QCOMPARE(before->currentRow(), 1);
        QTest::keyClick(before, Qt::Key_F7);
        QCOMPARE(before->currentRow(), 4);
        QCOMPARE(after->currentRow(), 4);
        QTest::keyClick(before, Qt::Key_F7);
        QCOMPARE(before->currentRow(), 1);
        QTest::keyClick(before, Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(before->currentRow(), 4);
        QVERIFY(rig.words().contains(QStringLiteral("change 2 of 2")));
        QTest::keyClick(before, Qt::Key_F, Qt::ControlModifier);
        auto* search = rig.diff->findChild<QLineEdit*>();
        QTest::keyClicks(search, QStringLiteral("F"));
        QCOMPARE(before->currentRow(), 5);
        QTest::keyClicks(search, QStringLiteral("nowhere"));
        QVERIFY(rig.words().contains(QStringLiteral("not found")));
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(search->text().isEmpty());
    }

    void unifiedWrapAndBlanksAreToggles() {
        EvidenceRig rig("a: 1\nkeep\nlong " + std::string(3000, 'y') + "\n",
                        "a:  1\nkeep\nlong " + std::string(3000, 'y') + "\nnew\n");
        QVERIFY(rig.loadDiff());
        QCOMPARE(rig.diff->changes(), 2);
        rig.named<QCheckBox>(QStringLiteral("Unified"))->click();
        DiffPane* both = rig.pane("unified");
        QVERIFY(both->isVisible());
        QCOMPARE(both->lines().index(1, 1).data().toString(), QStringLiteral("-a: 1"));
        QCOMPARE(both->lines().index(2, 1).data().toString(), QStringLiteral("+a:  1"));
        rig.named<QCheckBox>(QStringLiteral("Unified"))->click();
        DiffPane* before = rig.pane("before");
        const int flat = before->visualRect(before->lines().index(2, 1)).height();
        rig.named<QCheckBox>(QStringLiteral("Wrap"))->click();
        QTRY_VERIFY(before->visualRect(before->lines().index(2, 1)).height() > 3 * flat);
        QCOMPARE(rig.pane("after")->visualRect(rig.pane("after")->lines().index(2, 1)).height(),
                 before->visualRect(before->lines().index(2, 1)).height());
        rig.named<QCheckBox>(QStringLiteral("Ignore blanks"))->click();
        QTRY_COMPARE(rig.diff->changes(), 1);
    }

    void onlyBlanksIsNeverCalledEqual() {
        EvidenceRig rig("a: 1\n", "a:  1\n");
        QVERIFY(rig.loadDiff());
        rig.named<QCheckBox>(QStringLiteral("Ignore blanks"))->click();
        QTRY_COMPARE(rig.diff->changes(), 0);
        QVERIFY(rig.words().contains(QStringLiteral("The bytes are not the same")));
    }

    void secretsAreMaskedUntilTheirRevealIsOnRecord() {
        EvidenceRig rig(Inside, OnHost);
        QVERIFY(rig.loadDiff());
        QVERIFY(!rig.lines().contains(QStringLiteral("hunter")));
        QVERIFY(rig.lines().contains(QStringLiteral("what is masked differs")));
        auto* button = rig.named<QPushButton>(QStringLiteral("Show secrets…"));
        QVERIFY(button->isEnabled());
        button->click();
        QVERIFY(answerReveal(*rig.panel, QStringLiteral("by accident")));
        QVERIFY(reveals(rig.where).empty());
        QVERIFY(!rig.lines().contains(QStringLiteral("hunter")));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        button->click();
        QVERIFY(!pressReveal(*rig.panel, QStringLiteral("   ")));
        QVERIFY(pressReveal(*rig.panel, QStringLiteral("wrong password?")));
        QTRY_VERIFY(rig.lines().contains(QStringLiteral("hunter2")));
        const auto records = reveals(rig.where);
        QCOMPARE(records.size(), std::size_t{1});
        QCOMPARE(records[0].draft.reason, std::string("wrong password?"));
        QCOMPARE(records[0].draft.target.vm, std::string("vm1"));
        QCOMPARE(records[0].draft.evidence.size(), std::size_t{1});
        QVERIFY(records[0].draft.evidence[0].host.hmac.has_value());
        QVERIFY(!records[0].draft.evidence[0].host.sha256.has_value());
        rig.named<QPushButton>(QStringLiteral("Mask secrets"))->click();
        QTRY_VERIFY(!rig.lines().contains(QStringLiteral("hunter")));
    }

    void noRecordNoReveal() {
        EvidenceRig rig(Inside, OnHost, "/proc/inodeck/audit.sqlite");
        QVERIFY(rig.loadDiff());
        rig.named<QPushButton>(QStringLiteral("Show secrets…"))->click();
        QVERIFY(pressReveal(*rig.panel, QStringLiteral("please")));
        QTRY_VERIFY(rig.words().contains(QStringLiteral("Not shown, it could not be put on record")));
        QVERIFY(!rig.lines().contains(QStringLiteral("hunter")));
    }

    void copiedLinesStayMasked() {
        EvidenceRig rig(Inside, OnHost);
        QVERIFY(rig.loadDiff());
        rig.pane("after")->selectAll();
        QTest::keyClick(rig.pane("after"), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("+password: ***")));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(QStringLiteral("hunter")));
    }

    void binaryFilesShowTheirHeads() {
        EvidenceRig rig(std::string("\0\1\2old", 6), std::string("\0\1\2new", 6));
        QVERIFY(rig.loadDiff());
        QVERIFY(rig.lines().contains(QStringLiteral("00000000  00 01 02 6f 6c 64")));
        QVERIFY(
            rig.words().contains(QStringLiteral("Binary: 6 bytes in the container, 6 bytes on the host")));
    }

    void hugeFilesDoNotHoldTheWindow() {
        std::string text;
        for (int i = 0; text.size() < SideLoader::MaxSide; ++i)
            text += "line " + std::to_string(i) + " of a large file\n";
        std::string other = text;
        other.replace(other.size() / 2, 1, "#");
        EvidenceRig rig(text, other);
        QElapsedTimer beat;
        qint64 longest = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] { longest = std::max(longest, beat.restart()); });
        beat.start();
        timer.start(1);
        QVERIFY(rig.loadDiff());
        QCOMPARE(rig.diff->changes(), 1);
        QVERIFY(rig.pane("before")->lines().rowCount() > 100'000);
        QVERIFY(rig.words().contains(QStringLiteral("Only the first 4 MiB")));
        // A hitch of a busy machine is no hang; reading and comparing on this thread takes seconds.
        QVERIFY2(longest < 1500, qPrintable(QString::number(longest)));
    }

    void hostileContentIsText() {
        const std::string hostile =
            "<b>bold</b> \x1b[31m \xe2\x80\xae evil \xff\n<img src=file:///etc/passwd>\r\n";
        EvidenceRig rig("x\n", hostile);
        QVERIFY(rig.loadDiff());
        const QString lines = rig.lines();
        QVERIFY(lines.contains(QStringLiteral("<b>bold</b> \\x1b[31m \\u202e evil \\xff")));
        QVERIFY(lines.contains(QStringLiteral("<img src=file:///etc/passwd>\\r")));
        for (const QChar c : lines)
            QVERIFY(c.isPrint() || c == QLatin1Char('\n'));
        rig.panel->grab(); // paints it all
    }

    void anotherMountForgetsTheContent() {
        EvidenceRig rig(Inside, OnHost);
        QVERIFY(rig.loadDiff());
        MountModel::Entry other;
        other.host = "vm1";
        other.row = rowOf("other", "new", "old");
        rig.panel->show(other, false);
        QCOMPARE(rig.diff->changes(), -1);
        QVERIFY(rig.lines().isEmpty());
        QVERIFY(!rig.named<QPushButton>(QStringLiteral("Show secrets…"))->isEnabled());
    }

    void diffModelsHoldTheirRows() {
        for (const auto pane : {DiffModel::Pane::Before, DiffModel::Pane::After, DiffModel::Pane::Unified}) {
            DiffModel model(pane);
            const QAbstractItemModelTester tester(&model,
                                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
            model.setSides(std::make_shared<const SideBySide>(sideBySide("a\nb\nc\n", "a\nB\n")));
            QVERIFY(model.rowCount() >= 3);
            QCOMPARE(model.changes().size(), std::size_t{1});
            QVERIFY(model.data(model.index(1, 1), Qt::AccessibleTextRole).toString().size() > 4);
            QCOMPARE(model.find(QStringLiteral("nowhere"), 0, true), -1);
        }
    }
};

QTEST_MAIN(EvidenceTest)
#include "evidence_test.moc"
