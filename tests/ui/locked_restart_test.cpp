#include <QTest>

#include "core/audit/audit_store.h"
#include "core/audit/record_line.h"
#include "core/restart/vm_lock.h"
#include "core/transport/local_transport.h"
#include "tests/ui/audit_logs.h"
#include "ui/models/locked_restart.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

class LockedRestartTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whileSomebodyElseActsItIsRefusedOnRecord() {
        const AuditHome home;
        LocalTransport transport;
        Scanner scanner(transport, Clock::system());
        RestartPlan plan;
        plan.host.name = "local";
        plan.host.local = true;
        plan.container.id = *ContainerId::parse(std::string(64, 'a'));
        const Cancel cancel;
        const auto held = VmLock::acquire(transport, scanner.sessions(), plan.host,
                                          {"night@here", std::chrono::seconds{60}, {}}, cancel);
        if (!held)
            QSKIP(held.error().message.c_str());
        RestartOrder order;
        order.reason = "CHG-1";
        order.actor = {"ops", {}, {}};
        const RestartResult result =
            restartLocked(transport, scanner, home.path(), plan, order, cancel, [](const StepEvent&) {});
        QVERIFY(result.status == RestartStatus::Refused);
        QVERIFY2(result.text.find("night@here") != std::string::npos, result.text.c_str());
        QVERIFY2(result.text.find("not on record") == std::string::npos, result.text.c_str());
        std::vector<RecordDraft> refused;
        const auto log = openAuditReader(home.path());
        QVERIFY(log);
        QVERIFY((*log)->each({}, [&](const StoredRecord& stored) {
            const auto record = parseRecordLine(stored.line);
            if (record && record->draft.type == RecordType::Refused)
                refused.push_back(record->draft);
            return true;
        }));
        QCOMPARE(refused.size(), std::size_t{1});
        QCOMPARE(refused[0].reason, std::string("CHG-1"));
    }
};

QTEST_MAIN(LockedRestartTest)
#include "locked_restart_test.moc"
