#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/container_id.h"
#include "core/base/sha256.h"
#include "core/base/time.h"

namespace inodeck {

/// What stat(2) says that a path is, links followed.
enum class FileType { Regular, Directory, Socket, Fifo, CharDevice, BlockDevice, Other };
/// "file", "directory", "socket", "fifo", "char_device", "block_device", "other": the words of the JSON
/// schema.
std::string_view toString(FileType type);

/// What was read of one side of a mount.
struct Facts {
    FileType type = FileType::Regular;
    std::uint64_t dev = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0; ///< bytes
    TimePoint ctime{};
    std::optional<Sha256> sha256; ///< regular files up to the limit only
    bool overLimit = false;       ///< too large to hash: the inode decides
    bool operator==(const Facts&) const = default;
};

/// One side: could not be read (`problem` says why), was seen to be missing, or was read (`facts`).
struct Side {
    std::string problem;        ///< non-empty: nothing is known of this side
    bool missing = false;       ///< the path does not exist
    std::optional<Facts> facts; ///< set when neither of the above
    bool operator==(const Side&) const = default;
};

struct Container {
    ContainerId id;
    std::string name;  ///< without Docker's leading slash
    std::string image; ///< as the container was created with it
    std::string imageId;
    std::string project; ///< label com.docker.compose.project, or empty
    std::string service; ///< label com.docker.compose.service, or empty
    std::vector<std::string>
        dependsOn; ///< services that this one depends on (label com.docker.compose.depends_on)
    std::vector<std::string> ports; ///< published ports, "0.0.0.0:80->80/tcp"
    std::string status;             ///< Docker's State.Status: running, exited, restarting, …
    std::string health;             ///< healthy, unhealthy, starting; empty without a healthcheck
    std::string restartPolicy;
    std::string composeWorkingDir;         ///< label com.docker.compose.project.working_dir, or empty
    std::vector<std::string> composeFiles; ///< label com.docker.compose.project.config_files
    std::int64_t pid = 0;
    std::optional<TimePoint> startedAt;    ///< Docker's State.StartedAt
    std::optional<TimePoint> processStart; ///< of pid, from /proc; may lie a little before startedAt
    bool running = false;

    bool operator==(const Container&) const = default;
    /// "project/service" for compose containers, else the name: how operators call it.
    std::string label() const { return project.empty() || service.empty() ? name : project + "/" + service; }
};

/// The facts of both sides of one bind mount at one time. Paths are bytes as Docker and the kernel have them.
struct Observation {
    Container container;
    std::string source;      ///< host path
    std::string destination; ///< container path, as Docker has it
    std::string mountRoot; ///< root field of the mountinfo line, unescaped ("…//deleted"); empty if not read
    FileType kind =
        FileType::Regular; ///< what was mounted: of the container's side where known, else the host's
    bool readOnly = false;
    Side hostSide;
    Side containerSide;
    bool operator==(const Observation&) const = default;
};

} // namespace inodeck
