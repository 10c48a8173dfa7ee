#include "tests/cli/cli_rig.h"

#include <array>
#include <csignal>
#include <fstream>
#include <poll.h>
#include <pty.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include "core/transport/child_process.h"

namespace inodeck::test {

namespace {

constexpr std::chrono::seconds Bound{60};

[[noreturn]] void become(const std::vector<std::string>& argv) {
    std::vector<char*> words;
    for (const std::string& word : argv)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
}

Ran ranOf(const std::vector<std::string>& argv) {
    const Cancel never;
    const auto result = runProcess(argv, {}, std::size_t{16} << 20, "inodeck", Deadline::after(Bound), never);
    if (!result)
        throw std::runtime_error(result.error().message);
    return {result->exitStatus, result->output, result->error};
}

/// All that is written to the terminal until nobody has it open any more.
std::string drained(int terminal, bool& ended) {
    const Deadline deadline = Deadline::after(Bound);
    std::string text;
    std::array<char, 4096> buffer{};
    for (pollfd waiting{terminal, POLLIN, 0};
         ::poll(&waiting, 1, static_cast<int>(deadline.left().count())) > 0;) {
        const ssize_t got = ::read(terminal, buffer.data(), buffer.size());
        ended = got <= 0; // EIO: the last user has closed it
        if (ended)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

} // namespace

std::string program() {
    return INODECK_PROGRAM;
}

CliTest::CliTest() {
    std::string name = (std::filesystem::temp_directory_path() / "inodeck-cli-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    std::filesystem::create_directory(folder / "fleet");
    environment = {{"PATH", "/usr/bin:/bin"},
                   {"HOME", folder},
                   {"XDG_DATA_HOME", folder / "data"},
                   {"XDG_STATE_HOME", folder / "state"},
                   {"COLUMNS", "200"}};
}

CliTest::~CliTest() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

std::vector<std::string> CliTest::argv(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{"/usr/bin/env", "-i", "-C", folder}; // where no fleet file is
    for (const auto& [name, value] : environment)
        words.push_back(name + "=" + value);
    words.push_back(program());
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

Ran CliTest::inodeck(const std::vector<std::string>& arguments) const {
    return ranOf(argv(arguments));
}

Ran CliTest::byShell(const std::string& line, const std::vector<std::string>& arguments) const {
    std::vector<std::string> words = argv(arguments);
    words.insert(words.begin(), {"/bin/sh", "-c", line, "sh"});
    return ranOf(words);
}

Ran CliTest::onTerminal(const std::vector<std::string>& arguments, unsigned short columns) const {
    const winsize size{24, columns, 0, 0};
    int terminal = -1;
    const std::vector<std::string> words = argv(arguments);
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child < 0)
        throw std::runtime_error("no pseudo terminal");
    if (child == 0)
        become(words);
    const Fd owned(terminal);
    Ran ran;
    bool ended = false;
    ran.out = drained(terminal, ended);
    if (!ended)
        ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

void CliTest::record(const std::string& host, const std::string& probeAnswer) const {
    std::ofstream(folder / "fleet" / (host + ".probe"), std::ios::binary) << probeAnswer;
}

std::vector<std::string> CliTest::replay(std::vector<std::string> arguments) const {
    arguments.push_back("--replay");
    arguments.push_back(folder / "fleet");
    return arguments;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

} // namespace inodeck::test
