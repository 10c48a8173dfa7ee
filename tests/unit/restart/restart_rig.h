#pragma once

#include <filesystem>
#include <gtest/gtest.h>

#include "core/audit/record_line.h"
#include "core/restart/restart.h"
#include "tests/support/scripted_transport.h"

namespace inodeck::test {

/// A VM whose Docker restarts containers: the probe, `docker inspect` and `docker restart` answer from its
/// state.
class ScriptedVm {
public:
    explicit ScriptedVm(ScriptedTransport& transport);

    std::vector<ContainerText> containers;
    /// Runs in the place of `docker restart`; restartNow() is what Docker would do.
    std::function<Result<ExecResult>(const ExecRequest&, const Deadline&, const Cancel&)> onRestart;
    /// Runs before each `docker inspect` is answered; an error is the answer.
    std::function<Result<void>(const Deadline&, const Cancel&)> onInspect;
    /// Answers every other command: a service's own, its validate command, …
    std::function<Result<ExecResult>(const ExecRequest&, const Deadline&, const Cancel&)> onCommand;
    /// Runs before each probe is answered; an error is the answer.
    std::function<Result<void>()> onProbe;

    /// The first container starts again, and its mounts are resolved anew.
    Result<ExecResult> restartNow();
    int restarts = 0; ///< commands that said "docker restart"

private:
    Result<ExecResult> answer(const ExecRequest& request, const Deadline& deadline, const Cancel& cancel);
    Result<ExecResult> inspect();
};

/// A scripted VM, the real SQLite store in a folder of its own, and a Restarter between them.
class RestartRig : public ::testing::Test {
protected:
    RestartRig();
    ~RestartRig() override;

    RestartPlan plan(const std::string& selector = "shop/edge");
    RestartOrder order() const;
    RestartResult run(const RestartPlan& what, const RestartOrder& how,
                      const std::function<void(const StepEvent&)>& onStep = {});
    RestartResult run() { return run(plan(), order()); }

    std::filesystem::path auditFile() const { return folder / "audit" / "audit.sqlite"; }
    std::unique_ptr<AuditStore> open() const;
    /// What another process would read from the disk now, without the genesis record.
    std::vector<RecordDraft> onDisk() const;
    /// "intent", "outcome verified", …: the words of the records on disk.
    std::vector<std::string> words() const;

    std::filesystem::path folder;
    ScriptedTransport transport;
    ScriptedVm vm{transport};
    Scanner scanner{transport, Clock::system()};
    std::unique_ptr<AuditStore> store;
    Cancel cancel;
    Host host;
};

} // namespace inodeck::test
