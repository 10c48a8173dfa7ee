#include <gtest/gtest.h>

#include "core/audit/export.h"
#include "core/base/redact.h"
#include "tests/support/secrets.h"
#include "tests/unit/audit_crash/audit_folder.h"
#include "tests/unit/audit_crash/file_vm.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using test::bytesOf;
using test::Secret;
using test::secrets;

TEST(SecretsTest, RedactTakesEachOutAndNamesNothing) {
    for (const auto& [bytes, text] : secrets()) {
        const std::string out = redacted(text, 1000);
        EXPECT_EQ(out.find(bytes), std::string::npos) << out;
        EXPECT_NE(out.find("***"), std::string::npos) << out;
        EXPECT_EQ(redacted(out, 1000), out) << "twice is once";
    }
}

TEST(SecretsTest, NothingElseIsTakenOut) {
    const std::vector<std::string> harmless{
        "new config for the edge proxy, ticket OPS-1234",
        "docker restart -t 10 " + std::string(64, 'a'),
        "Error response from daemon: Cannot restart container edge: driver failed",
        "12 passed: all",
        "Author: Alice <alice@example.org>",
        "see https://wiki.example.org/runbook#restart",
        "sha256:53de79f5b93ed38053556314889ca10062ad79921d8105ffa13a7ef2e5bd00c9",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----"};
    for (const std::string& text : harmless)
        EXPECT_EQ(redacted(text, 1000), text);
}

TEST(SecretsTest, AWordThatIsSecretBecauseOfTheWordsBeforeIt) {
    EXPECT_EQ(redactedWords({"sudo", "deploy", "--password", "hunter2", "now"}),
              (Words{"sudo", "deploy", "--password", "***", "now"}));
    EXPECT_EQ(redactedWords({"sshpass", "-p", "hunter2", "docker"}),
              (Words{"sshpass", "-p", "***", "docker"}));
    EXPECT_EQ(redactedWords({"docker", "restart", "-t", "10", std::string(64, 'a')}),
              (Words{"docker", "restart", "-t", "10", std::string(64, 'a')}));
}

/// The longest text that is looked at, of the kind that makes std::regex recurse.
TEST(SecretsTest, LongTextsAreNoDanger) {
    for (const std::string begin : {"password=", "--token ", "https://u:", "secret: \"", "Bearer "}) {
        const std::string out = redacted(begin + std::string(100000, 'x'), 4096);
        EXPECT_LT(out.size(), 4200u);
    }
}

/// Restarts in whose commands, reasons and errors each secret lies.
class SecretsInRestartsTest : public ::testing::Test {
protected:
    RestartResult restart(const Secret& secret, const std::string& deploy, const std::string& reason) {
        test::FileVm vm(folder.path() / "done", deploy);
        vm.onRestart = [&](const ExecRequest&, const Deadline&, const Cancel&) {
            return ExecResult{{}, "Error response from daemon: " + secret.text, 1};
        };
        Scanner scanner(vm.transport(), Clock::system());
        const auto plans = planRestarts(vm.host(), scanner.scanHost(vm.host(), Cancel{}), "shop/edge");
        RestartOrder order;
        order.reason = reason;
        order.actor = {"tester", secret.text, secret.text};
        return Restarter(scanner, *store, Clock::system())
            .run(plans->front(), order, Cancel{}, [&](const StepEvent& e) { messages += e.text + "\n"; });
    }

    static RecordDraft outcome(const Secret& secret) {
        RecordDraft draft = test::draftOf(RecordType::Outcome, secret.text);
        draft.result = AuditResult{};
        draft.result->stderrTail = secret.text;
        return draft;
    }

    void exportAs(const std::string& name, ExportFormat format) {
        ExportOptions options;
        options.out = folder.path() / name;
        options.format = format;
        options.checkpoint = store->checkpoint().value();
        const auto done = exportLog(*store, options, Cancel{});
        ASSERT_TRUE(done) << done.error().message;
    }

    test::AuditFolder folder;
    std::unique_ptr<AuditStore> store = folder.open();
    std::string messages;
};

TEST_F(SecretsInRestartsTest, NoneIsInTheStoreTheSpoolTheExportsOrTheMessages) {
    int number = 0;
    for (const Secret& secret : secrets()) {
        const auto failed = restart(secret, "deploy " + std::to_string(number), "rollout: " + secret.text);
        EXPECT_EQ(failed.status, RestartStatus::Failed);
        messages += failed.text + "\n";
        RecordDraft draft = test::draftOf(RecordType::Refused, secret.text);
        draft.argv = {"sh", "-c", secret.text};
        EXPECT_TRUE(store->append(draft, Deadline::after(std::chrono::seconds{5})));
        EXPECT_TRUE(store->spool(outcome(secret)));
        messages += restart(secret, "deploy " + std::to_string(number++), secret.text).text + "\n";
    }
    for (const Secret& secret : secrets()) // those before were drained
        EXPECT_TRUE(store->spool(outcome(secret)));
    exportAs("export", ExportFormat::Jsonl);
    exportAs("export.tar", ExportFormat::Jsonl);
    exportAs("export.csv", ExportFormat::Csv);
    test::expectNoSecretBelow(folder.path(), 10, "done");
    test::expectNoSecretIn(messages);
    EXPECT_TRUE(fs::exists(folder.file().string() + "-wal")) << "it was looked at too";
    EXPECT_TRUE(fs::exists(folder.file().string() + ".spool"));
}

/// The hash of a short secret can be guessed: a file that is named as one is never recorded by it.
TEST_F(SecretsInRestartsTest, NeitherIsTheHashOfASecretFile) {
    RecordDraft draft = test::draftOf(RecordType::Intent, "rotated");
    AuditEvidence evidence{"/srv/db_password", "/run/secrets/db_password", "stale_inode", {}, {}, true};
    evidence.host.sha256 = Sha256::of("1234");
    evidence.container.sha256 = Sha256::of("0000");
    draft.evidence.push_back(evidence);
    EXPECT_TRUE(store->append(draft, Deadline::after(std::chrono::seconds{5})));
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (!entry.is_regular_file())
            continue;
        EXPECT_EQ(bytesOf(entry.path()).find(Sha256::of("1234").hex()), std::string::npos) << entry.path();
        EXPECT_EQ(bytesOf(entry.path()).find(Sha256::of("0000").hex()), std::string::npos) << entry.path();
    }
}

} // namespace
} // namespace inodeck
