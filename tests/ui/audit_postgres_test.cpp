// The window on a log in a real PostgreSQL.
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "core/audit/postgres_log.h"
#include "core/audit/verify_source.h"
#include "tests/support/postgres_server.h"
#include "tests/ui/audit_console.h"
#include "tests/ui/restart_vm.h"
#include "ui/models/audit_export.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

constexpr const char* Password = "s3cret-Passw0rd";

/// A VM, and a window whose log is a new one on this server, with these records.
struct PostgresConsole {
    PostgresConsole(PostgresServer& s, const std::vector<RecordDraft>& drafts)
        : server(s)
        , database("log_" + std::to_string(++Databases))
        , uri(server.uri("ci", Password, database))
        , vm((server.sql("CREATE DATABASE " + database), std::vector{staleContainer('a', "edge")}), false,
             uri) {
        const auto made = initPostgresLog(server.adminUri(database), "ci");
        if (!made)
            qFatal("%s", made.error().message.c_str());
        append(drafts);
        window.emplace(*vm.session);
        vm.session->scanAll();
        (void)QTest::qWaitFor([&] { return !vm.session->scanning(); }, 30000);
    }
    void append(const std::vector<RecordDraft>& drafts) const {
        const auto store = openAuditStore(uri);
        for (const RecordDraft& draft : drafts)
            QVERIFY((*store)->append(draft, Deadline::after(std::chrono::seconds{20})));
    }
    RestartResult restart() {
        RestartOrder order;
        order.reason = "CHG-4711";
        order.actor = {"mira", {}, {}};
        QSignalSpy finished(vm.session.get(), &FleetSession::restartFinished);
        RestartResult result;
        QObject::connect(
            vm.session.get(), &FleetSession::restartFinished, vm.session.get(),
            [&](const RestartResult& one) { result = one; }, Qt::SingleShotConnection);
        vm.session->restart(vm.plans().front(), order);
        (void)finished.wait(30000);
        return result;
    }
    std::string count() const { return server.sql("SELECT count(*) FROM inodeck.records", database); }

    static int Databases;
    PostgresServer& server;
    std::string database;
    std::string uri;
    RestartVm vm;
    std::optional<AuditWindow> window;
};

int PostgresConsole::Databases = 0;

} // namespace

class AuditPostgresTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (const std::string why = PostgresServer::missing(); !why.empty())
            QSKIP(why.c_str());
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("postgres"));
        m_server = std::make_unique<PostgresServer>();
        m_server->sql(std::string("CREATE ROLE ci LOGIN PASSWORD '") + Password + "'");
    }
    void init() {
        if (!m_server->running())
            m_server->start();
        QSettings().clear();
    }
    void cleanupTestCase() { m_server.reset(); }

    void readsFiltersAndVerifies() {
        PostgresConsole p(*m_server, operations(40));
        AuditWindow& c = *p.window;
        QVERIFY(c.loaded(81));
        QTRY_COMPARE_WITH_TIMEOUT(c.badge->text(), QStringLiteral("Log verified"), 30000);
        QTest::keyClick(c.table, Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("chg-1017"));
        QVERIFY(c.loaded(2));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            c.page->findChild<QPlainTextEdit*>()->toPlainText().contains(QStringLiteral("CHG-1017")), 30000);
        const auto* tree = c.page->findChild<QTreeWidget*>();
        QTRY_COMPARE_WITH_TIMEOUT(tree->headerItem()->text(2), QStringLiteral("After (record 34)"), 30000);
        QTest::keyClick(c.table, Qt::Key_Escape);
        QVERIFY(c.loaded(81));
        // What another one writes is offered or shown.
        p.append(operations(3));
        p.vm.session->checkAudit();
        QVERIFY(c.loaded(87));
        for (const auto* widget : c.window.findChildren<QWidget*>())
            QVERIFY(!(widget->toolTip() + widget->accessibleName()).contains(QLatin1String(Password)));
        QVERIFY(!c.text().contains(QLatin1String(Password)));
    }

    void aRestartIsOnRecordThere() {
        PostgresConsole p(*m_server, {});
        const RestartResult result = p.restart();
        QVERIFY2(result.status == RestartStatus::Verified, result.text.c_str());
        QCOMPARE(p.count(), std::string("3")); // genesis, intent, outcome
        QVERIFY(p.window->loaded(3));
        QTRY_COMPARE_WITH_TIMEOUT(p.window->badge->text(), QStringLiteral("Log verified"), 30000);
        const auto report = verifyLog({p.uri, {}}, Cancel{});
        QVERIFY(report && report->standing() == VerifyReport::Standing::Anchored && report->notices.empty());
    }

    void anOpenIntentIsLookedAtAndRecorded() {
        RecordDraft open = intentOf(1);
        open.target.vm = "vm1";
        open.target.containerId = containerId('a');
        PostgresConsole p(*m_server, {open});
        AuditWindow& c = *p.window;
        QVERIFY(c.loaded(2));
        QPushButton* look = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((look = c.button(QStringLiteral("Look at it"))) && look->isVisible(), 30000);
        QSignalSpy finished(p.vm.session.get(), &FleetSession::recoverFinished);
        look->click();
        QVERIFY(finished.wait(30000));
        QVERIFY2(finished.first().first().toString().contains(QStringLiteral("; recorded.")),
                 qPrintable(finished.first().first().toString()));
        QTRY_VERIFY_WITH_TIMEOUT(!look->isVisible(), 30000);
        QCOMPARE(m_server->sql("SELECT type FROM inodeck.records ORDER BY seq DESC LIMIT 1", p.database),
                 std::string("recovered"));
    }

    void anExportOfItIsGood() {
        PostgresConsole p(*m_server, operations(600)); // more than one page of rows
        const QString out = p.vm.dir.filePath(QStringLiteral("evidence.tar"));
        AuditExport exporting(p.vm.session->auditLog());
        QSignalSpy exported(&exporting, &AuditExport::exported);
        ExportOptions options;
        options.out = out.toStdString();
        exporting.start(options, {"mira", {}, {}});
        QVERIFY(exported.wait(30000));
        QCOMPARE(exported.first().at(2).toString(), QString()); // on record, with its checkpoint
        const auto report = verifyLog({out.toStdString(), {}}, Cancel{});
        QVERIFY(report && !report->bad && report->contradicted.empty());
        QCOMPARE(report->records, std::uint64_t{1202});
    }

    /// Without being asked: the window notices both by itself.
    void withoutTheServerNothingIsRestartedAndWithItAgain() {
        PostgresConsole p(*m_server, operations(5));
        AuditWindow& c = *p.window;
        QTRY_COMPARE_WITH_TIMEOUT(c.badge->text(), QStringLiteral("Log verified"), 30000);
        QTest::keyClick(&c.window, Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(c.window.findChild<MountTable*>(), Qt::Key_Home, Qt::ControlModifier);
        QPushButton* restart = c.button(QStringLiteral("Restart…"));
        QTRY_VERIFY_WITH_TIMEOUT(restart->isEnabled(), 30000);

        m_server->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!restart->isEnabled(), 60000);
        QVERIFY2(restart->toolTip().contains(QStringLiteral("No restart without an audit record: ")) &&
                     restart->toolTip().contains(QStringLiteral("127.0.0.1")),
                 qPrintable(restart->toolTip()));
        QVERIFY(!restart->toolTip().contains(QLatin1String(Password)));
        QCOMPARE(c.badge->text(), QStringLiteral("Log not writable"));
        // Whoever has the dialog open already is refused as well.
        const RestartResult refused = p.restart();
        QVERIFY(refused.status == RestartStatus::NotRecorded);
        QVERIFY(p.vm.restarted.empty());

        m_server->start();
        QTRY_VERIFY_WITH_TIMEOUT(restart->isEnabled(), 60000);
        QTRY_COMPARE_WITH_TIMEOUT(c.badge->text(), QStringLiteral("Log verified"), 30000);
        QVERIFY(p.restart().status == RestartStatus::Verified);
        QCOMPARE(p.count(), std::string("13"));
    }

private:
    std::unique_ptr<PostgresServer> m_server;
};

QTEST_MAIN(AuditPostgresTest)
#include "audit_postgres_test.moc"
