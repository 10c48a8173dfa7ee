#include "core/reconcile/decision.h"

#include <algorithm>

#include "core/base/text.h"

namespace inodeck {

namespace {

bool speaksOf(const Service& service, const Observation& o) {
    return service.configPaths.empty() ||
           std::any_of(service.configPaths.begin(), service.configPaths.end(),
                       [&](const std::string& path) { return path == o.destination || path == o.source; });
}

/// The first path that no mount has; what was not looked at is never in sync.
const std::string* unmounted(const std::vector<Row>& rows, const Service& service) {
    const auto missing =
        std::find_if(service.configPaths.begin(), service.configPaths.end(), [&](const std::string& path) {
            return std::none_of(rows.begin(), rows.end(), [&](const Row& row) {
                return path == row.observation.destination || path == row.observation.source;
            });
        });
    return missing == service.configPaths.end() ? nullptr : &*missing;
}

/// Evidence of the process itself comes before what a side file remembers; neither overrides the inode.
Judgement settled(const Row& row, const Hints& hints) {
    const std::string& destination = row.observation.destination;
    const Judgement& measured = row.judgement;
    const auto asked = hints.loaded.find(destination);
    const Loaded loaded = asked == hints.loaded.end() ? Loaded::NotAsked : asked->second.loaded;
    if (measured.verdict == Verdict::ChangedSinceStart) {
        if (loaded == Loaded::Yes)
            return {Verdict::InSync,
                    "It changed in place after the start, and the process has loaded it: " +
                        asked->second.how,
                    std::nullopt};
        if (loaded == Loaded::No)
            return {Verdict::NotLoaded,
                    "It changed in place, and the process has not loaded it: " + asked->second.how,
                    measured.since};
    }
    const bool sameInode = measured.verdict == Verdict::ChangedSinceStart ||
                           measured.verdict == Verdict::InSync || measured.verdict == Verdict::NotLoaded;
    const auto known = hints.baselines.find(destination);
    Judgement judgement =
        sameInode && known != hints.baselines.end() ? judge(row.observation, known->second) : measured;
    if (loaded == Loaded::Unanswered && judgement.verdict == Verdict::ChangedSinceStart)
        judgement.reason += " Asking the process gave no answer: " + asked->second.how;
    return judgement;
}

bool callsFor(const Row& row, const Service& service, const DecideOptions& options) {
    switch (row.judgement.verdict) {
    case Verdict::StaleInode:
        return true;
    case Verdict::NotLoaded:
    case Verdict::ChangedSinceStart:
        return service.reload == ReloadPolicy::Restart;
    case Verdict::DetachedInode:
        return options.detached;
    default:
        return false;
    }
}

bool isGone(const Row& row) {
    return row.judgement.verdict == Verdict::SourceMissing ||
           row.judgement.verdict == Verdict::SourceTypeChanged;
}

std::string sentence(const Row& row) {
    return printable(row.observation.destination) + ": " + row.judgement.reason;
}

Decision of(Action action, const Row& row, std::vector<Row> rows, const std::string& more = {}) {
    return {action, row.judgement.verdict, sentence(row) + more, std::move(rows)};
}

const Row* firstOf(const std::vector<Row>& rows, const auto& condition) {
    const auto found = std::find_if(rows.begin(), rows.end(), condition);
    return found == rows.end() ? nullptr : &*found;
}

/// What stands in the way of a restart that `cause` calls for, among all mounts of the container.
std::optional<Decision> obstacle(const std::vector<Row>& all, const std::vector<Row>& counted) {
    if (const Row* gone = firstOf(all, isGone))
        return of(Action::Refuse, *gone, counted, " A restart that is called for would be an outage.");
    const Row* unseen =
        firstOf(all, [](const Row& row) { return !row.observation.hostSide.problem.empty(); });
    if (unseen)
        return of(Action::Unknown, *unseen, counted, " What cannot be seen is not restarted.");
    return std::nullopt;
}

Decision withoutCall(std::vector<Row> counted, const Service& service) {
    const auto is = [](Verdict verdict) {
        return [verdict](const Row& row) { return row.judgement.verdict == verdict; };
    };
    if (const Row* unknown = firstOf(counted, is(Verdict::Unknown)))
        return of(Action::Unknown, *unknown, counted);
    if (const Row* stopped = firstOf(counted, is(Verdict::NotRunning)))
        return of(Action::Leave, *stopped, counted);
    if (const Row* detached = firstOf(counted, is(Verdict::DetachedInode)))
        return of(Action::Leave, *detached, counted);
    if (service.reload == ReloadPolicy::Live)
        if (const Row* live = firstOf(counted, [](const Row& row) { return isDrift(row.judgement.verdict); }))
            return of(Action::None, *live, counted, " The service reads it at each use.");
    return {Action::None, Verdict::InSync, "Every config of it is in sync.", std::move(counted)};
}

} // namespace

std::string_view toString(Action action) {
    switch (action) {
    case Action::None:
        return "none";
    case Action::Restart:
        return "restart";
    case Action::Leave:
        return "leave";
    case Action::Refuse:
        return "refuse";
    case Action::Unknown:
        break;
    }
    return "unknown";
}

std::vector<Row> countedRows(const std::vector<Row>& rows, const Service& service) {
    std::vector<Row> counted;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(counted),
                 [&](const Row& row) { return speaksOf(service, row.observation); });
    return counted;
}

Decision decide(const std::vector<Row>& rows, const Service& service, const Hints& hints,
                const DecideOptions& options) {
    std::vector<Row> counted = countedRows(rows, service);
    for (Row& row : counted)
        row.judgement = settled(row, hints);
    std::stable_sort(counted.begin(), counted.end(),
                     [](const Row& a, const Row& b) { return a.judgement.verdict < b.judgement.verdict; });
    if (const std::string* path = unmounted(rows, service))
        return {Action::Unknown, Verdict::Unknown,
                "No bind mount of it has the source or destination " + printable(*path) + ".",
                std::move(counted)};
    if (counted.empty())
        return {Action::Unknown, Verdict::Unknown, "It has no bind mount.", {}};
    if (const Row* gone = firstOf(counted, isGone))
        return of(Action::Refuse, *gone, counted);
    const Row* calling = firstOf(counted, [&](const Row& row) { return callsFor(row, service, options); });
    if (!calling)
        return withoutCall(std::move(counted), service);
    if (auto refused = obstacle(rows, counted))
        return *refused;
    return of(Action::Restart, *calling, counted);
}

} // namespace inodeck
