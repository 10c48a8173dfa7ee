#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/audit/guarded_file.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {

/// The SQLite log of one installation, and what must not be done to it.
class StoreTest : public ::testing::Test {
protected:
    StoreTest()
        : m_log(openLog()) {
        fill(*m_log, 6);
        EXPECT_TRUE(m_log->ready()) << m_log->ready().error().message;
    }
    std::string file() const { return dataDirectory() + "/audit.sqlite"; }
    std::string key() const { return keyDirectory() + "/audit.key"; }
    /// Another process of this installation, which wants to act: why it may not. Empty: it may.
    static std::string refusal() {
        auto log = openAuditStore({});
        const auto ready = log ? (*log)->ready() : tl::unexpected(log.error());
        return ready ? std::string{} : ready.error().message;
    }
    static void expectRefusal(const std::string& says) {
        const std::string why = refusal();
        EXPECT_NE(why.find(says), std::string::npos) << "\"" << why << "\" does not say \"" << says << "\"";
    }
    void close() { m_log.reset(); }
    /// As somebody with sqlite3 would; the error message, if there is one.
    std::string sql(const std::string& statements) const {
        sqlite3* db = nullptr;
        EXPECT_EQ(sqlite3_open(file().c_str(), &db), SQLITE_OK);
        char* error = nullptr;
        sqlite3_exec(db, statements.c_str(), nullptr, nullptr, &error);
        std::string text = error ? error : "";
        sqlite3_free(error);
        sqlite3_close(db);
        return text;
    }
    std::string sqlWithoutTriggers(const std::string& statement) const {
        return sql("DROP TRIGGER records_no_update; DROP TRIGGER records_no_delete; " + statement);
    }

    TemporaryHome m_home;
    std::unique_ptr<AuditStore> m_log;
};

} // namespace inodeck
