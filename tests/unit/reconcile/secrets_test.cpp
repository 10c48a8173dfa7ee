#include <cstdlib>

#include "core/audit/export.h"
#include "tests/support/secrets.h"
#include "tests/unit/reconcile/reconcile_rig.h"

namespace inodeck {
namespace {

using test::Secret;
using test::secrets;

/// Deploys in which each secret lies in the configs on both sides, in the environment, in what the commands
/// and their errors say, and in what CI says of itself.
class ReconcileSecrets : public test::ReconcileRig {
protected:
    void SetUp() override {
        int number = 0;
        for (const Secret& secret : secrets())
            ::setenv(("INODECK_TEST_SECRET_" + std::to_string(number++)).c_str(), secret.bytes.c_str(), 1);
        watch.onNotice = [this](const std::string& sentence) { messages += sentence + "\n"; };
    }

    void deploy(const Secret& secret, bool validates, bool restarts) {
        const std::string service = "s" + std::to_string(deploys++);
        test::ContainerText container = test::staleContainer("abcdef"[deploys % 6], service);
        container.mounts.front().host.content = secret.text + "\nnew\n";
        container.mounts.front().inside.content = secret.text + "\nold\n";
        containers = {container};
        fleet.services.clear();
        serviceEntry(service).validate = {"check", "--config", secret.text};
        onCommand = [&, validates](const ExecRequest&) -> Result<ExecResult> {
            return ExecResult{secret.text, "cannot use " + secret.text, validates ? 0 : 1};
        };
        onRestart = [&, restarts](test::ContainerText& one) -> Result<ExecResult> {
            return restarts ? restartNow(one)
                            : ExecResult{{}, "Error response from daemon: " + secret.text, 1};
        };
        order.reason = "rollout: " + secret.text;
        order.actor = {"tester", secret.text, secret.text};
        const Report report = run();
        messages += report.stopped + "\n";
        for (const HostReport& one : report.hosts)
            for (const Item& item : one.items)
                messages += item.text + "\n" + std::string(toString(item.status)) + "\n";
    }

    void exportAs(const std::string& name, ExportFormat format) const {
        const auto store = openAuditStore(folder / "audit" / "audit.sqlite");
        ExportOptions options;
        options.out = folder / name;
        options.format = format;
        options.checkpoint = (*store)->checkpoint().value();
        const auto done = exportLog(**store, options, Cancel{});
        ASSERT_TRUE(done) << done.error().message;
    }

    std::string messages;
    int deploys = 0;
};

TEST_F(ReconcileSecrets, NoneIsInTheLogTheExportsTheEventsOrTheMessages) {
    ASSERT_GE(secrets().size(), 20u);
    for (const Secret& secret : secrets()) {
        if (deploys % 10 == 0)
            deploy(secret, true, true);
        deploy(secret, true, false);
        deploy(secret, false, true);
    }
    const auto open = openAuditStore(folder / "audit" / "audit.sqlite"); // keeps the WAL
    exportAs("export", ExportFormat::Jsonl);
    exportAs("export.tar", ExportFormat::Jsonl);
    exportAs("export.csv", ExportFormat::Csv);
    const auto file = fileSink(folder / "events.jsonl");
    LokiOptions loki;
    loki.url = "http://127.0.0.1:9";
    loki.outbox = folder / "outbox";
    const auto waiting = lokiSink(loki);
    ASSERT_TRUE(file && waiting);
    EXPECT_GE(sink.events.size(), 3 * secrets().size());
    for (const Event& event : sink.events) {
        EXPECT_TRUE((*file)->emit(event));
        EXPECT_TRUE((*waiting)->emit(event));
    }
    test::expectNoSecretBelow(folder, 10);
    test::expectNoSecretIn(messages);
    // It was looked where things are.
    EXPECT_NE(messages.find("***"), std::string::npos) << messages;
    EXPECT_NE(test::bytesOf(folder / "events.jsonl").find("***"), std::string::npos);
    EXPECT_NE(test::bytesOf(folder / "export/audit.jsonl").find("rollout: "), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(folder / "audit/audit.sqlite-wal"));
}

} // namespace
} // namespace inodeck
