#include "core/probe/docker_command.h"

#include "core/base/text.h"

namespace inodeck {

namespace {

bool needsSudo(const std::vector<std::string>& docker, AccessLevel level) {
    return level == AccessLevel::Sudo && !docker.empty() && docker.front() != "sudo";
}

std::vector<std::string> joined(std::vector<std::string> head, const std::vector<std::string>& tail) {
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

} // namespace

std::vector<std::string> dockerArgv(const std::vector<std::string>& docker, AccessLevel level,
                                    const std::vector<std::string>& arguments) {
    std::vector<std::string> argv;
    if (needsSudo(docker, level))
        argv = {"sudo", "-n"};
    return joined(joined(std::move(argv), docker), arguments);
}

std::string dockerCommandLine(const std::vector<std::string>& docker, AccessLevel level,
                              const std::vector<std::string>& arguments) {
    const std::string words = shellJoin(joined(docker, arguments));
    if (!needsSudo(docker, level))
        return words;
    return "sudo -n env ${DOCKER_HOST:+\"DOCKER_HOST=$DOCKER_HOST\"} " + words;
}

} // namespace inodeck
