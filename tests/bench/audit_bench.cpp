#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

#include "core/audit/export.h"
#include "core/audit/guarded_file.h"
#include "core/audit/record_line.h"
#include "core/audit/sqlite_backend.h"
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

void nextOutcome(RecordDraft& intent) {
    const std::string operation = intent.opId;
    intent = usualDraft(RecordType::Outcome);
    intent.opId = operation;
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

/// A log of so many records, signed and linked as always, in few transactions.
void makeLog(const fs::path& file, std::uint64_t records) {
    auto backend = must(SqliteBackend::open(file));
    const SigningKey key = must(SigningKey::load(keyDirectory(), true));
    ChainHead head;
    head.log = newUuid();
    RecordDraft draft = genesisDraft({"deploy", {}, {}}, key);
    while (head.next < records) {
        const Deadline end = Deadline::after(std::chrono::minutes{1});
        must(backend->begin(end));
        for (int i = 0; i < 10000 && head.next < records; ++i) {
            const MadeRecord made = makeRecord(head, draft, newUuid(), Clock::system().now(), key);
            must(backend->insert(made));
            head = headAfter(made);
            if (draft.type == RecordType::Intent)
                nextOutcome(draft);
            else
                draft = usualDraft(RecordType::Intent);
        }
        must(backend->commit(end));
    }
}

/// What this program does in a process of its own, to be measured.
int doOne(const std::string& what, const fs::path& file, const fs::path& out, std::uint64_t records) {
    if (what == "make") {
        makeLog(file, records);
        std::ofstream(out) << must(must(openAuditStore(file))->checkpoint());
    } else if (what == "export" || what == "export-chosen") {
        ExportOptions options;
        options.out = out;
        if (what == "export-chosen")
            options.filter.since = TimePoint{}; // chooses all, one by one
        std::ifstream note(out.string() + ".note");
        options.checkpoint.assign(std::istreambuf_iterator<char>(note), {});
        const auto log = must(openAuditReader(file));
        if (must(exportLog(*log, options, Cancel{})).records != records)
            throw std::runtime_error("the export is not whole");
    } else {
        const auto report = must(verifyLog({what == "verify" ? out : file, {}}, Cancel{}));
        if (report.bad || report.records != records || !report.contradicted.empty())
            throw std::runtime_error("the log does not verify");
    }
    return 0;
}

class Sizes {
public:
    Sizes(fs::path folder, std::string program)
        : m_folder(std::move(folder))
        , m_program(std::move(program)) {}

    void of(std::uint64_t records) {
        const std::string name = std::to_string(records);
        const fs::path file = m_folder / name / "audit.sqlite";
        const fs::path out = m_folder / ("export-" + name);
        run({m_program, "make", file, out.string() + ".note", name});
        const Argv make{m_program, "export", file, out, name};
        const double exported = run(make);
        const Argv sum{"sha256sum", out / "audit.jsonl", out / "audit.sig"};
        const Argv verify{m_program, "verify", file, out, name};
        const Argv store{m_program, "verify-store", file, out, name};
        run(sum); // both read from memory
        const double summed = run(sum);
        line("export, " + name + " records", exported, summed, records);
        line("verify an export, " + name + " records", run(verify), summed, records);
        line("verify a store, " + name + " records", run(store), summed, records);
        const double sumPeak = peak(sum);
        memory("verify an export, " + name + " records", peak(verify), sumPeak);
        fs::remove_all(out);
        memory("export, " + name + " records", peak(make), sumPeak);
        fs::remove_all(out);
        memory("filtered export, " + name + " records", peak({m_program, "export-chosen", file, out, name}),
               sumPeak);
        fs::remove_all(out);
        fs::remove_all(file.parent_path());
    }

private:
    static double run(const Argv& argv) {
        const Cost cost = measure(argv);
        if (cost.status != 0)
            throw std::runtime_error(argv[0] + " " + argv[1] + " failed");
        return cost.wall.count() / 1000;
    }
    static double peak(const Argv& argv) {
        return static_cast<double>(measure(argv, {"/dev/null", true}).peakKib) / 1024;
    }
    static void line(const std::string& what, double ours, double theirs, std::uint64_t records) {
        const auto count = static_cast<double>(records);
        std::printf("| %s | %.0f records/s | sha256sum of the same bytes %.0f records/s | %.3f | |\n",
                    what.c_str(), count / ours, count / theirs, theirs / ours);
        std::fflush(stdout);
    }
    static void memory(const std::string& what, double ours, double theirs) {
        std::printf("| peak memory, %s | %.1f MiB | sha256sum %.1f MiB | | the same for each size |\n",
                    what.c_str(), ours, theirs);
        std::fflush(stdout);
    }

    fs::path m_folder;
    std::string m_program;
};

int all(std::uint64_t records, int count, const fs::path& folder) {
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_all);
    ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    std::puts("| what | Inodeck | the other | ratio | goal |\n| --- | --- | --- | --- | --- |");
    appends(folder, count);
    Sizes sizes(folder, fs::read_symlink("/proc/self/exe"));
    sizes.of(records / 10);
    sizes.of(records);
    return 0;
}

} // namespace
} // namespace inodeck::bench

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    using namespace inodeck::bench;
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool one = words.size() == 4;
    const fs::path folder = fs::path(words.size() > 2 ? words[2] : "/var/tmp") /
                            ("inodeck-audit-bench-" + std::to_string(::getpid()));
    int status = 1;
    try {
        status = one ? doOne(words[0], words[1], words[2], std::stoull(words[3]))
                     : all(words.empty() ? 1'000'000 : std::stoull(words[0]),
                           words.size() > 1 ? std::stoi(words[1]) : 2000, folder);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "audit_bench: %s\n", error.what());
    }
    if (!one)
        fs::remove_all(folder);
    return status;
}
