#pragma once

#include "core/scan/scan.h"

namespace inodeck::test {

inline const std::string Hostile = "<b>bold</b>&amp;\x1b[31m\n\xe2\x80\xae"
                                   "evil\xff";

/// One row of a scan, judged by the real judge: both sides have the same inode and hash unless told
/// otherwise.
inline Row rowOf(const std::string& name, const std::string& hostText = "same",
                 const std::string& insideText = "same") {
    const auto side = [](const std::string& text) {
        Facts facts;
        facts.dev = 65024;
        facts.inode = 1000 + text.size();
        facts.size = text.size();
        facts.ctime = TimePoint(std::chrono::hours{24 * 365 * 50});
        facts.sha256 = Sha256::of(text);
        Side made;
        made.facts = facts;
        return made;
    };
    Row row;
    Observation& o = row.observation;
    o.container.id = *ContainerId::parse(Sha256::of(name).hex());
    o.container.name = name;
    o.container.image = "image:" + name;
    o.container.status = "running";
    o.container.running = true;
    o.container.startedAt = TimePoint(std::chrono::hours{24 * 365 * 51});
    o.source = "/srv/" + name + ".conf";
    o.destination = "/etc/" + name + ".conf";
    o.mountRoot = o.source;
    o.hostSide = side(hostText);
    o.containerSide = side(insideText);
    row.judgement = judge(o);
    return row;
}

inline HostScan scanOf(const std::string& host, std::vector<Row> rows) {
    HostScan scan;
    scan.host = host;
    scan.status = HostStatus::Ok;
    scan.rows = std::move(rows);
    return scan;
}

inline HostScan failedScan(const std::string& host, ErrorCode code, const std::string& message) {
    HostScan scan;
    scan.host = host;
    scan.error = {code, message};
    return scan;
}

} // namespace inodeck::test
