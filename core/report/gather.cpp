#include "core/report/gather.h"

#include <algorithm>

#include "core/audit/log_check.h"
#include "core/base/mask.h"
#include "core/scan/both_sides.h"

namespace inodeck::report {

namespace {

constexpr std::size_t MaxRecords = 500;

/// A diff can say something: both sides are files that could be read, and something is not in sync.
bool wantsDiff(const IncidentMount& mount) {
    const Observation& o = mount.row.observation;
    return isDrift(mount.row.judgement.verdict) && o.hostSide.facts && o.containerSide.facts &&
           o.hostSide.facts->type == FileType::Regular && o.containerSide.facts->type == FileType::Regular;
}

bool isSecret(const IncidentMount& mount, const Host* host) {
    const Observation& o = mount.row.observation;
    return isSecretFile(o.source) || isSecretFile(o.destination) ||
           (host && host->keepsSecret(o.container.label()));
}

void readDiff(IncidentMount& mount, const Host& host, SessionPool& sessions, const GatherOptions& options,
              const Cancel& cancel) {
    const auto both = readBoth(sessions, host, mount.row.observation, options.maxSide, cancel);
    if (!both) {
        mount.noDiff = both.error().message;
        return;
    }
    SideBySideOptions how;
    how.secretFile = mount.secret;
    how.stop = [&] { return cancel.requested(); };
    mount.diff = sideBySide(both->container.bytes, both->host.bytes, how);
    if (both->container.truncated || both->host.truncated)
        mount.noDiff = "only the first " + std::to_string(options.maxSide) +
                       " bytes of each side were read; what follows is of these.";
}

void readDiffs(Incident& incident, SessionPool& sessions, const std::vector<Host>& hosts,
               const GatherOptions& options, const Cancel& cancel) {
    std::vector<std::pair<IncidentMount*, const Host*>> wanted;
    for (IncidentMount& mount : incident.mounts) {
        const auto host =
            std::find_if(hosts.begin(), hosts.end(), [&](const Host& one) { return one.name == mount.host; });
        mount.secret = isSecret(mount, host == hosts.end() ? nullptr : &*host);
        if (!options.diffs || !wantsDiff(mount) || host == hosts.end())
            continue;
        if (host->keepsSecret(mount.row.observation.container.label()))
            mount.noDiff = "the fleet file says that this service is secret.";
        else if (wanted.size() < options.maxDiffs)
            wanted.emplace_back(&mount, &*host);
        else
            mount.noDiff = "only the first " + std::to_string(options.maxDiffs) + " of a report are read.";
    }
    for (std::size_t i = 0; i < wanted.size() && !cancel.requested(); ++i) {
        if (options.progress)
            options.progress(i, wanted.size());
        readDiff(*wanted[i].first, *wanted[i].second, sessions, options, cancel);
    }
}

bool isAbout(const Incident& incident, const AuditTarget& target) {
    return std::any_of(incident.mounts.begin(), incident.mounts.end(), [&](const IncidentMount& mount) {
        const Container& c = mount.row.observation.container;
        const bool sameService = !target.service.empty() && target.project == c.project &&
                                 target.service == (c.service.empty() ? c.name : c.service);
        return target.vm == mount.host && (target.containerId == c.id.hex() || sameService);
    });
}

void readRecords(Incident& incident, AuditReader& log, const Cancel& cancel) {
    RecordFilter filter;
    filter.types = {RecordType::Intent, RecordType::Outcome, RecordType::Recovered, RecordType::Refused};
    filter.since = incident.generatedAt - incident.log.period;
    filter.newestFirst = true;
    const auto read = log.each(filter, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        if (!record || !isAbout(incident, record->draft.target))
            return !cancel.requested();
        incident.log.recordsLeftOut = incident.log.records.size() == MaxRecords;
        if (!incident.log.recordsLeftOut)
            incident.log.records.push_back({Sha256::of(stored.line).hex(), *record});
        return !incident.log.recordsLeftOut && !cancel.requested();
    });
    if (!read)
        incident.log.error = read.error().message;
    std::reverse(incident.log.records.begin(), incident.log.records.end());
}

void readLog(Incident& incident, const GatherOptions& options, const Cancel& cancel) {
    const auto log = openAuditReader(options.auditWhere);
    if (!log) {
        incident.log.error = log.error().message;
        return;
    }
    incident.log.location = (*log)->location();
    readRecords(incident, **log, cancel);
    const auto checked = LogCheck(options.auditWhere).run(true, cancel);
    if (checked)
        incident.log.check = *checked;
    else
        incident.log.error = checked.error().message;
}

} // namespace

Result<void> gather(Incident& incident, SessionPool& sessions, const std::vector<Host>& hosts,
                    const GatherOptions& options, const Cancel& cancel) {
    readDiffs(incident, sessions, hosts, options, cancel);
    if (!cancel.requested())
        readLog(incident, options, cancel);
    if (cancel.requested())
        return fail(ErrorCode::Cancelled, "The report was cancelled.");
    return {};
}

} // namespace inodeck::report
