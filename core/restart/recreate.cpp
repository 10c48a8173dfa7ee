#include "core/restart/recreate.h"

#include <algorithm>
#include <filesystem>

#include "core/base/text.h"
#include "core/probe/docker_command.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Compose's own rule for projects and services.
bool isComposeName(const std::string& name) {
    static constexpr std::string_view Plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    return !name.empty() && name.find_first_not_of(Plain) == std::string::npos && name.front() != '-' &&
           name.front() != '.';
}

/// Lexically: symbolic links of the VM are not followed.
bool isBelow(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
    return !relative.empty() && *relative.begin() != "..";
}

/// The image, too, can bring labels: a compose file in a folder that the container writes would be its own.
bool couldHaveWritten(const RestartPlan& plan, const fs::path& file) {
    return std::any_of(plan.rows.begin(), plan.rows.end(), [&](const Row& row) {
        return !row.observation.readOnly && isBelow(file, row.observation.source);
    });
}

bool isScaled(const RestartPlan& plan, const HostScan& scan) {
    return std::any_of(scan.rows.begin(), scan.rows.end(), [&](const Row& row) {
        const Container& other = row.observation.container;
        return other.id != plan.container.id && other.project == plan.container.project &&
               other.service == plan.container.service;
    });
}

tl::unexpected<Error> cannot(const RestartPlan& plan, const std::string& why) {
    return fail(ErrorCode::Unsupported, printable(plan.container.label()) + " cannot be recreated: " + why);
}

} // namespace

std::vector<std::string> composeCommand(const std::vector<std::string>& docker, bool plugin) {
    const auto word = std::find_if(docker.begin(), docker.end(), [](const std::string& candidate) {
        return fs::path(candidate).filename() == "docker";
    });
    if (word == docker.end())
        return {};
    std::vector<std::string> command = docker;
    if (plugin)
        command.push_back("compose");
    else
        command[static_cast<std::size_t>(word - docker.begin())] = "docker-compose";
    return command;
}

Result<std::vector<std::string>> recreateArguments(const RestartPlan& plan, const HostScan& scan,
                                                   std::chrono::seconds stopTimeout) {
    const Container& c = plan.container;
    if (!isComposeName(c.project) || !isComposeName(c.service) || c.composeFiles.empty())
        return cannot(plan, "compose did not make it, or its labels do not say how.");
    const fs::path folder = c.composeWorkingDir;
    if (!folder.is_absolute())
        return cannot(plan, "its label names no absolute project folder.");
    if (isScaled(plan, scan))
        return cannot(plan, "the service has several containers, and all of them would be. Do it by hand, "
                            "one after the other.");
    std::vector<std::string> words{"-p", c.project, "--project-directory", folder.string()};
    for (const std::string& name : c.composeFiles) {
        if (name.empty() || name == "-")
            return cannot(plan, "its compose file is not on the host.");
        const fs::path file = folder / name; // an absolute name stays
        if (couldHaveWritten(plan, file))
            return cannot(plan, "the container itself can write " + printable(file.string()) + ".");
        words.insert(words.end(), {"-f", file.string()});
    }
    for (const std::string& word :
         {std::string("up"), std::string("-d"), std::string("--force-recreate"), std::string("--no-deps"),
          std::string("-t"), std::to_string(stopTimeout.count()), c.service})
        words.push_back(word);
    return words;
}

Result<std::vector<std::string>> recreateCommand(SessionPool& sessions, const RestartPlan& plan,
                                                 const HostScan& scan, std::chrono::seconds stopTimeout,
                                                 const Cancel& cancel) {
    auto arguments = recreateArguments(plan, scan, stopTimeout);
    if (!arguments)
        return arguments;
    if (composeCommand(plan.host.docker, true).empty())
        return cannot(plan, "that needs docker compose, and this host has " +
                                printable(plan.host.docker.empty() ? "" : plan.host.docker.back()) + ".");
    ExecRequest request;
    request.command =
        dockerCommandLine(composeCommand(plan.host.docker, true), plan.access.level, {"version"});
    request.maxOutput = std::size_t{64} << 10;
    bool plugin = false;
    const Deadline deadline = Deadline::after(30s);
    const auto done = sessions.with(plan.host, deadline, cancel, true, [&](Session& session) -> Result<void> {
        const auto answer = session.exec(request, deadline, cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        plugin = answer->exitStatus == 0;
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    std::vector<std::string> command = composeCommand(plan.host.docker, plugin);
    command.insert(command.end(), arguments->begin(), arguments->end());
    return command;
}

} // namespace inodeck
