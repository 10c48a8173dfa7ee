#pragma once

#include <memory>
#include <random>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

#include "core/transport/fd.h"

namespace inodeck::test {

/// One process that appends to the log at `where` until it is killed; says "<seq> <id>\n" only once append()
/// has returned.
class Writer {
public:
    Writer(std::string where, int number);
    ~Writer() { kill(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    int fd() const { return m_acks.get(); }
    pid_t pid() const { return m_pid; }
    /// Takes what it said; false when it ended and all it said was taken.
    bool hear();
    /// What was said in the meantime is kept: it was acknowledged.
    void kill();
    void start();
    const std::string& said() const { return m_said; }
    /// Why it ended by itself.
    const std::string& lastWords() const { return m_lastWords; }
    long count() const;
    /// What was said, line by line.
    std::set<std::string> acknowledged() const;

private:
    [[noreturn]] void append(int to) const;

    std::string m_where;
    int m_number;
    pid_t m_pid = -1;
    Fd m_acks;
    std::string m_said;
    std::string m_lastWords;
};

/// Eight of them at one log, of which a random one is killed every few records and started again.
class Crowd {
public:
    static constexpr int Writers = 8;
    explicit Crowd(const std::string& where);

    /// Until each has had a thousand records acknowledged, then all are killed; bounded. A failure of the
    /// test when one ended by itself or it took too long.
    void run();
    /// "<seq> <id>" of each record that was acknowledged to one of them.
    std::set<std::string> acknowledged() const;
    int kills() const { return m_kills; }

private:
    bool done() const;
    void hear();
    void killOne();

    std::vector<std::unique_ptr<Writer>> m_writers;
    std::mt19937 m_random{20260210};
    std::uniform_int_distribution<long> m_between{10, 110}; ///< records from one kill to the next
    std::uniform_int_distribution<std::size_t> m_which{0, Writers - 1};
    int m_kills = 0;
};

/// Of a log that a crowd has left: what is stored ("<seq> <id>") holds all that was acknowledged, and besides
/// it only the genesis record and what somebody was killed over between COMMIT and his word.
void expectNothingLost(const Crowd& crowd, const std::set<std::string>& stored);

} // namespace inodeck::test
