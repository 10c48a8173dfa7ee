#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/record_line.h"
#include "core/transport/fd.h"
#include "tests/support/later_clock.h"
#include "tests/unit/audit_crash/audit_folder.h"
#include "tests/unit/audit_crash/file_vm.h"
#include "tests/unit/audit_crash/traced_child.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
constexpr int Workers = 12;
constexpr int Kills = 1020;
const char* const Parts[] = {"guard", "intent", "restart", "wait", "prove", "outcome"};
constexpr int PartCount = std::size(Parts);
constexpr int Guard = static_cast<int>(RestartStep::Guard); // and all before it
constexpr int Intent = static_cast<int>(RestartStep::Intent);

/// The real store; says "<seq> <id>\n" of a record only once append() has returned.
class TellingStore final : public AuditStore {
public:
    TellingStore(std::unique_ptr<AuditStore> store, int to)
        : m_store(std::move(store))
        , m_to(to) {}
    Result<void> ready() override { return m_store->ready(); }
    Result<AppendedRecord> append(const RecordDraft& draft, const Deadline& deadline) override {
        auto kept = m_store->append(draft, deadline);
        const std::string text =
            kept ? std::to_string(kept->seq) + " " + kept->id + "\n" : kept.error().message + "\n";
        [[maybe_unused]] const auto told = ::write(m_to, text.data(), text.size());
        return kept;
    }
    Result<void> spool(const RecordDraft& draft) override { return m_store->spool(draft); }
    Result<std::string> checkpoint() override { return m_store->checkpoint(); }
    Result<void> rotateKey(const AuditActor& actor, const std::string& reason) override {
        return m_store->rotateKey(actor, reason);
    }
    Result<std::vector<OpenIntent>> openIntents() override { return m_store->openIntents(); }
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override {
        return m_store->each(filter, take);
    }
    Result<std::uint64_t> count(const RecordFilter& filter) override { return m_store->count(filter); }
    std::string location() const override { return m_store->location(); }

private:
    std::unique_ptr<AuditStore> m_store;
    int m_to;
};

/// One log and one VM, and restarts of it that are killed.
class World {
public:
    using Complain = std::function<void(const std::string&)>;
    explicit World(Complain complain)
        : m_complain(std::move(complain)) {}

    std::vector<int> countCalls() {
        m_deploy = "deploy 0";
        return test::countCalls(PartCount, body(-1));
    }

    /// Empty when the run ended before it came to the point.
    std::string kill(const test::KillPoint& point) {
        m_deploy = "deploy " + std::to_string(++m_round);
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        Fd from(ends[0]);
        Fd to(ends[1]);
        std::string at = test::runAndKill(point, body(to.get()));
        to.reset();
        m_where = std::string(Parts[point.part]) + ", call " + std::to_string(point.call) + ", " + at;
        char buffer[4096];
        const ssize_t got = ::read(from.get(), buffer, sizeof buffer);
        look(std::string(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0))));
        return at;
    }

