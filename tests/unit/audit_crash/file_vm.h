#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/restart/restart.h"
#include "tests/support/scripted_transport.h"

namespace inodeck::test {

/// A VM whose state is a file: each restart appends the line of its deploy, so that what was done outlives
/// whoever did it. Its one container runs on what was last brought in; the host has what was deployed since.
class FileVm {
public:
    FileVm(std::filesystem::path actions, std::string deploy);

    /// What was restarted so far, one deploy a line.
    std::vector<std::string> done() const;
    /// Answers in the place of `docker restart`; by default it appends the line.
    std::function<Result<ExecResult>(const ExecRequest&, const Deadline&, const Cancel&)> onRestart;

    Transport& transport() { return m_transport; }
    Host host() const;
    ContainerText container() const;
    Result<ExecResult> restartNow() const;

private:
    Result<ExecResult> answer(const ExecRequest& request, const Deadline& deadline, const Cancel& cancel);

    std::filesystem::path m_actions;
    std::string m_deploy;
    ScriptedTransport m_transport;
};

/// A whole run of the real Restarter, with `deploy` as the reason.
RestartResult restartOnce(FileVm& vm, AuditStore& store, const std::string& deploy,
                          const std::function<void(const StepEvent&)>& onStep = {});

} // namespace inodeck::test
