#pragma once

#include <chrono>

#include "core/drift/verdict.h"

namespace inodeck::test {

using namespace std::chrono_literals;

/// When the containers of these tests were started; files that are older were there before.
inline const TimePoint Started = *parseRfc3339("2026-02-10T09:00:00Z");

inline Facts facts(FileType type = FileType::Regular, std::uint64_t inode = 11, const char* content = "new") {
    Facts f;
    f.type = type;
    f.dev = 2049;
    f.inode = inode;
    f.size = 3;
    f.ctime = Started - 1h;
    if (type == FileType::Regular)
        f.sha256 = Sha256::of(content);
    return f;
}

inline Side read(Facts f) {
    return Side{{}, false, f};
}

inline Side missing() {
    return Side{{}, true, std::nullopt};
}

inline Side unreadable(const char* why = "the account may not read it.") {
    return Side{why, false, std::nullopt};
}

/// A running container with one mount, the same inode on both sides and older than the container.
inline Observation observation(Side host = read(facts()), Side inside = read(facts())) {
    Observation o;
    o.container.id = *ContainerId::parse(std::string(64, 'a'));
    o.container.name = "alloy";
    o.container.status = "running";
    o.container.running = true;
    o.container.pid = 4711;
    o.container.startedAt = Started;
    o.container.processStart = Started - 5ms;
    o.source = "/srv/alloy/config.alloy";
    o.destination = "/etc/alloy/config.alloy";
    o.hostSide = std::move(host);
    o.containerSide = std::move(inside);
    o.kind = o.containerSide.facts ? o.containerSide.facts->type : FileType::Regular;
    return o;
}

} // namespace inodeck::test
