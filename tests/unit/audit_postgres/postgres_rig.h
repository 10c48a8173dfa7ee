#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/audit/postgres_log.h"
#include "core/audit/verify_source.h"
#include "tests/support/postgres_server.h"

namespace inodeck::test {

/// The folders of one installation: its key and what it has seen.
class Installation {
public:
    Installation() { use(); }
    /// From now on this process is it.
    void use() const;
    std::string file(const std::string& name) const { return m_dir.file(name); }

private:
    TempDir m_dir;
};

/// A database of its own for each test, with a log that role `ci` may write, on the test program's server.
class PostgresLog : public ::testing::Test {
protected:
    static constexpr const char* Password = "s3cret-Passw0rd";

    static void SetUpTestSuite();
    static void TearDownTestSuite();
    void SetUp() override;
    void TearDown() override;

    static PostgresServer& server() { return *s_server; }
    std::string uri() const { return server().uri("ci", Password, m_database); }
    std::string sql(const std::string& statement) const { return server().sql(statement, m_database); }
    std::unique_ptr<AuditStore> open() const { return open(uri()); }
    static std::unique_ptr<AuditStore> open(const std::string& where);
    /// Verifies the log as a reader; its records.
    std::vector<StoredRecord> verified() const;

    std::string m_database;
    std::optional<Installation> m_installation;

private:
    static std::unique_ptr<PostgresServer> s_server;
    static int s_databases;
};

RecordDraft intent(const std::string& vm, const std::string& opId);
RecordDraft outcome(const std::string& vm, const std::string& opId, const std::string& status);
/// Seconds; all waits of these tests are bounded.
Deadline in(int seconds);
std::vector<StoredRecord> recordsOf(AuditReader& log, const RecordFilter& filter = {});

} // namespace inodeck::test
