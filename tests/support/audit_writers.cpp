#include "tests/support/audit_writers.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <numeric>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/audit_store.h"

namespace inodeck::test {

namespace {

using namespace std::chrono_literals;
constexpr int AppendsEach = 1000;
constexpr auto Bound = 600s;

} // namespace

Writer::Writer(std::string where, int number)
    : m_where(std::move(where))
    , m_number(number) {
    start();
}

bool Writer::hear() {
    char buffer[65536];
    const ssize_t got = ::read(m_acks.get(), buffer, sizeof buffer);
    if (got <= 0)
        return false;
    m_said.append(buffer, static_cast<std::size_t>(got));
    return true;
}

void Writer::kill() {
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

void Writer::start() {
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

long Writer::count() const {
    return std::count(m_said.begin(), m_said.end(), '\n');
}

std::set<std::string> Writer::acknowledged() const {
    std::set<std::string> lines;
    for (std::size_t at = 0; at < m_said.size();) {
        const std::size_t end = std::min(m_said.find('\n', at), m_said.size());
        lines.insert(m_said.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

void Writer::append(int to) const {
    const auto say = [to](const std::string& text) {
        return ::write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    };
    auto store = openAuditStore(m_where);
    if (!store) {
        say("cannot open: " + store.error().message);
        ::_exit(1);
    }
    if (auto ready = (*store)->ready(); !ready) {
        say("not ready: " + ready.error().message);
        ::_exit(1);
    }
    RecordDraft draft;
    draft.type = RecordType::Refused;
    draft.actor.account = "tester";
    draft.reason = "writer " + std::to_string(m_number);
    draft.target.vm = "vm";
    draft.target.containerId = std::string(64, 'a');
    for (;;) {
        const auto kept = (*store)->append(draft, Deadline::after(30s));
        if (!kept) {
            say("not appended: " + kept.error().message);
            ::_exit(1);
        }
        if (!say(std::to_string(kept->seq) + " " + kept->id + "\n"))
            ::_exit(1);
    }
}

Crowd::Crowd(const std::string& where) {
    for (int i = 0; i < Writers; ++i)
        m_writers.push_back(std::make_unique<Writer>(where, i));
}

void Crowd::run() {
    long nextKill = 0;
    const Deadline deadline = Deadline::after(Bound);
    while (!done() && !deadline.passed()) {
        hear();
        const long all = std::accumulate(m_writers.begin(), m_writers.end(), 0L,
                                         [](long sum, const auto& writer) { return sum + writer->count(); });
        if (all < nextKill)
            continue;
        killOne();
        nextKill = all + m_between(m_random);
    }
    ASSERT_TRUE(done()) << "too slow";
    for (auto& writer : m_writers)
        writer->kill();
}

std::set<std::string> Crowd::acknowledged() const {
    std::set<std::string> all;
    for (const auto& writer : m_writers)
        all.merge(writer->acknowledged());
    return all;
}

bool Crowd::done() const {
    return std::all_of(m_writers.begin(), m_writers.end(),
                       [](const auto& writer) { return writer->count() >= AppendsEach; });
}

void Crowd::hear() {
    std::vector<pollfd> all;
    for (const auto& writer : m_writers)
        all.push_back({writer->fd(), POLLIN, 0});
    ::poll(all.data(), all.size(), 1000);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].revents != 0 && !m_writers[i]->hear()) {
            m_writers[i]->kill();
            ADD_FAILURE() << "writer " << i << " ended: " << m_writers[i]->lastWords();
            m_writers[i]->start();
        }
}

void Crowd::killOne() {
    Writer& victim = *m_writers[m_which(m_random)];
    victim.kill();
    victim.start();
    ++m_kills;
}

void expectNothingLost(const Crowd& crowd, const std::set<std::string>& stored) {
    const auto acknowledged = crowd.acknowledged();
    EXPECT_GE(acknowledged.size(), std::size_t{Crowd::Writers} * AppendsEach);
    EXPECT_GE(crowd.kills(), 50);
    for (const std::string& one : acknowledged)
        EXPECT_TRUE(stored.contains(one)) << "acknowledged and lost: " << one;
    EXPECT_LE(stored.size(),
              acknowledged.size() + 1 + static_cast<std::size_t>(crowd.kills()) + Crowd::Writers);
    std::printf("%zu records, %zu acknowledged, %d kills\n", stored.size(), acknowledged.size(),
                crowd.kills());
}

} // namespace inodeck::test
