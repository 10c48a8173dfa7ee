#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "core/transport/local_transport.h"
#include "tests/unit/audit_crash/file_vm.h"

// audit_driver append|restart LOG ACTIONS REASON: what a program does around the log, to be run under strace.
// Says "kept SEQ ID" or "error SENTENCE" of the append, "end STATUS TEXT" of the restart. Calls between two
// marks belong to what the mark before names.

namespace inodeck {
namespace {

/// Seen in a trace as the opening of a file that does not exist.
void mark(const std::string& what) {
    ::openat(AT_FDCWD, ("/mark/" + what).c_str(), O_RDONLY);
}

int append(AuditStore& store, const std::string& reason) {
    RecordDraft draft;
    draft.type = RecordType::Refused;
    draft.opId = newUuid();
    draft.reason = reason;
    mark("append");
    const auto kept = store.append(draft, Deadline::after(std::chrono::seconds{5}));
    mark("end");
    if (kept)
        std::printf("kept %llu %s\n", static_cast<unsigned long long>(kept->seq), kept->id.c_str());
    else
        std::printf("error %s\n", kept.error().message.c_str());
    return kept ? 0 : 1;
}

int restart(AuditStore& store, const std::string& actions, const std::string& reason) {
    test::FileVm vm(actions, reason);
    LocalTransport local;
    vm.onRestart = [&](const ExecRequest& request, const Deadline& deadline,
                       const Cancel& cancel) -> Result<ExecResult> {
        auto session = local.connect({"local", true}, deadline, cancel);
        return session ? (*session)->exec(request, deadline, cancel) : tl::unexpected(session.error());
    };
    const auto result = test::restartOnce(vm, store, reason, [](const StepEvent& event) {
        if (event.state == StepState::Running)
            mark(std::string(toString(event.step)));
    });
    mark("end");
    std::printf("end %s %s\n", std::string(toString(result.status)).c_str(), result.text.c_str());
    return 0;
}

int run(const std::string& what, const std::string& log, const std::string& actions,
        const std::string& reason) {
    auto store = openAuditStore(log);
    if (!store) {
        std::printf("error %s\n", store.error().message.c_str());
        return 1;
    }
    return what == "append" ? append(**store, reason) : restart(**store, actions, reason);
}

} // namespace
} // namespace inodeck

int main(int argc, char** argv) {
    if (argc != 5)
        return 2;
    std::signal(SIGPIPE, SIG_IGN);
    const int status = inodeck::run(argv[1], argv[2], argv[3], argv[4]);
    std::fflush(stdout);
    ::_exit(status);
}
