#include "core/restart/restart.h"

namespace inodeck {

namespace {

constexpr std::chrono::seconds AuditTimeout{20};

} // namespace

RecordDraft draftOf(const RestartPlan& plan, const RestartOrder& order, const std::vector<Row>& rows,
                    RecordType type) {
    RecordDraft record;
    record.type = type;
    record.opId = order.opId.empty() ? newUuid() : order.opId;
    record.actor = order.actor;
    record.reason = order.reason;
    record.target = targetOf(plan);
    record.evidence = evidenceOf(rows, order.secret || plan.host.keepsSecret(plan.container.label()));
    record.argv = restartArgv(plan, order);
    return record;
}

std::string recordRefusal(AuditStore& store, const RestartPlan& plan, const RestartOrder& order,
                          const std::string& why) {
    return recordRefusal(store, draftOf(plan, order, plan.rows, RecordType::Refused), why);
}

std::string recordRefusal(AuditStore& store, RecordDraft record, const std::string& why) {
    record.type = RecordType::Refused;
    if (!record.result)
        record.result = AuditResult{};
    record.result->status = "refused";
    record.result->stderrTail = why;
    Result<void> kept = store.ready();
    if (kept)
        kept = store.append(record, Deadline::after(AuditTimeout)).map([](const AppendedRecord&) {});
    return kept ? std::string{} : " (This refusal is not on record: " + kept.error().message + ")";
}

} // namespace inodeck
