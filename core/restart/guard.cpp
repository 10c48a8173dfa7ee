#include <algorithm>

#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck {

namespace {

GuardCheck check(std::string what, bool passed, std::string detail) {
    return {std::move(what), passed, passed ? std::string{} : std::move(detail)};
}

GuardCheck sameContainer(const RestartPlan& plan, const HostScan& now) {
    const std::string what = "The container is the one that was looked at";
    if (now.rows.empty())
        return check(what, false, "It is gone, or has no bind mount any more; scan again.");
    const Container& container = now.rows.front().observation.container;
    const bool same = container.id == plan.container.id && container.startedAt == plan.container.startedAt &&
                      container.pid == plan.container.pid;
    return check(what, same, "It was restarted since then, perhaps by somebody else; scan again.");
}

std::string whySourceIsBad(const Observation& o) {
    const std::string path = printable(o.source);
    if (!o.hostSide.problem.empty())
        return path + ": " + o.hostSide.problem + " What cannot be seen is not restarted.";
    if (o.hostSide.missing)
        return path +
               " does not exist on the host: the restart would fail, or Docker would make a directory there. "
               "Restore it first.";
    const Facts& host = *o.hostSide.facts;
    if (!o.containerSide.facts)
        return {};
    const Facts& inside = *o.containerSide.facts;
    if (host.type != inside.type)
        return path + " is a " + std::string(toString(host.type)) + " now, and the container mounted a " +
               std::string(toString(inside.type)) + ": the restart would fail. Restore it first.";
    if (host.type == FileType::Regular && host.size == 0 && inside.size > 0)
        return path + " is empty on the host, and the container runs on " + std::to_string(inside.size) +
               " bytes: a deploy that was cut off? Restore it first.";
    return {};
}

} // namespace

std::vector<GuardCheck> guard(const RestartPlan& plan, const HostScan& scan) {
    std::vector<GuardCheck> checks;
    if (scan.status != HostStatus::Ok) {
        checks.push_back(check("The host can be observed", false, scan.error.message));
        return checks;
    }
    HostScan now = scan; // may be one of the whole host
    std::erase_if(now.rows,
                  [&](const Row& row) { return row.observation.container.id != plan.container.id; });
    checks.push_back(sameContainer(plan, now));
    const bool running = !now.rows.empty() && now.rows.front().observation.container.running;
    checks.push_back(check("It is running", running,
                           "It is not running: nothing reads this config. Start it instead (docker start, "
                           "docker compose up -d)."));
    std::string bad;
    for (const Row& row : now.rows)
        if (bad.empty())
            bad = whySourceIsBad(row.observation);
    checks.push_back(
        check("Every mount's source is there, of the right type, and not suddenly empty", bad.empty(), bad));
    return checks;
}

} // namespace inodeck
