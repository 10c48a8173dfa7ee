#include "tests/unit/audit_postgres/postgres_rig.h"

#include <cstdlib>
#include <stdexcept>

namespace inodeck::test {

std::unique_ptr<PostgresServer> PostgresLog::s_server;
int PostgresLog::s_databases = 0;

void Installation::use() const {
    ::setenv("XDG_DATA_HOME", m_dir.file("data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", m_dir.file("state").c_str(), 1);
}

void PostgresLog::SetUpTestSuite() {
    if (!PostgresServer::missing().empty())
        return;
    s_server = std::make_unique<PostgresServer>();
    s_server->sql(std::string("CREATE ROLE ci LOGIN PASSWORD '") + Password + "'");
}

void PostgresLog::TearDownTestSuite() {
    s_server.reset();
}

void PostgresLog::SetUp() {
    if (!s_server)
        GTEST_SKIP() << PostgresServer::missing();
    m_installation.emplace();
    m_database = "log_" + std::to_string(++s_databases);
    server().sql("CREATE DATABASE " + m_database);
    const auto made = initPostgresLog(server().adminUri(m_database), "ci");
    ASSERT_TRUE(made) << made.error().message;
}

void PostgresLog::TearDown() {
    if (s_server && !s_server->running())
        s_server->start();
}

std::unique_ptr<AuditStore> PostgresLog::open(const std::string& where) {
    auto store = openAuditStore(where);
    if (!store)
        throw std::runtime_error(store.error().message);
    return std::move(*store);
}

std::vector<StoredRecord> PostgresLog::verified() const {
    auto log = openAuditReader(uri());
    if (!log)
        throw std::runtime_error(log.error().message);
    const Cancel never;
    const auto report = verifyStore(**log, {}, never);
    EXPECT_TRUE(report) << report.error().message;
    if (report) {
        EXPECT_EQ(report->standing(), VerifyReport::Standing::SelfConsistent)
            << (report->bad ? report->bad->why : std::string());
        EXPECT_EQ(report->head, sql("SELECT hash FROM inodeck.head"));
        EXPECT_EQ(std::to_string(report->records), sql("SELECT next FROM inodeck.head"));
    }
    return recordsOf(**log);
}

RecordDraft intent(const std::string& vm, const std::string& opId) {
    RecordDraft draft;
    draft.type = RecordType::Intent;
    draft.opId = opId;
    draft.actor = {"deployer", "Ada", "job 7"};
    draft.reason = "new config";
    draft.target.vm = vm;
    draft.target.project = "edge";
    draft.target.service = "caddy";
    draft.target.containerId = std::string(64, 'c');
    draft.argv = {"docker", "restart", "--", "caddy"};
    return draft;
}

RecordDraft outcome(const std::string& vm, const std::string& opId, const std::string& status) {
    RecordDraft draft = intent(vm, opId);
    draft.type = RecordType::Outcome;
    draft.result.emplace();
    draft.result->status = status;
    return draft;
}

Deadline in(int seconds) {
    return Deadline::after(std::chrono::seconds(seconds));
}

std::vector<StoredRecord> recordsOf(AuditReader& log, const RecordFilter& filter) {
    std::vector<StoredRecord> records;
    const auto read = log.each(filter, [&](const StoredRecord& record) {
        records.push_back(record);
        return true;
    });
    EXPECT_TRUE(read) << read.error().message;
    if (read) {
        EXPECT_EQ(*read, records.size());
    }
    return records;
}

} // namespace inodeck::test
