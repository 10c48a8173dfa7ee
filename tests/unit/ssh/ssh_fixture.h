#pragma once

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

#include "core/ssh/ssh_transport.h"
#include "tests/support/fault_proxy.h"
#include "tests/support/ssh_server.h"

namespace inodeck::test {

using namespace std::chrono_literals;

/// Asks often; false when `bound` has passed.
inline bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds bound = 10s) {
    const auto deadline = Deadline::after(bound);
    while (!condition()) {
        if (deadline.passed())
            return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

inline std::chrono::milliseconds timed(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

/// Answers what it was told to, and remembers the questions.
class ScriptedPrompter : public Prompter {
public:
    bool acceptHostKey(const HostKeyQuestion& question) override {
        const std::lock_guard lock(m_mutex);
        hostKeys.push_back(question);
        return accept;
    }
    std::optional<std::string> secret(const SecretQuestion& question) override {
        const std::lock_guard lock(m_mutex);
        secrets.push_back(question);
        if (answers.empty())
            return std::nullopt;
        auto answer = answers.front();
        if (answers.size() > 1)
            answers.erase(answers.begin());
        return answer;
    }

    bool accept = false;
    std::vector<std::string> answers; ///< the last one again and again; none: declined
    std::vector<HostKeyQuestion> hostKeys;
    std::vector<SecretQuestion> secrets;

private:
    std::mutex m_mutex;
};

/// Tests against real servers of this machine; skipped where sshd is missing.
class SshTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (const auto reason = SshServer::missing(); !reason.empty())
            GTEST_SKIP() << reason;
    }

    static SshOptions options(const std::string& config, Prompter* prompter = nullptr) {
        SshOptions result;
        result.configFile = config;
        result.prompter = prompter;
        return result;
    }
    Result<std::unique_ptr<Session>> connect(SshTransport& transport, const std::string& name,
                                             std::chrono::milliseconds timeout = 20s) {
        return transport.connect({name, false}, Deadline::after(timeout), m_cancel);
    }
    Result<std::unique_ptr<Session>> connect(const std::string& config, const std::string& name,
                                             Prompter* prompter = nullptr,
                                             std::chrono::milliseconds timeout = 20s) {
        SshTransport transport(options(config, prompter)); // sessions outlive it
        return connect(transport, name, timeout);
    }
    Result<ExecResult> exec(Session& session, const std::string& command, std::string input = {},
                            std::chrono::milliseconds timeout = 20s, std::size_t limit = 64 << 20) {
        return session.exec({command, std::move(input), limit}, Deadline::after(timeout), m_cancel);
    }
    /// Connects and runs `echo ok`; the error's message otherwise.
    std::string greet(const std::string& config, const std::string& name, Prompter* prompter = nullptr) {
        auto session = connect(config, name, prompter);
        if (!session)
            return session.error().message;
        const auto result = exec(**session, "echo ok");
        return result ? result->output : result.error().message;
    }

    Cancel m_cancel;
};

} // namespace inodeck::test
