#include "tests/unit/reconcile/reconcile_rig.h"

#include <cstdlib>
#include <fstream>

#include "core/transport/local_transport.h"

namespace inodeck::test {

Result<void> HeardEvents::emit(const Event& event) {
    events.push_back(event);
    return broken ? fail(ErrorCode::Io, "no space left") : Result<void>{};
}

Result<void> HeardEvents::flush(const Deadline&, const Cancel&) {
    return broken ? fail(ErrorCode::Unreachable, "nobody there") : Result<void>{};
}

std::vector<std::string> HeardEvents::words() const {
    std::vector<std::string> list;
    for (const Event& event : events)
        list.push_back(event.service + " " + std::string(toString(event.status)));
    return list;
}

ReconcileRig::ReconcileRig() {
    std::string name = (std::filesystem::temp_directory_path() / "inodeck-reconcile-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    host.name = "vm";
    host.env = "test";
    host.deadline = std::chrono::seconds{20};
    order.reason = "deploy";
    order.actor = {"tester", "", ""};
    order.deployment = {"abc123", "tester"};
    order.wait = std::chrono::seconds{90}; // other tests of this machine use its lock too
    order.scope.fleet = &fleet;
    order.scope.stopTimeout = std::chrono::seconds{1};
    onRestart = restartNow;
    transport.host("vm", [this](const ExecRequest& request, const Deadline& deadline, const Cancel& c) {
        return answer(request, deadline, c);
    });
}

ReconcileRig::~ReconcileRig() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

Report ReconcileRig::run() {
    Scanner scanner(transport, Clock::system());
    Reconciler reconciler(transport, scanner, folder / "audit" / "audit.sqlite", &sink, Clock::system());
    return reconciler.run({host}, order, watch, cancel);
}

Result<ExecResult> ReconcileRig::restartNow(ContainerText& container) {
    ++container.starts;
    for (MountText& mount : container.mounts)
        mount.inside = mount.host;
    return ExecResult{container.id + "\n", {}, 0};
}

ContainerText* ReconcileRig::containerOf(const std::string& command) {
    for (ContainerText& container : containers)
        if (command.find(container.id) != std::string::npos || command.ends_with(" " + container.name))
            return &container;
    return nullptr;
}

Result<ExecResult> ReconcileRig::answer(const ExecRequest& request, const Deadline& deadline,
                                        const Cancel& stop) {
    if (request.command == "exec sh -s") {
        LocalTransport local;
        const auto session = local.connect({"local", true}, deadline, stop);
        return session ? (*session)->exec(request, deadline, stop) : tl::unexpected(session.error());
    }
    if (isProbe(request)) {
        std::vector<ContainerText> wanted;
        for (const ContainerText& container : containers)
            if (asksFor(request, container))
                wanted.push_back(container);
        return ExecResult{probeText(wanted), {}, 0};
    }
    ContainerText* container = containerOf(request.command);
    if (container && request.command.starts_with("docker inspect "))
        return ExecResult{"state " + std::string(container->running ? "running true" : "exited false") +
                              " false \"" + container->startedAt() + "\" 0 id=" + container->id + " " +
                              container->health + "\n",
                          {},
                          0};
    if (container && request.command.starts_with("docker restart ")) {
        restarted.push_back(container->service);
        return onRestart(*container);
    }
    return onCommand ? onCommand(request) : ExecResult{{}, "unexpected: " + request.command, 127};
}

std::vector<std::string> ReconcileRig::words(const Report& report) {
    std::vector<std::string> list;
    for (const HostReport& one : report.hosts)
        for (const Item& item : one.items)
            list.push_back(item.container.service + " " + std::string(toString(item.status)));
    return list;
}

std::vector<RecordDraft> ReconcileRig::onDisk() const {
    std::vector<RecordDraft> drafts;
    auto reader = openAuditReader(folder / "audit" / "audit.sqlite");
    if (!reader)
        return drafts;
    static_cast<void>((*reader)->each({}, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        if (record && record->draft.type != RecordType::Genesis)
            drafts.push_back(record->draft);
        return true;
    }));
    return drafts;
}

std::string ReconcileRig::hashFile(const std::string& content) const {
    const std::string path = folder / "app.sha256";
    std::ofstream(path) << content;
    return path;
}

std::string ReconcileRig::contentOf(const std::string& path) const {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

Service& ReconcileRig::serviceEntry(const std::string& service) {
    Service entry;
    entry.project = "shop";
    entry.service = service;
    fleet.services.push_back(entry);
    return fleet.services.back();
}

} // namespace inodeck::test
