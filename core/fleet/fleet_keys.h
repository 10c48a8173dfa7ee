#pragma once

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fleet/fleet.h"

/// The words of a fleet file. resources/inodeck.schema.json and docs/fleet-file.md have the same; a test
/// compares.
namespace inodeck::keys {

using Keys = std::vector<std::string_view>;

inline const Keys Top{"defaults", "hosts", "services", "events", "audit", "max_restarts"};
inline const Keys Defaults{"env", "protected", "docker", "deadline", "hash_limit", "health_timeout"};
inline const Keys HostOf{"name",   "address",   "user",   "local",    "env",
                         "groups", "protected", "docker", "deadline", "hash_limit"};
inline const Keys ServiceOf{"project",  "service", "hosts",          "config_paths", "hash_file", "restart",
                            "validate", "reload",  "health_timeout", "secret",       "loaded"};
inline const Keys Loaded{"preset", "answer", "command", "url", "metric", "success", "expect"};
inline const Keys Events{"file", "loki", "labels"};
inline const Keys Loki{"url", "user", "api_key"};
inline const Keys Labels{"app", "env"};

template <typename T> using Choices = std::vector<std::pair<std::string_view, T>>;

inline const Choices<ReloadPolicy> Reload{{"restart", ReloadPolicy::Restart}, {"live", ReloadPolicy::Live}};
inline const Choices<LoadedCheck::Answer> Answer{{"loaded_at", LoadedCheck::Answer::LoadedAt},
                                                 {"sha256", LoadedCheck::Answer::Sha256},
                                                 {"contains", LoadedCheck::Answer::Contains},
                                                 {"json", LoadedCheck::Answer::Json}};
/// What these servers say on their usual ports; `url` and the other keys of the file win.
inline const Choices<LoadedCheck> Preset{
    {"alloy",
     {LoadedCheck::Answer::LoadedAt,
      {},
      "http://127.0.0.1:12345/metrics",
      "alloy_config_last_load_success_timestamp_seconds",
      "alloy_config_last_load_successful",
      {}}},
    {"prometheus",
     {LoadedCheck::Answer::LoadedAt,
      {},
      "http://127.0.0.1:9090/metrics",
      "prometheus_config_last_reload_success_timestamp_seconds",
      "prometheus_config_last_reload_successful",
      {}}},
    {"caddy", {LoadedCheck::Answer::Json, {}, "http://127.0.0.1:2019/config/", {}, {}, {}}},
};

} // namespace inodeck::keys
