#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/sha256.h"
#include "core/base/time.h"

namespace inodeck {

enum class EventType { ConfigRestart, ConfigDrift };
/// "deployment.config_restart", "deployment.config_drift".
std::string_view toString(EventType type);

enum class EventStatus { InProgress, Success, Failed, Found };
/// "in_progress", "success", "failed"; a drift that was left alone is "found".
std::string_view toString(EventStatus status);

/// One line of the deployment stream: values of what happened, no secrets; bytes that are not UTF-8 are made
/// printable when it is written.
struct Event {
    EventType type = EventType::ConfigRestart;
    EventStatus status = EventStatus::InProgress;
    TimePoint time{};
    std::string message; ///< one sentence
    std::string opId;    ///< of the audit log; with `status` it identifies the event
    std::string host;
    std::string env;     ///< of the host; empty: the sink's label
    std::string service; ///< PROJECT/SERVICE
    std::string containerId;
    std::string configPath;
    std::string verdict;
    std::optional<Sha256> oldSha256; ///< what the process ran on
    std::optional<Sha256> newSha256; ///< what the host has
    std::string commit;              ///< GITHUB_SHA
    std::string actor;               ///< GITHUB_ACTOR, or the account
    std::optional<std::uint64_t> durationMs;
    std::string checkpoint; ///< signed note of the audit log, this outcome included
};

/// One line of JSON without LF, keys as in docs/events.md.
std::string eventLine(const Event& event);

} // namespace inodeck
