#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/saved_head.h"
#include "core/transport/fd.h"
#include "tests/unit/audit_crash/audit_folder.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr int Writers = 8;
constexpr int AppendsEach = 1000;

/// One process that appends until it is killed; says "<seq> <id>\n" only once append() has returned.
class Writer {
public:
    Writer(const test::AuditFolder& folder, int number)
        : m_folder(folder)
        , m_number(number) {
        start();
    }
    ~Writer() { kill(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    int fd() const { return m_acks.get(); }
    /// Takes what it said; false when it ended and all it said was taken.
    bool hear() {
        char buffer[65536];
        const ssize_t got = ::read(m_acks.get(), buffer, sizeof buffer);
        if (got <= 0)
            return false;
        m_said.append(buffer, static_cast<std::size_t>(got));
        return true;
    }
    /// What was said in the meantime is kept: it was acknowledged.
    void kill() {
        if (m_pid < 0)
            return;
        ::kill(m_pid, SIGKILL);
        while (hear()) {
        }
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
        m_lastWords = m_said.substr(m_said.rfind('\n') + 1);
        m_said.resize(m_said.size() - m_lastWords.size());
    }
    void start() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        m_acks.reset(ends[0]);
        m_pid = ::fork();
        if (m_pid == 0) {
            m_acks.reset();
            append(ends[1]);
        }
        ::close(ends[1]);
    }
    const std::string& said() const { return m_said; }
    const std::string& lastWords() const { return m_lastWords; }
    auto count() const { return std::count(m_said.begin(), m_said.end(), '\n'); }

private:
    [[noreturn]] void append(int to) const {
        const auto say = [to](const std::string& text) {
            return ::write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        };
        auto store = openAuditStore(m_folder.file());
        if (!store) {
            say("cannot open: " + store.error().message);
            ::_exit(1);
        }
        if (auto ready = (*store)->ready(); !ready) {
            say("not ready: " + ready.error().message);
            ::_exit(1);
        }
        for (;;) {
            const auto kept =
                (*store)->append(test::draftOf(RecordType::Refused, "writer " + std::to_string(m_number)),
                                 Deadline::after(30s));
            if (!kept) {
                say("not appended: " + kept.error().message);
                ::_exit(1);
            }
            if (!say(std::to_string(kept->seq) + " " + kept->id + "\n"))
                ::_exit(1);
        }
    }

    const test::AuditFolder& m_folder;
    int m_number;
    pid_t m_pid = -1;
    Fd m_acks;
    std::string m_said;
    std::string m_lastWords; ///< why it ended by itself
};

std::set<std::string> linesOf(const std::string& text) {
    std::set<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

class Crowd {
public:
    explicit Crowd(const test::AuditFolder& folder) {
        for (int i = 0; i < Writers; ++i)
            m_writers.push_back(std::make_unique<Writer>(folder, i));
    }

    /// Until each has its thousand; a random one is killed every few milliseconds and started again.
    void run() {
        auto nextKill = Clock::now();
        const auto end = Clock::now() + 240s;
        while (!done() && Clock::now() < end) {
            hear(std::chrono::ceil<std::chrono::milliseconds>(nextKill - Clock::now()));
            if (Clock::now() < nextKill)
                continue;
            killOne();
            nextKill = Clock::now() + std::chrono::milliseconds(m_wait(m_random));
        }
        ASSERT_TRUE(done()) << "too slow";
        for (auto& writer : m_writers)
            writer->kill();
    }

    int kills() const { return m_kills; }
    std::set<std::string> acknowledged() const {
        std::set<std::string> all;
        for (const auto& writer : m_writers)
            all.merge(linesOf(writer->said()));
        return all;
    }

private:
    bool done() const {
        return std::all_of(m_writers.begin(), m_writers.end(),
                           [](const auto& w) { return w->count() >= AppendsEach; });
    }
    void hear(std::chrono::milliseconds atMost) {
        std::vector<pollfd> all;
        for (const auto& writer : m_writers)
            all.push_back({writer->fd(), POLLIN, 0});
        ::poll(all.data(), all.size(), std::max(0, static_cast<int>(atMost.count())));
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].revents != 0 && !m_writers[i]->hear()) {
                m_writers[i]->kill();
                ADD_FAILURE() << "writer " << i << " ended: " << m_writers[i]->lastWords();
                m_writers[i]->start();
            }
    }
    void killOne() {
        Writer& victim = *m_writers[m_which(m_random)];
        victim.kill();
        victim.start();
        ++m_kills;
    }

    std::vector<std::unique_ptr<Writer>> m_writers;
    std::mt19937 m_random{20260210};
    std::uniform_int_distribution<int> m_wait{5, 120};
    std::uniform_int_distribution<std::size_t> m_which{0, Writers - 1};
    int m_kills = 0;
};

TEST(WritersTest, EightThatAreKilledWriteOneChainAndLoseNothingAcknowledged) {
    const test::AuditFolder folder;
    Crowd crowd(folder);
    ASSERT_NO_FATAL_FAILURE(crowd.run());
    const auto acknowledged = crowd.acknowledged();
    const auto stored = folder.records();
    EXPECT_GE(acknowledged.size(), std::size_t{Writers} * AppendsEach);
    EXPECT_GE(crowd.kills(), 50);
    for (const std::string& one : acknowledged)
        EXPECT_TRUE(stored.contains(one)) << "acknowledged and lost: " << one;
    EXPECT_EQ(folder.broken(), "");
    // One more each for the genesis record and for those that were killed between COMMIT and their word.
    EXPECT_LE(stored.size(), acknowledged.size() + 1 + static_cast<std::size_t>(crowd.kills()) + Writers);
    const auto ready = folder.open()->ready();
    EXPECT_TRUE(ready) << ready.error().message;
    const auto saved = HeadMemory("sqlite:" + folder.file().string()).load();
    ASSERT_TRUE(saved && *saved);
    EXPECT_GE((*saved)->note.checkpoint.size + Writers, stored.size()) << "it was saved as they wrote";
    std::printf("%zu records, %zu acknowledged, %d kills\n", stored.size(), acknowledged.size(),
                crowd.kills());
}

/// The file, its WAL, the key and the genesis record are made by whoever is first.
TEST(WritersTest, EightThatStartANewLogAtOnceStartOne) {
    for (int round = 0; round < 8; ++round) {
        const test::AuditFolder folder;
        std::vector<std::unique_ptr<Writer>> writers;
        for (int i = 0; i < Writers; ++i)
            writers.push_back(std::make_unique<Writer>(folder, i));
        for (const auto& writer : writers)
            while (writer->count() == 0)
                ASSERT_TRUE(writer->hear()) << writer->said();
        std::set<std::string> acknowledged;
        for (const auto& writer : writers) {
            writer->kill();
            acknowledged.merge(linesOf(writer->said()));
        }
        const auto stored = folder.records();
        EXPECT_TRUE(std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end()));
        EXPECT_EQ(folder.broken(), "");
    }
}

} // namespace
} // namespace inodeck
