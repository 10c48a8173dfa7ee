#include "core/reconcile/survey.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/reconcile/hash_file.h"
#include "core/reconcile/loaded.h"
#include "core/reconcile/order.h"

namespace inodeck {

namespace {

Service withWords(Service service, const ServiceWords& words) {
    if (!words.configPaths.empty())
        service.configPaths = words.configPaths;
    if (!words.hashFile.empty())
        service.hashFile = words.hashFile;
    if (!words.restart.empty())
        service.restart = words.restart;
    service.healthTimeout = words.healthTimeout.value_or(service.healthTimeout);
    return service;
}

struct Found {
    Item item;
    std::vector<Row> rows; ///< all mounts of it
    std::size_t rank = OrderKey::Unranked;
};

/// What the fleet file says of it, and the command line.
void describe(Found& found, const Scope& scope, const Host& host) {
    const Container& c = found.item.container;
    if (scope.fleet) {
        const Service* entry =
            findService(*scope.fleet, host, c.project, c.service.empty() ? c.name : c.service);
        found.item.service = entry ? *entry : scope.fleet->serviceDefaults;
        if (entry)
            found.rank = static_cast<std::size_t>(entry - scope.fleet->services.data());
    }
    if (scope.service)
        found.item.service = withWords(std::move(found.item.service), *scope.service);
}

std::vector<Found> containersOf(const Host& host, const HostScan& scan, const Scope& scope) {
    std::map<ContainerId, Found> byId;
    for (const Row& row : scan.rows) {
        const Container& container = row.observation.container;
        if (!isInScope(scope, container))
            continue;
        Found& found = byId[container.id];
        found.item.container = container;
        found.rows.push_back(row);
    }
    std::vector<Found> all;
    for (auto& [id, found] : byId) {
        describe(found, scope, host);
        all.push_back(std::move(found));
    }
    std::vector<OrderKey> keys;
    for (const Found& found : all) {
        const Container& c = found.item.container;
        keys.push_back({found.rank, c.project, c.service, c.name, c.dependsOn});
    }
    std::vector<Found> ordered;
    for (const std::size_t i : restartOrder(keys))
        ordered.push_back(std::move(all[i]));
    return ordered;
}

/// What the hash files say of what the processes started with.
void addBaselines(std::vector<Found>& all, const Host& host, const HostScan& scan, SessionPool& sessions,
                  HostReport& report, const Cancel& cancel) {
    std::vector<std::string> paths;
    std::vector<Found*> of;
    for (Found& found : all)
        if (const std::string& path = found.item.service.hashFile; !path.empty()) {
            paths.push_back(path);
            of.push_back(&found);
        }
    const auto files = readHashFiles(sessions, host, scan.access.level, paths, cancel);
    if (!files) {
        report.warnings.push_back(files.error().message + " The inodes and times decide.");
        return;
    }
    for (std::size_t i = 0; i < of.size(); ++i) {
        const Row* row = hashedRow(of[i]->rows, of[i]->item.service);
        if (!row)
            report.warnings.push_back(printable(of[i]->item.container.label()) +
                                      ": which config is the hash file of? Name it in config_paths.");
        else if (const auto hash = baselineOf((*files)[i], of[i]->item.container))
            of[i]->item.hints.baselines[row->observation.destination] = *hash;
        if (!(*files)[i].problem.empty())
            report.warnings.push_back("The hash file " + printable(paths[i]) + " is no use: " +
                                      (*files)[i].problem + ". The inodes and times decide.");
    }
}

/// Asked only where the answer can settle something.
void addLoaded(Found& found, const Host& host, const HostScan& scan, SessionPool& sessions,
               const Cancel& cancel) {
    const Service& service = found.item.service;
    if (!service.loaded)
        return;
    const bool oneFile = service.loaded->answer == LoadedCheck::Answer::Sha256 ||
                         service.loaded->answer == LoadedCheck::Answer::Json;
    const Row* hashed = hashedRow(found.rows, service);
    std::optional<Result<LoadedText>> answer;
    for (const Row& row : countedRows(found.rows, service)) {
        const std::string& destination = row.observation.destination;
        if (row.judgement.verdict != Verdict::ChangedSinceStart ||
            (oneFile && (!hashed || hashed->observation.destination != destination)))
            continue;
        if (!answer)
            answer = askLoaded(sessions, host, scan.access.level, *service.loaded, row.observation, cancel);
        found.item.hints.loaded[destination] =
            *answer ? judgeLoaded(*service.loaded, **answer, *row.observation.hostSide.facts)
                    : LoadedAnswer{Loaded::Unanswered, answer->error().message};
    }
}

ItemStatus statusOf(Action action) {
    switch (action) {
    case Action::None:
        return ItemStatus::InSync;
    case Action::Restart:
        return ItemStatus::Planned;
    case Action::Leave:
        return ItemStatus::Left;
    case Action::Refuse:
        return ItemStatus::Refused;
    case Action::Unknown:
        break;
    }
    return ItemStatus::Unknown;
}

std::vector<std::string> argvOf(const Item& item, const Host& host, const Access& access,
                                const Scope& scope) {
    RestartPlan plan;
    plan.host = host;
    plan.access = access;
    plan.container = item.container;
    RestartOrder order;
    order.stopTimeout = scope.stopTimeout;
    order.command = item.service.restart;
    return restartArgv(plan, order);
}

} // namespace

bool isInScope(const Scope& scope, const Container& c) {
    return scope.only.empty() ||
           std::any_of(scope.only.begin(), scope.only.end(), [&](const std::string& name) {
               return name == c.name || name == c.label() || (!c.service.empty() && name == c.service);
           });
}

const Row* hashedRow(const std::vector<Row>& rows, const Service& service) {
    const Row* only = nullptr;
    for (const Row& row : rows) {
        const Observation& o = row.observation;
        if (!service.configPaths.empty()) {
            const std::string& path = service.configPaths.front();
            if (path == o.destination || path == o.source)
                return &row;
        } else if (o.kind == FileType::Regular) {
            if (only)
                return nullptr;
            only = &row;
        }
    }
    return only;
}

HostReport survey(const Host& host, const HostScan& scan, const Scope& scope, SessionPool& sessions,
                  const Cancel& cancel) {
    HostReport report;
    report.host = host;
    report.observed = scan.status == HostStatus::Ok;
    report.error = scan.error;
    report.access = scan.access.level;
    report.warnings = scan.warnings;
    if (!report.observed)
        return report;
    std::vector<Found> all = containersOf(host, scan, scope);
    addBaselines(all, host, scan, sessions, report, cancel);
    for (Found& found : all) {
        addLoaded(found, host, scan, sessions, cancel);
        Item& item = found.item;
        item.decision = decide(found.rows, item.service, item.hints, scope.decide);
        item.status = statusOf(item.decision.action);
        item.text = item.decision.cause;
        if (item.status == ItemStatus::Planned)
            item.argv = argvOf(item, host, scan.access, scope);
        report.items.push_back(std::move(item));
    }
    return report;
}

} // namespace inodeck
