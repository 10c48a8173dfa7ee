// An export that is stopped by the operator: nothing is left of it.
#include <QDir>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "core/audit/verify_source.h"
#include "tests/ui/audit_logs.h"
#include "ui/dialogs/export_dialog.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// The dialog, on its way to `out`.
struct Exporting {
    Exporting(const AuditHome& home, const QString& name)
        : log(home.path())
        , folder(home.file(QStringLiteral("out")))
        , out(folder + QLatin1Char('/') + name)
        , dialog(log, {"mira", {}, {}}, {}, std::nullopt, nullptr) {
        QDir().mkpath(folder);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        if (name.endsWith(QStringLiteral(".csv")))
            for (auto* radio : dialog.findChildren<QRadioButton*>())
                if (radio->text().contains(QStringLiteral("CSV")))
                    radio->click();
        dialog.findChild<QLineEdit*>()->setText(out);
    }
    QPushButton* button(const QString& name) const {
        for (auto* one : dialog.findChildren<QPushButton*>())
            if (one->text().remove(QLatin1Char('&')) == name)
                return one;
        return nullptr;
    }
    void start() const { button(QStringLiteral("Export"))->click(); }
    void stop() const { button(QStringLiteral("Stop"))->click(); }
    bool ended() const {
        return QTest::qWaitFor([&] { return button(QStringLiteral("Close")) != nullptr; }, 30000);
    }
    bool says(const QString& what) const {
        const auto labels = dialog.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text().contains(what); });
    }
    QStringList files() const {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// Something of it is on the disk.
    bool begun() const {
        return QTest::qWaitFor(
            [&] {
                for (const QFileInfo& file :
                     QDir(folder).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot))
                    if (file.isDir() ? QFileInfo(file.filePath() + QStringLiteral("/audit.jsonl")).size() > 0
                                     : file.size() > 0)
                        return true;
                return false;
            },
            30000);
    }

    AuditLog log;
    QString folder;
    QString out;
    ExportDialog dialog;
};

const QString Cancelled = QStringLiteral("The export was cancelled; nothing is left of it.");

} // namespace

class AuditExportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("export"));
        QSettings().clear();
    }

    /// Somebody else holds the log meanwhile: the export waits to put itself on record.
    void stoppedBeforeItsFirstRecord() {
        const AuditHome home;
        home.fill(operations(30));
        sqlite3* other = nullptr;
        QCOMPARE(sqlite3_open(home.path().c_str(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        const Exporting e(home, QStringLiteral("evidence.tar"));
        e.start();
        QVERIFY(e.says(QStringLiteral("Exporting…")));
        QVERIFY(!e.button(QStringLiteral("Export"))->isEnabled());
        e.stop();
        QVERIFY(!e.button(QStringLiteral("Stop"))->isEnabled());
        QCOMPARE(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        QVERIFY(e.ended());
        QVERIFY(e.says(Cancelled));
        QCOMPARE(e.files(), QStringList{});
        // The next try is none the worse for it.
        e.start();
        QVERIFY(e.ended());
        const auto report = verifyLog({e.out.toStdString(), {}}, Cancel{});
        QVERIFY(report && !report->bad && report->contradicted.empty());
        QVERIFY(report->records > 61U); // both exports are on record
    }

    void stoppedAsItWrites_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"evidence", "evidence.tar", "table.csv"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    /// Should it be done before the click comes, it is tried again.
    void stoppedAsItWrites() {
        QFETCH(QString, name);
        static const AuditHome Home;
        if (!QFile::exists(QString::fromStdString(Home.path())))
            Home.fill(operations(6000));
        qputenv("XDG_DATA_HOME", Home.file(QStringLiteral("data")).toUtf8());
        qputenv("XDG_STATE_HOME", Home.file(QStringLiteral("state")).toUtf8());
        bool stopped = false;
        for (int attempt = 0; attempt < 20 && !stopped; ++attempt) {
            const Exporting e(Home, QString::number(attempt) + name);
            e.start();
            QVERIFY(e.begun());
            e.button(QStringLiteral("Stop"))->click();
            QVERIFY(e.ended());
            stopped = e.says(Cancelled);
            QCOMPARE(QFile::exists(e.out), !stopped);
            if (stopped)
                QCOMPARE(e.files(), QStringList{});
            QDir(e.folder).removeRecursively();
        }
        QVERIFY(stopped);
    }

    /// Closing the window while it runs stops it too.
    void stoppedByTheEndOfTheWindow() {
        const AuditHome home;
        home.fill(operations(6000));
        QString folder;
        {
            const Exporting e(home, QStringLiteral("evidence"));
            folder = e.folder;
            e.start();
            QVERIFY(e.begun());
        } // waits for the thread that wrote
        for (const QString& left : QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
            QCOMPARE(left, QStringLiteral("evidence")); // done before that, or nothing at all
    }
};

QTEST_MAIN(AuditExportTest)
#include "audit_export_test.moc"
