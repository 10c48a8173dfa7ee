#include "tests/unit/audit_crash/file_vm.h"

#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

#include "core/transport/fd.h"

namespace inodeck::test {

FileVm::FileVm(std::filesystem::path actions, std::string deploy)
    : m_actions(std::move(actions))
    , m_deploy(std::move(deploy)) {
    onRestart = [this](const ExecRequest&, const Deadline&, const Cancel&) { return restartNow(); };
    m_transport.host("vm", [this](const ExecRequest& request, const Deadline& deadline,
                                  const Cancel& cancel) { return answer(request, deadline, cancel); });
}

std::vector<std::string> FileVm::done() const {
    std::vector<std::string> lines;
    std::ifstream file(m_actions);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

Host FileVm::host() const {
    Host host;
    host.name = "vm";
    host.deadline = std::chrono::seconds{20};
    return host;
}

ContainerText FileVm::container() const {
    const auto before = done();
    ContainerText container = syncedContainer('a', "edge");
    container.starts = 1 + static_cast<int>(before.size() % 2); // another one after each restart is enough
    MountText& mount = container.mounts.front();
    mount.inside.content = before.empty() ? "first" : before.back();
    mount.host.content = m_deploy;
    mount.inside.inode = 100 + Sha256::of(mount.inside.content).bytes()[0];
    mount.host.inode = 100 + Sha256::of(mount.host.content).bytes()[0];
    if (mount.host.content != mount.inside.content && mount.host.inode == mount.inside.inode)
        mount.host.inode += 1000;
    return container;
}

Result<ExecResult> FileVm::restartNow() const {
    const Fd file(::open(m_actions.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    const std::string line = m_deploy + "\n";
    if (::write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("cannot write what was done");
    return ExecResult{containerId('a') + "\n", {}, 0};
}

Result<ExecResult> FileVm::answer(const ExecRequest& request, const Deadline& deadline,
                                  const Cancel& cancel) {
    if (isProbe(request))
        return ExecResult{probeText({container()}), {}, 0};
    if (request.command.starts_with("docker inspect "))
        return ExecResult{"state running true false \"" + container().startedAt() + "\" 0 \n", {}, 0};
    return onRestart(request, deadline, cancel);
}

RestartResult restartOnce(FileVm& vm, AuditStore& store, const std::string& deploy,
                          const std::function<void(const StepEvent&)>& onStep) {
    Scanner scanner(vm.transport(), Clock::system());
    const Cancel cancel;
    const HostScan scan = scanner.scanHost(vm.host(), cancel);
    const auto plans = planRestarts(vm.host(), scan, "shop/edge");
    if (!plans || plans->size() != 1)
        throw std::runtime_error(plans ? "not one plan" : plans.error().message);
    RestartOrder order;
    order.reason = deploy;
    order.actor.account = "tester";
    order.healthTimeout = std::chrono::seconds{20};
    return Restarter(scanner, store, Clock::system()).run(plans->front(), order, cancel, onStep);
}

} // namespace inodeck::test
