#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "core/audit/export.h"
#include "core/audit/record_line.h"
#include "core/audit/sqlite.h"
#include "core/audit/verify_source.h"
#include "tests/bench/process.h"

// audit_bench [RECORDS [APPENDS [FOLDER]]]: appends against a bare SQLite transaction of the same durability
// and row size, done in turns; then export and verification of 100,000 and of RECORDS records against
// sha256sum over the same bytes, each in a process of its own, by its peak memory too. FOLDER must be on a
// real disk.

namespace inodeck::bench {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;
constexpr std::uint64_t Small = 100'000;

template <typename T> T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

double secondsSince(SteadyClock::time_point begin) {
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

/// A record as a restart writes it.
RecordDraft usualDraft(RecordType type) {
    RecordDraft draft;
    draft.type = type;
    draft.opId = newUuid();
    draft.actor = {"deploy", "alice", "shop/4711"};
    draft.reason = "new config for the edge proxy, ticket OPS-1234";
    draft.target = {"vm1",
                    "192.0.2.7:22",
                    "SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDhcc0u9e8BrrJXVGo",
                    std::string(32, 'd'),
                    std::string(64, 'a'),
                    "shop",
                    "edge",
                    "sha256:" + std::string(64, 'b'),
                    Clock::system().now()};
    AuditEvidence evidence{"/srv/shop/app.conf", "/etc/app.conf", "stale_inode", {}, {}, false};
    evidence.host = {Sha256::of("new"), {}, 200, 4096, false};
    evidence.container = {Sha256::of("old"), {}, 100, 4096, false};
    draft.evidence.push_back(evidence);
    draft.argv = {"docker", "restart", "-t", "10", std::string(64, 'a')};
    if (type == RecordType::Outcome) {
        draft.result = AuditResult{};
        draft.result->exitStatus = 0;
        draft.result->status = "verified";
        draft.result->verdict = "in_sync";
        draft.result->durationMs = 1234;
    }
    return draft;
}

/// What any program pays that wants one row of this size on disk before it goes on.
class BareTable {
public:
    BareTable(const fs::path& path, std::size_t rowSize)
        : m_db(must(SqliteDatabase::open(path)))
        , m_row(rowSize, 'x') {
        must(m_db.run("CREATE TABLE records(seq INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT", end()));
        m_insert.emplace(m_db.get(), "INSERT INTO records(line) VALUES(?)");
    }
    void append() {
        must(m_db.run("BEGIN IMMEDIATE", end()));
        if (m_insert->bindBlob(1, m_row).step() != SQLITE_DONE)
            throw std::runtime_error("the bare insert failed");
        m_insert->reset();
        must(m_db.run("COMMIT", end()));
    }

private:
    static Deadline end() { return Deadline::after(std::chrono::seconds{10}); }
    SqliteDatabase m_db;
    std::string m_row;
    std::optional<SqliteStatement> m_insert;
};

std::size_t rowSizeOf(AuditStore& store) {
    std::size_t size = 0;
    must(store.each({}, [&](const StoredRecord& record) {
        size = record.line.size() + record.signature.size();
        return true;
    }));
    return size;
}

/// In turns of fifty, as a disk is not equally fast all the time.
void appends(const fs::path& folder, int count) {
    constexpr int Turn = 50;
    auto store = must(openAuditStore(folder / "appends" / "audit.sqlite"));
    const auto append = [&](RecordType type) {
        must(store->append(usualDraft(type), Deadline::after(std::chrono::seconds{10})));
    };
    append(RecordType::Intent);
    append(RecordType::Outcome);
    const std::size_t rowSize = rowSizeOf(*store);
    BareTable bare(folder / "appends" / "bare.sqlite", rowSize);
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int done = 0; done < count; done += Turn) {
        auto begin = SteadyClock::now();
        for (int i = 0; i < Turn; ++i)
            append(i % 2 == 0 ? RecordType::Intent : RecordType::Outcome);
        ours.push_back(Turn / secondsSince(begin));
        begin = SteadyClock::now();
        for (int i = 0; i < Turn; ++i)
            bare.append();
        theirs.push_back(Turn / secondsSince(begin));
    }
    std::printf("| appends per second, rows of %zu bytes | %.0f | bare SQLite transaction %.0f | %.3f | at "
                "least 0.9 |\n",
                rowSize, median(ours), median(theirs), median(ours) / median(theirs));
    std::fflush(stdout);
}

} // namespace
} // namespace inodeck::bench

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    using namespace inodeck::bench;
    const fs::path folder =
        fs::path(argc > 3 ? argv[3] : "/var/tmp") / ("inodeck-audit-bench-" + std::to_string(::getpid()));
    try {
        fs::create_directory(folder);
        fs::permissions(folder, fs::perms::owner_all);
        ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
        ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
        appends(folder, argc > 2 ? std::atoi(argv[2]) : 2000);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "audit_bench: %s\n", error.what());
    }
    fs::remove_all(folder);
}
