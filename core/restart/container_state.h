#pragma once

#include <optional>
#include <string>

#include "core/restart/restart.h"

namespace inodeck {

/// What `docker inspect` says of one container right now.
struct ContainerState {
    bool running = false;
    bool restarting = false;
    std::optional<TimePoint> startedAt;
    std::int64_t restartCount = 0;
    std::string status;
    std::string health; ///< empty without a healthcheck
    std::optional<ContainerId> id;
};

/// What to look at: the plan's own container, or the one that bears its name now.
enum class Subject { SameId, SameName };

/// One round trip; repeated over a new connection if the kept one has died.
Result<ContainerState> lookAt(SessionPool& sessions, const RestartPlan& plan, Subject subject,
                              const Deadline& deadline, const Cancel& cancel);

/// Parses the one line that lookAt() asks for.
Result<ContainerState> parseContainerState(const std::string& line);

} // namespace inodeck
