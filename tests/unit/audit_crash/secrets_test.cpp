#include <fstream>
#include <gtest/gtest.h>

#include "core/audit/export.h"
#include "core/base/redact.h"
#include "tests/unit/audit_crash/audit_folder.h"
#include "tests/unit/audit_crash/file_vm.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// What must appear nowhere, and a text that holds it.
struct Secret {
    std::string bytes;
    std::string text;
};

const std::vector<Secret>& secrets() {
    static const std::vector<Secret> all{
        {"hunter2-argv", "mysqldump --password hunter2-argv shop"},
        {"hunter3-argv", "deploy --db-password=hunter3-argv --force"},
        {"hunter4,with;more&of", "DB_PASSWORD=hunter4,with;more&of"},
        {"quoted secret words", "export API_TOKEN=\"quoted secret words\""},
        {"url-pass@word", "git clone https://bot:url-pass@word@git.example/shop.git failed"},
        {"dsnpw77", "cannot connect to postgresql://app:dsnpw77@db.internal:5432/shop?sslmode=require"},
        {"redispw88", "REDIS_URL=redis://:redispw88@cache:6379/0"},
        {"YWxhZGRpbjpvcGVuc2VzYW1l", "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l"},
        {"mF_9.B5f-4.1JqM", "curl -H 'Authorization: Bearer mF_9.B5f-4.1JqM' https://api"},
        {"MC4CAQAwBQYDK2VwBCIEIEpemkeybytes",
         "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIEpemkeybytes\n-----END PRIVATE KEY-----\n"},
        {"b3BlbnNzaC1rZXktdjEAAAAA",
         "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA"}, // its end is cut off
        {"MIICWwIBAAKBgQDencrypted",
         "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
         "AES-128-CBC,00\n\nMIICWwIBAAKBgQDencrypted\n-----END RSA PRIVATE KEY-----"},
        {"composeenv99", "services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: composeenv99\n"},
        {"json \\\" secret", "{\"client_secret\": \"json \\\" secret\", \"x\": 1}"},
        {"Pwd4Odbc", "Server=db;Uid=sa;Pwd=Pwd4Odbc;Encrypt=yes"},
        {"accountkeyABC123==", "AccountName=shop;AccountKey=accountkeyABC123==;EndpointSuffix=core"},
        {"sasSignature%2Fx", "GET https://blob/c?sv=2022&sig=sasSignature%2Fx&se=2026 403"},
        {"ghp_16C7e42F292c6912E7710c838347Ae178B4a",
         "remote: ghp_16C7e42F292c6912E7710c838347Ae178B4a rejected"},
        {"wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
         "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"},
        {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN",
         "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN"},
        {"rootpw-attached", "mysql -uroot -prootpw-attached -e 'select 1'"},
        {"curlpass5", "curl -u deploy:curlpass5 https://registry/v2/"},
        {"sshpass-pw6", "sshpass -p sshpass-pw6 ssh vm1"},
        {"s3ss10nc00kie", "Set-Cookie: sid=s3ss10nc00kie; HttpOnly"},
        {"xoxb-17653672481-19874698323", "slack said xoxb-17653672481-19874698323 invalid_auth"},
    };
    return all;
}

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

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every file below, by its bytes.
void expectNowhere(const fs::path& folder) {
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().filename() == "done")
            continue;
        ++files;
        const std::string bytes = bytesOf(entry.path());
        for (const Secret& secret : secrets())
            EXPECT_EQ(bytes.find(secret.bytes), std::string::npos)
                << secret.bytes << " is in " << entry.path() << ": "
                << bytes.substr(bytes.find(secret.bytes) - 60, 120);
    }
    EXPECT_GE(files, 10);
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
    expectNowhere(folder.path());
    for (const Secret& secret : secrets())
        EXPECT_EQ(messages.find(secret.bytes), std::string::npos) << secret.bytes;
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