private:
    test::Body body(int to) const {
        return [this, to](test::Shared& shared) {
            test::FileVm vm(m_actions, m_deploy);
            TellingStore store(m_folder.open(), to);
            const auto result = test::restartOnce(vm, store, m_deploy, [&](const StepEvent& event) {
                if (event.state == StepState::Running)
                    shared.part = static_cast<int>(event.step);
            });
            return result.status == RestartStatus::Verified ? 0 : 1;
        };
    }

    /// What the next one finds.
    void look(const std::string& acknowledged) {
        const std::string broken = m_folder.broken();
        expect(broken.empty(), "the log does not verify: " + broken);
        const auto stored = m_folder.records();
        for (std::size_t at = 0; at < acknowledged.size();) {
            const std::size_t end = acknowledged.find('\n', at);
            const std::string one = acknowledged.substr(at, end - at);
            expect(stored.contains(one), "acknowledged and lost: " + one);
            at = end == std::string::npos ? end : end + 1;
        }
        auto store = m_folder.open();
        const auto ready = store->ready();
        expect(ready.has_value(), ready ? "" : "not ready: " + ready.error().message);
        const Records records = ofThisDeploy(*store);
        const auto done = test::FileVm(m_actions, m_deploy).done();
        const auto times = std::count(done.begin(), done.end(), m_deploy);
        expect(times <= records.intents, "it was restarted without a record before it");
        expect(records.outcomes <= times, "an outcome of what was not done");
        const auto open = store->openIntents().value();
        expect(open.size() == static_cast<std::size_t>(records.intents - records.outcomes),
               "open intents: " + std::to_string(open.size()));
        for (const OpenIntent& intent : open)
            recover(*store, intent, times > 0);
        expect(store->openIntents()->empty(), "still open after it was recovered");
    }

    struct Records {
        long intents = 0;
        long outcomes = 0;
    };
    Records ofThisDeploy(AuditStore& store) const {
        Records records;
        const auto read = store.each({}, [&](const StoredRecord& stored) {
            const auto record = parseRecordLine(stored.line);
            if (record && record->draft.reason == m_deploy) {
                records.intents += record->draft.type == RecordType::Intent;
                records.outcomes += record->draft.type == RecordType::Outcome;
            }
            return true;
        });
        expect(read.has_value(), "the log cannot be read");
        return records;
    }

    void recover(AuditStore& store, const OpenIntent& intent, bool wasDone) {
        expect(intent.draft.reason == m_deploy, "another intent is open: " + intent.draft.reason);
        test::FileVm vm(m_actions, m_deploy);
        Scanner scanner(vm.transport(), Clock::system());
        const auto before = vm.done().size();
        const auto found = Restarter(scanner, store, test::LaterClock())
                               .recover(intent, vm.host(), AuditActor{"tester", {}, {}}, Cancel{});
        expect(found.has_value(), found ? "" : "not recovered: " + found.error().message);
        expect(found && found->status == (wasDone ? "done" : "not_done"), "recovered as another thing");
        expect(vm.done().size() == before, "recovery acted");
    }

    void expect(bool good, const std::string& text) const {
        if (!good)
            m_complain("killed at " + m_where + ": " + text + "\n");
    }

    test::AuditFolder m_folder;
    fs::path m_actions = m_folder.path() / "done";
    Complain m_complain;
    std::string m_deploy;
    std::string m_where;
    int m_round = 0;
};

/// Before and after every call of every part from this one on.
std::vector<test::KillPoint> pointsFrom(int first, const std::vector<int>& calls) {
    std::vector<test::KillPoint> points;
    for (int part = first; part < PartCount; ++part)
        for (int call = 0; call < calls[static_cast<std::size_t>(part)]; ++call)
            for (const bool after : {false, true})
                points.push_back({part, call, after});
    return points;
}

/// One process of so many, as a killed one waits half a second for the container: its share of the points, a
/// world anew for each pass. Complaints go to `to`; "+" is one kill.
int work(int worker, int to) {
    const auto complain = [to](const std::string& text) {
        [[maybe_unused]] const auto written = ::write(to, text.data(), text.size());
    };
    try {
        int kills = 0;
        for (int pass = 0; kills < Kills / Workers; ++pass) {
            World world(complain);
            const auto points = pointsFrom(pass == 0 ? Guard : Intent, world.countCalls());
            for (std::size_t i = static_cast<std::size_t>(worker + pass) % Workers;
                 i < points.size() && kills < Kills / Workers; i += Workers)
                if (!world.kill(points[i]).empty()) {
                    ++kills;
                    complain(std::string(1, static_cast<char>('0' + points[i].part)));
                }
        }
        return 0;
    } catch (const std::exception& error) {
        complain(std::string("gave up: ") + error.what() + "\n");
        return 1;
    }
}

TEST(KillTest, AThousandKillsAroundIntentActionAndOutcome) {
    if (const std::string why = test::whyNoTracing(); !why.empty())
        GTEST_SKIP() << why;
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    Fd from(ends[0]);
    Fd to(ends[1]);
    std::vector<pid_t> workers;
    for (int i = 0; i < Workers; ++i) {
        workers.push_back(::fork());
        if (workers.back() == 0)
            ::_exit(work(i, to.get()));
    }
    to.reset();
    std::string said;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(from.get(), buffer, sizeof buffer)) > 0;)
        said.append(buffer, static_cast<std::size_t>(got));
    for (const pid_t worker : workers) {
        int status = -1;
        ::waitpid(worker, &status, 0);
        EXPECT_EQ(status, 0);
    }
    for (int part = 0; part < PartCount; ++part) {
        const auto kills = std::count(said.begin(), said.end(), static_cast<char>('0' + part));
        std::printf("%s: %ld kills\n", Parts[part], static_cast<long>(kills));
    }
    EXPECT_EQ(said.find_first_not_of("012345"), std::string::npos) << said;
    EXPECT_GE(said.size(), 1000u);
}

} // namespace
} // namespace inodeck
