#include "tests/unit/restart/restart_rig.h"

#include <cstdlib>

namespace inodeck::test {

namespace {

Result<ExecResult> said(std::string output) {
    return ExecResult{std::move(output), {}, 0};
}

} // namespace

ScriptedVm::ScriptedVm(ScriptedTransport& transport)
    : containers{staleContainer('a', "edge"), syncedContainer('b', "web")} {
    onRestart = [this](const ExecRequest&, const Deadline&, const Cancel&) { return restartNow(); };
    transport.host("vm", [this](const ExecRequest& request, const Deadline& deadline, const Cancel& cancel) {
        return answer(request, deadline, cancel);
    });
}

Result<ExecResult> ScriptedVm::restartNow() {
    ContainerText& container = containers.front();
    ++container.starts;
    for (MountText& mount : container.mounts)
        mount.inside = mount.host;
    return said(container.id + "\n");
}

Result<ExecResult> ScriptedVm::inspect() {
    const ContainerText& c = containers.front();
    return said("state " + std::string(c.running ? "running true" : "exited false") + " false \"" +
                c.startedAt() + "\" 0 id=" + c.id + " " + c.health + "\n");
}

Result<ExecResult> ScriptedVm::answer(const ExecRequest& request, const Deadline& deadline,
                                      const Cancel& cancel) {
    if (isProbe(request)) {
        if (const auto before = onProbe ? onProbe() : Result<void>{}; !before)
            return tl::unexpected(before.error());
        std::vector<ContainerText> wanted;
        for (const ContainerText& container : containers)
            if (asksFor(request, container))
                wanted.push_back(container);
        return said(wanted.empty() ? refusedText("Error: No such container", "no_inspect")
                                   : probeText(wanted));
    }
    if (request.command.starts_with("docker inspect ")) {
        if (const auto before = onInspect ? onInspect(deadline, cancel) : Result<void>{}; !before)
            return tl::unexpected(before.error());
        return inspect();
    }
    if (request.command.starts_with("docker restart ")) {
        ++restarts;
        return onRestart(request, deadline, cancel);
    }
    if (onCommand)
        return onCommand(request, deadline, cancel);
    return ExecResult{{}, "unexpected command: " + request.command, 127};
}

RestartRig::RestartRig() {
    std::string name = (std::filesystem::temp_directory_path() / "inodeck-restart-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    store = open();
    host.name = "vm";
    host.deadline = std::chrono::seconds{5};
}

RestartRig::~RestartRig() {
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

std::unique_ptr<AuditStore> RestartRig::open() const {
    auto opened = openAuditStore(auditFile());
    if (!opened)
        throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

RestartPlan RestartRig::plan(const std::string& selector) {
    const HostScan scan = scanner.scanHost(host, cancel);
    auto plans = planRestarts(host, scan, selector);
    if (!plans || plans->size() != 1)
        throw std::runtime_error(plans ? "not one plan" : plans.error().message);
    return plans->front();
}

RestartOrder RestartRig::order() const {
    RestartOrder order;
    order.reason = "new config";
    order.actor = {"tester", "", ""};
    order.stopTimeout = std::chrono::seconds{1};
    order.healthTimeout = std::chrono::seconds{10};
    return order;
}

RestartResult RestartRig::run(const RestartPlan& what, const RestartOrder& how,
                              const std::function<void(const StepEvent&)>& onStep) {
    return Restarter(scanner, *store, Clock::system()).run(what, how, cancel, onStep);
}

std::vector<RecordDraft> RestartRig::onDisk() const {
    std::vector<RecordDraft> drafts;
    const auto done = open()->each({}, [&](const StoredRecord& stored) {
        auto record = parseRecordLine(stored.line);
        if (!record)
            throw std::runtime_error(record.error().message);
        if (record->draft.type != RecordType::Genesis)
            drafts.push_back(std::move(record->draft));
        return true;
    });
    if (!done)
        throw std::runtime_error(done.error().message);
    return drafts;
}

std::vector<std::string> RestartRig::words() const {
    std::vector<std::string> list;
    for (const RecordDraft& draft : onDisk())
        list.push_back(std::string(toString(draft.type)) + (draft.result ? " " + draft.result->status : ""));
    return list;
}

} // namespace inodeck::test
