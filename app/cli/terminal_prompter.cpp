#include "app/cli/terminal_prompter.h"

#include <array>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck::cli {

namespace {

class Terminal {
public:
    Terminal()
        : m_fd(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {}
    ~Terminal() {
        if (m_quiet)
            ::tcsetattr(m_fd, TCSAFLUSH, &m_before);
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool open() const { return m_fd >= 0; }
    void say(const std::string& text) const {
        [[maybe_unused]] const auto written = ::write(m_fd, text.data(), text.size());
    }
    bool withoutEcho() {
        if (::tcgetattr(m_fd, &m_before) != 0)
            return false;
        termios quiet = m_before;
        quiet.c_lflag &= static_cast<tcflag_t>(~ECHO);
        m_quiet = ::tcsetattr(m_fd, TCSAFLUSH, &quiet) == 0;
        return m_quiet;
    }
    std::optional<std::string> line() const {
        std::string text;
        for (char c = 0; ::read(m_fd, &c, 1) == 1;) {
            if (c == '\n')
                return text;
            text += c;
            if (text.size() > 4096)
                break;
        }
        return std::nullopt;
    }

private:
    int m_fd;
    termios m_before{};
    bool m_quiet = false;
};

std::string question(const SecretQuestion& q) {
    const std::string again = q.attempt > 1 ? "That was not it. " : "";
    switch (q.kind) {
    case SecretQuestion::Kind::Passphrase:
        return again + "Passphrase of " + printable(q.subject) + ": ";
    case SecretQuestion::Kind::Password:
        return again + "Password of " + printable(q.subject) + ": ";
    default:
        return printable(q.host) + " asks: " + printable(q.subject) + " ";
    }
}

} // namespace

bool TerminalPrompter::acceptHostKey(const HostKeyQuestion&) {
    return false;
}

std::optional<std::string> TerminalPrompter::secret(const SecretQuestion& q) {
    const std::lock_guard lock(m_mutex);
    Terminal terminal;
    if (!terminal.open() || (!q.echo && !terminal.withoutEcho()))
        return std::nullopt;
    terminal.say(question(q));
    auto answer = terminal.line();
    if (!q.echo)
        terminal.say("\n");
    return answer;
}

} // namespace inodeck::cli
