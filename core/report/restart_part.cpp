#include <algorithm>

#include "core/base/text.h"
#include "core/report/incident.h"

namespace inodeck::report {

namespace {

using Records = std::vector<const IncidentRecord*>;

/// By op_id, in the order of their first records.
std::vector<std::pair<std::string, Records>> operationsOf(const std::vector<IncidentRecord>& records) {
    std::vector<std::pair<std::string, Records>> operations;
    for (const IncidentRecord& record : records) {
        const std::string& opId = record.record.draft.opId;
        auto found = std::find_if(operations.begin(), operations.end(),
                                  [&](const auto& operation) { return operation.first == opId; });
        if (found == operations.end())
            found = operations.insert(operations.end(), {opId, {}});
        found->second.push_back(&record);
    }
    return operations;
}

std::string actorOf(const AuditActor& actor) {
    std::string text = actor.account;
    if (!actor.claimed.empty())
        text += " (says it is " + actor.claimed + ")";
    return actor.ciJob.empty() ? text : text + ", job " + actor.ciJob;
}

FactList factsOf(const std::string& opId, const RecordDraft& draft) {
    const AuditTarget& t = draft.target;
    FactList facts;
    facts.rows.emplace_back("op_id", literal(opId));
    facts.rows.emplace_back("Host", literal(t.vm));
    facts.rows.emplace_back("Service", literal(t.project.empty() ? t.service : t.project + "/" + t.service));
    facts.rows.emplace_back("Container id", literal(t.containerId));
    facts.rows.emplace_back("Actor", literal(actorOf(draft.actor)));
    facts.rows.emplace_back("Reason", literal(draft.reason));
    facts.rows.emplace_back("Command", literal(shellJoin(draft.argv)));
    return facts;
}

Grid recordsOf(const Records& records) {
    Grid grid;
    grid.header = {"seq", "At", "Record", "Outcome", "SHA-256 of the record"};
    for (const IncidentRecord* one : records) {
        const RecordDraft& draft = one->record.draft;
        grid.rows.push_back({word(std::to_string(one->record.envelope.seq)),
                             word(timeWords(one->record.envelope.ts)),
                             word(std::string(toString(draft.type))),
                             draft.result ? literal(draft.result->status) : word("–"), literal(one->hash)});
    }
    return grid;
}

std::vector<Text> evidenceRow(std::uint64_t seq, const AuditEvidence& evidence, const std::string& name,
                              const AuditSide& side) {
    Text hash = side.missing ? word("does not exist") : word("–");
    if (side.sha256)
        hash = literal(side.sha256->hex());
    else if (side.hmac)
        hash = word("not told: secret");
    return {word(std::to_string(seq)),
            literal(evidence.destination),
            literal(evidence.verdict),
            word(name),
            word(side.inode > 0 ? std::to_string(side.inode) : "–"),
            std::move(hash)};
}

Grid evidenceOf(const Records& records) {
    Grid grid;
    grid.header = {"seq", "Config", "Verdict then", "Side", "Inode", "SHA-256"};
    for (const IncidentRecord* one : records)
        for (const AuditEvidence& evidence : one->record.draft.evidence) {
            const std::uint64_t seq = one->record.envelope.seq;
            grid.rows.push_back(evidenceRow(seq, evidence, "host", evidence.host));
            grid.rows.push_back(evidenceRow(seq, evidence, "container", evidence.container));
        }
    return grid;
}

void addOperation(Document& document, const std::string& opId, const Records& records) {
    const IncidentRecord& first = *records.front();
    const RecordDraft& last = records.back()->record.draft;
    Text title = word(timeWords(first.record.envelope.ts) + " · ");
    title.push_back(literal(first.record.draft.target.service).front());
    title.push_back({Span::Kind::Word, " · "});
    title.push_back((last.result ? literal(last.result->status) : word("no outcome on record")).front());
    document.blocks.push_back(Heading{3, title});
    document.blocks.push_back(factsOf(opId, first.record.draft));
    document.blocks.push_back(recordsOf(records));
    if (Grid evidence = evidenceOf(records); !evidence.rows.empty())
        document.blocks.push_back(std::move(evidence));
}

} // namespace

void addRestarts(Document& document, const Incident& incident) {
    const IncidentLog& log = incident.log;
    document.blocks.push_back(Heading{2, word("Restarts on record")});
    std::string about = "Of the containers above, in the last " + formatDuration(log.period) + ".";
    if (log.recordsLeftOut)
        about += " There are more records than are told here; the oldest are left out.";
    document.blocks.push_back(Paragraph{word(about)});
    for (const auto& [opId, records] : operationsOf(log.records))
        addOperation(document, opId, records);
    if (log.records.empty())
        document.blocks.push_back(
            Paragraph{word(log.location.empty() ? "The log was not read." : "There is none.")});
}

} // namespace inodeck::report
