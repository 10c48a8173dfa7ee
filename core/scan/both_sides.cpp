#include "core/scan/both_sides.h"

namespace inodeck {

Result<BothSides> readBoth(SessionPool& sessions, const Host& host, const Observation& observation,
                           std::uint64_t limit, const Cancel& cancel) {
    const Deadline deadline = Deadline::after(host.deadline);
    const ProbeOptions options{host.docker, host.hashLimit, {}};
    BothSides both;
    const auto read = [&](Session& session, SideName side, SideContent& content) -> Result<void> {
        auto answer = readSide(session, options, observation, side, limit, deadline, cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        content = std::move(*answer);
        return {};
    };
    const auto done = sessions.with(host, deadline, cancel, true, [&](Session& session) {
        const auto first = read(session, SideName::Container, both.container);
        return first ? read(session, SideName::Host, both.host) : first;
    });
    return done ? Result<BothSides>(std::move(both)) : tl::unexpected(done.error());
}

} // namespace inodeck
