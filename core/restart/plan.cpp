#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/probe/docker_command.h"
#include "core/restart/proof.h"
#include "core/restart/restart.h"

namespace inodeck {

namespace {

constexpr std::size_t MaxCandidates = 12;

bool isIdPrefix(const std::string& text) {
    return text.size() >= 12 && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool matches(const Container& container, const std::string& selector) {
    if (container.name == selector)
        return true;
    if (!container.project.empty() && !container.service.empty() &&
        container.project + "/" + container.service == selector)
        return true;
    return isIdPrefix(selector) && container.id.hex().starts_with(selector);
}

/// Two different services under one selector: a name that is also "project/service" of another container.
bool ambiguous(const std::vector<RestartPlan>& plans) {
    return std::any_of(plans.begin(), plans.end(), [&](const RestartPlan& plan) {
        return plan.container.label() != plans.front().container.label();
    });
}

std::string candidates(const HostScan& scan) {
    std::vector<std::string> names;
    for (const Row& row : scan.rows)
        names.push_back(row.observation.container.label());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), MaxCandidates); ++i)
        text += (i ? ", " : "") + printable(names[i]);
    if (names.size() > MaxCandidates)
        text += ", and " + std::to_string(names.size() - MaxCandidates) + " more";
    return text.empty() ? "it has no container with a bind mount" : "it has " + text;
}

std::vector<std::string> dependentsOf(const Container& container, const HostScan& scan) {
    std::vector<std::string> services;
    for (const Row& row : scan.rows) {
        const Container& other = row.observation.container;
        const bool depends = other.project == container.project && !container.service.empty() &&
                             std::find(other.dependsOn.begin(), other.dependsOn.end(), container.service) !=
                                 other.dependsOn.end();
        if (depends && std::find(services.begin(), services.end(), other.service) == services.end())
            services.push_back(other.service);
    }
    return services;
}

} // namespace

std::vector<std::string> restartArguments(const ContainerId& id, std::chrono::seconds stopTimeout) {
    return {"restart", "-t", std::to_string(stopTimeout.count()), id.hex()};
}

std::vector<std::string> restartArgv(const RestartPlan& plan, std::chrono::seconds stopTimeout) {
    return dockerArgv(plan.host.docker, plan.access.level, restartArguments(plan.container.id, stopTimeout));
}

std::vector<std::string> restartArgv(const RestartPlan& plan, const RestartOrder& order) {
    return order.command.empty() ? restartArgv(plan, order.stopTimeout)
                                 : dockerArgv(order.command, plan.access.level, {});
}

Result<std::vector<RestartPlan>> planRestarts(const Host& host, const HostScan& scan,
                                              const std::string& selector) {
    if (scan.status != HostStatus::Ok)
        return tl::unexpected(scan.error);
    std::map<ContainerId, RestartPlan> byId;
    for (const Row& row : scan.rows) {
        const Container& container = row.observation.container;
        if (!matches(container, selector))
            continue;
        RestartPlan& plan = byId[container.id];
        plan.container = container;
        plan.rows.push_back(row);
        if (callsForRestart(row.judgement.verdict))
            plan.causes.push_back(printable(row.observation.destination) + ": " + row.judgement.reason);
    }
    std::vector<RestartPlan> plans;
    for (auto& [id, plan] : byId) {
        plan.host = host;
        plan.peer = scan.peer;
        plan.access = scan.access;
        plan.machineId = scan.machineId;
        plan.argv = restartArgv(plan, RestartOrder{}.stopTimeout);
        plan.dependents = dependentsOf(plan.container, scan);
        plans.push_back(std::move(plan));
    }
    if (plans.empty())
        return fail(ErrorCode::NotFound, "No container '" + printable(selector) + "' with a bind mount on " +
                                             printable(host.name) + ": " + candidates(scan) + ".");
    if (ambiguous(plans))
        return fail(ErrorCode::Usage, "'" + printable(selector) + "' names several containers on " +
                                          printable(host.name) +
                                          "; give a container id: " + candidates(scan) + ".");
    return plans;
}

} // namespace inodeck
