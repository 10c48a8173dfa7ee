#include "core/transport/local_transport.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

#include "core/transport/child_process.h"

namespace inodeck {
namespace {

std::string userName() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return found->pw_name;
    return std::to_string(::geteuid());
}

/// Every exec is a process of its own, so there is nothing that could die in between.
class LocalSession final : public Session {
public:
    Result<ExecResult> exec(const ExecRequest& request, const Deadline& deadline,
                            const Cancel& cancel) override {
        return runProcess({"/bin/sh", "-c", request.command}, request.input, request.maxOutput,
                          "A command on this machine", deadline, cancel);
    }
    bool alive() const override { return true; }
    PeerInfo peer() const override { return {"local", userName(), {}}; }
};

} // namespace

Result<std::unique_ptr<Session>> LocalTransport::connect(const Endpoint&, const Deadline&,
                                                         const Cancel& cancel) {
    if (cancel.requested())
        return fail(ErrorCode::Cancelled, "Stopped before anything was run on this machine.");
    return std::make_unique<LocalSession>();
}

} // namespace inodeck
