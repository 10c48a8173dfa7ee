#include "tests/bench/process.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace inodeck::bench {
namespace {

Milliseconds time(const timeval& value) {
    return std::chrono::seconds{value.tv_sec} + std::chrono::microseconds{value.tv_usec};
}

pid_t spawn(const Argv& argv, const std::string& input) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::vector<char*> words;
    for (const std::string& word : argv)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, words[0], &files, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0)
        throw std::runtime_error(argv.at(0) + ": " + std::strerror(error));
    return pid;
}

/// Of a process and all below it.
std::uint64_t treeKib(pid_t pid) {
    const std::string proc = "/proc/" + std::to_string(pid);
    std::uint64_t sum = 0;
    std::ifstream rollup(proc + "/smaps_rollup");
    for (std::string line; std::getline(rollup, line);)
        if (line.starts_with("Pss:"))
            sum += std::stoull(line.substr(4));
    std::ifstream children(proc + "/task/" + std::to_string(pid) + "/children");
    for (pid_t child = 0; children >> child;)
        sum += treeKib(child);
    return sum;
}

} // namespace

Cost measure(const Argv& argv, const Input& input) {
    Cost cost;
    int status = 0;
    rusage usage{};
    const auto begin = std::chrono::steady_clock::now();
    const pid_t pid = spawn(argv, input.file);
    while (wait4(pid, &status, input.sampleMemory ? WNOHANG : 0, &usage) == 0) {
        cost.peakKib = std::max(cost.peakKib, treeKib(pid));
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    cost.wall = std::chrono::steady_clock::now() - begin;
    cost.cpu = time(usage.ru_utime) + time(usage.ru_stime);
    cost.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return cost;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace inodeck::bench
