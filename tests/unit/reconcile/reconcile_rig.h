#pragma once

#include <filesystem>
#include <gtest/gtest.h>

#include "core/audit/record_line.h"
#include "core/reconcile/reconcile.h"
#include "tests/support/scripted_transport.h"

namespace inodeck::test {

/// Keeps what it was told.
class HeardEvents final : public EventSink {
public:
    Result<void> emit(const Event& event) override;
    Result<void> flush(const Deadline&, const Cancel&) override;
    /// "shop/web in_progress", …
    std::vector<std::string> words() const;

    std::vector<Event> events;
    bool broken = false;
};

/// A scripted VM whose Docker restarts any of its containers; scripts that the program sends (lock, hash
/// files) are run by this machine's shell. The store is a real one.
class ReconcileRig : public ::testing::Test {
protected:
    ReconcileRig();
    ~ReconcileRig() override;

    Report run();
    /// Statuses in the order of the report: "edge restarted".
    static std::vector<std::string> words(const Report& report);
    std::vector<RecordDraft> onDisk() const;
    std::string hashFile(const std::string& content) const;
    std::string contentOf(const std::string& path) const;
    Service& serviceEntry(const std::string& service);

    std::filesystem::path folder;
    std::vector<ContainerText> containers;
    std::vector<std::string> restarted; ///< services, in the order in which they were
    /// Runs in place of a restart; the default does what Docker does.
    std::function<Result<ExecResult>(ContainerText&)> onRestart;
    std::function<Result<ExecResult>(const ExecRequest&)> onCommand; ///< any other
    HeardEvents sink;
    ReconcileOrder order;
    ReconcileWatch watch;
    Fleet fleet;
    Host host;
    Cancel cancel;
    ScriptedTransport transport;

    static Result<ExecResult> restartNow(ContainerText& container);

private:
    Result<ExecResult> answer(const ExecRequest& request, const Deadline& deadline, const Cancel& cancel);
    ContainerText* containerOf(const std::string& command);
};

} // namespace inodeck::test
