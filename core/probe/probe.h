#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/drift/observation.h"
#include "core/transport/transport.h"

namespace inodeck {

/// The rung of the privilege ladder on which the probe stood.
enum class AccessLevel { Root, Sudo, DockerGroup, None };
/// "root", "sudo", "docker_group", "none".
std::string_view toString(AccessLevel level);

struct Access {
    AccessLevel level = AccessLevel::None;
    std::string user;    ///< remote account before any sudo
    std::string missing; ///< what is lacking and what to grant, one sentence; empty at Root and Sudo
    bool root = false;   ///< it can act as root, even where Docker does not answer (None)
};

struct Runtime {
    std::string name;    ///< "docker" or "podman"
    std::string version; ///< of the engine
};

/// What the machine runs; empty where it does not say.
struct System {
    std::string os;     ///< "Debian GNU/Linux 12 (bookworm)"
    std::string kernel; ///< "6.1.0-18-amd64"
    std::optional<std::chrono::seconds> uptime;
};

struct ProbeOptions {
    std::vector<std::string> docker{"docker"};
    std::uint64_t hashLimit = std::uint64_t{4} << 20; ///< bytes
    std::vector<ContainerId> only;                    ///< empty: all containers
};

struct ProbeReport {
    Access access;
    Runtime runtime;
    System system;
    std::string machineId; ///< /etc/machine-id, or empty
    std::vector<Observation>
        observations; ///< one per bind mount, in the order of the containers' names, then destinations
    std::vector<ContainerId>
        raced; ///< containers that restarted while they were read; their rows are unknown
    std::vector<std::string> warnings; ///< printable sentences
};

/// The command line and the script for its stdin. The script holds no data but the options.
ExecRequest probeRequest(const ProbeOptions& options);
/// Parses the probe's stdout, which is hostile: any byte sequence gives a report or an Error, never a crash,
/// never in_sync by accident.
Result<ProbeReport> parseProbe(std::string_view output);

/// Runs the probe, parses, and reads raced containers again (at most twice).
Result<ProbeReport> probe(Session& session, const ProbeOptions& options, const Deadline& deadline,
                          const Cancel& cancel);

enum class SideName { Host, Container };

/// Content of one side of a regular-file mount, for diffs: the same identity checks as the probe's.
struct SideContent {
    std::string bytes;
    bool truncated = false; ///< longer than `limit`
};
Result<SideContent> readSide(Session& session, const ProbeOptions& options, const Observation& observation,
                             SideName side, std::uint64_t limit, const Deadline& deadline,
                             const Cancel& cancel);

} // namespace inodeck
