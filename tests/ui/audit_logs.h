#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>

#include "core/audit/chain.h"
#include "core/audit/guarded_file.h"
#include "core/audit/sqlite_backend.h"

namespace inodeck::test {

/// An installation's home for the audit log, and true records in it, signed and linked, made in bulk.
class AuditHome {
public:
    AuditHome() {
        qputenv("XDG_DATA_HOME", m_dir.filePath(QStringLiteral("data")).toUtf8());
        qputenv("XDG_STATE_HOME", m_dir.filePath(QStringLiteral("state")).toUtf8());
    }
    std::string path() const { return dataDirectory() + "/audit.sqlite"; }
    QString file(const QString& name) const { return m_dir.filePath(name); }

    /// In one transaction: `append` many times, one hour of log time for each 100.
    void fill(const std::vector<RecordDraft>& drafts) const {
        QVERIFY(guardDirectory(dataDirectory(), true));
        const auto key = SigningKey::load(keyDirectory(), true);
        auto backend = SqliteBackend::open(path());
        QVERIFY(key && backend);
        const Deadline deadline = Deadline::after(std::chrono::seconds{60});
        QVERIFY((*backend)->begin(deadline));
        ChainHead head = *(*backend)->head();
        const auto add = [&](const RecordDraft& draft) {
            const TimePoint time = TimePoint(std::chrono::hours{24 * 365 * 56}) +
                                   std::chrono::seconds{36} * static_cast<std::int64_t>(head.next);
            const MadeRecord record = makeRecord(head, draft, newUuid(), time, *key);
            QVERIFY((*backend)->insert(record));
            head = headAfter(record);
        };
        if (head.next == 0) {
            head.log = newUuid();
            add(genesisDraft({"ops", {}, {}}, *key));
        }
        for (const RecordDraft& draft : drafts)
            add(draft);
        QVERIFY((*backend)->commit(deadline));
    }

    /// What somebody does who has the file.
    void tamper(const std::string& sql) const {
        sqlite3* db = nullptr;
        QCOMPARE(sqlite3_open(path().c_str(), &db), SQLITE_OK);
        const std::string all =
            "DROP TRIGGER IF EXISTS records_no_update; DROP TRIGGER IF EXISTS records_no_delete; " + sql;
        QCOMPARE(sqlite3_exec(db, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
    }

private:
    QTemporaryDir m_dir;
};

inline AuditEvidence evidenceOf(const std::string& host, const std::string& inside,
                                const std::string& verdict) {
    AuditEvidence e;
    e.source = "/srv/app.conf";
    e.destination = "/etc/app.conf";
    e.verdict = verdict;
    e.host = {Sha256::of(host), {}, 4711, host.size(), false};
    e.container = {Sha256::of(inside), {}, host == inside ? 4711U : 4710U, inside.size(), false};
    return e;
}

inline RecordDraft intentOf(int number) {
    RecordDraft draft;
    draft.type = RecordType::Intent;
    draft.opId = "operation-" + std::to_string(number);
    draft.actor = {number % 3 ? "mira" : "deploy", number % 3 ? "" : "pipeline", ""};
    draft.reason = "CHG-" + std::to_string(1000 + number) + ": new scrape interval";
    draft.target.vm = "vm" + std::to_string(number % 7);
    draft.target.project = "shop";
    draft.target.service = number % 2 ? "proxy" : "worker";
    draft.target.containerId = std::string(64, static_cast<char>('a' + number % 6));
    draft.argv = {"docker", "restart", draft.target.containerId};
    draft.evidence = {evidenceOf("new", "old", "stale_inode")};
    return draft;
}

inline RecordDraft outcomeOf(int number, const std::string& status = "verified") {
    RecordDraft draft = intentOf(number);
    draft.type = RecordType::Outcome;
    draft.evidence = {evidenceOf("new", "new", "in_sync")};
    draft.result = AuditResult{};
    draft.result->exitStatus = 0;
    draft.result->status = status;
    draft.result->verdict = "in_sync";
    draft.result->durationMs = 1234;
    return draft;
}

/// Intents and outcomes of so many operations; of one in `openEach` only the intent (0: of none).
inline std::vector<RecordDraft> operations(int count, int openEach = 0) {
    std::vector<RecordDraft> drafts;
    for (int i = 1; i <= count; ++i) {
        drafts.push_back(intentOf(i));
        if (openEach == 0 || i % openEach != 0)
            drafts.push_back(outcomeOf(i, i % 10 ? "verified" : "failed"));
    }
    return drafts;
}

} // namespace inodeck::test
