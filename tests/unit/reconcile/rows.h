#pragma once

#include "core/reconcile/decision.h"

namespace inodeck::test {

inline const TimePoint Started{std::chrono::seconds{1'000'000'000}};

inline Side side(std::uint64_t inode, const std::string& content, std::chrono::seconds afterStart) {
    Facts facts;
    facts.inode = inode;
    facts.size = content.size();
    facts.ctime = Started + afterStart;
    facts.sha256 = Sha256::of(content);
    return {{}, false, facts};
}

/// A mount that is in sync unless it is changed afterwards; judged by judged().
inline Observation mount(const std::string& destination = "/etc/app.conf") {
    Observation o;
    o.container.id = *ContainerId::parse(std::string(64, 'a'));
    o.container.name = "shop_app_1";
    o.container.project = "shop";
    o.container.service = "app";
    o.container.running = true;
    o.container.startedAt = o.container.processStart = Started;
    o.source = "/srv" + destination;
    o.destination = destination;
    o.hostSide = o.containerSide = side(1, "old", -std::chrono::hours{1});
    return o;
}

inline Observation replaced(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide = side(2, "new", std::chrono::hours{1});
    return o;
}

inline Observation detached(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide = side(2, "old", std::chrono::hours{1});
    return o;
}

inline Observation editedInPlace(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide = o.containerSide = side(1, "new", std::chrono::hours{1});
    return o;
}

inline Observation missing(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide = {{}, true, std::nullopt};
    return o;
}

inline Observation retyped(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide.facts->type = FileType::Directory;
    o.hostSide.facts->sha256.reset();
    return o;
}

inline Observation unreadable(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.hostSide = {"permission denied.", false, std::nullopt};
    return o;
}

inline Observation unreadableInside(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.containerSide = {"no shell.", false, std::nullopt};
    return o;
}

inline Observation stopped(const std::string& destination = "/etc/app.conf") {
    Observation o = mount(destination);
    o.container.running = false;
    o.containerSide = {};
    return o;
}

inline std::vector<Row> judged(const std::vector<Observation>& observations) {
    std::vector<Row> rows;
    for (const Observation& o : observations)
        rows.push_back({o, judge(o)});
    return rows;
}

} // namespace inodeck::test
