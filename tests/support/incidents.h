#pragma once

#include "core/base/text.h"
#include "core/report/incident.h"

namespace inodeck::test {

inline Side sideText(const std::string& content, std::uint64_t inode) {
    Facts facts;
    facts.inode = inode;
    facts.size = content.size();
    facts.ctime = *parseRfc3339("2026-11-24T03:00:00Z");
    facts.sha256 = Sha256::of(content);
    Side side;
    side.facts = facts;
    return side;
}

inline report::IncidentMount staleMount(const std::string& name) {
    report::IncidentMount mount;
    mount.host = name;
    Observation& o = mount.row.observation;
    o.container.id = *ContainerId::parse(std::string(64, 'c'));
    o.container.name = o.container.service = o.container.project = o.container.image = name;
    o.container.running = true;
    o.container.startedAt = parseRfc3339("2026-11-23T03:00:00Z");
    o.source = o.destination = o.mountRoot = name;
    o.hostSide = sideText("new\n", 200);
    o.containerSide = sideText("old\n", 100);
    mount.row.judgement = judge(o);
    SideBySideOptions unmasked; // a name may look like a secret
    unmasked.reveal = true;
    mount.diff = sideBySide("same\n" + printable(name) + "\n", "same\nnew\n", unmasked);
    return mount;
}

/// `name` wherever something comes from outside: one stale mount, one in sync, a host that was not observed,
/// a restart with its records.
inline report::Incident incidentWith(const std::string& name) {
    report::Incident incident;
    incident.generatedAt = *parseRfc3339("2026-11-24T05:30:00Z");
    incident.actor = name;
    incident.program = "inodeck 1";
    incident.scope = "the selection";
    HostScan failed;
    failed.host = name;
    failed.error = {ErrorCode::Unreachable, "Cannot connect: " + printable(name)};
    HostScan fine;
    fine.host = "vm1";
    fine.status = HostStatus::Ok;
    fine.runtime = {"docker", name};
    incident.hosts = {failed, fine};
    incident.mounts = {staleMount(name), staleMount(name)};
    incident.mounts.back().row.judgement = {Verdict::InSync, "same", std::nullopt};
    report::IncidentRecord record;
    record.hash = std::string(64, 'a');
    record.record.envelope.seq = 7;
    record.record.envelope.ts = *parseRfc3339("2026-11-24T05:00:00Z");
    RecordDraft& draft = record.record.draft;
    draft.opId = "4b9b24b6-d0ea-4f5a-8a3e-000000000001";
    draft.actor = {name, name, name};
    draft.reason = name;
    draft.target.vm = draft.target.project = draft.target.service = name;
    draft.argv = {"docker", "restart", name};
    AuditSide side;
    side.sha256 = Sha256::of("old\n");
    side.inode = 100;
    draft.evidence = {{name, name, "stale_inode", side, side, false}};
    incident.log.records = {record, record};
    incident.log.records.back().record.draft.type = RecordType::Outcome;
    incident.log.records.back().record.draft.result = AuditResult{};
    incident.log.records.back().record.draft.result->status = "verified";
    incident.log.location = "sqlite:" + printable(name);
    incident.log.check = VerifyReport{};
    incident.log.check->records = 8;
    incident.log.check->head = std::string(64, 'b');
    return incident;
}

} // namespace inodeck::test
