#include "core/audit/log_backend.h"
#include "core/base/redact.h"
#include "core/base/text.h"

namespace inodeck {

bool RecordFilter::narrows() const {
    return since || until || !host.empty() || !service.empty() || !actor.empty() || !outcome.empty() ||
           !opId.empty() || !containerId.empty() || from || to || keysOnly || openOnly || limit > 0 ||
           offset > 0;
}

std::vector<std::string> searchColumns(const MadeRecord& record) {
    const RecordDraft& d = record.draft;
    return {formatRfc3339(record.envelope.ts, 6),
            std::string(toString(d.type)),
            d.opId,
            printable(d.target.vm),
            printable(d.target.project),
            printable(d.target.service),
            printable(d.actor.account),
            printable(redacted(d.actor.claimed, 200)),
            d.result ? d.result->status : std::string{},
            d.target.containerId};
}

RecordQuery conditionOf(const RecordFilter& filter) {
    RecordQuery query;
    const auto add = [&](const char* before, const std::string& value, const char* after = "") {
        query.values.push_back(value);
        query.sql += (query.sql.empty() ? " WHERE " : " AND ") + std::string(before) + "?" +
                     std::to_string(query.values.size()) + after;
    };
    const auto addTwice = [&](const char* one, const char* two, const std::string& value) {
        add(one, value);
        query.sql += std::string(two) + "?" + std::to_string(query.values.size()) + ")";
    };
    const auto addPlain = [&](const char* condition) {
        query.sql += (query.sql.empty() ? " WHERE " : " AND ") + std::string(condition);
    };
    if (filter.from)
        addPlain(("seq>=" + std::to_string(*filter.from)).c_str());
    if (filter.to)
        addPlain(("seq<" + std::to_string(*filter.to)).c_str());
    if (filter.since)
        add("ts>=", formatRfc3339(*filter.since, 6));
    if (filter.until)
        add("ts<", formatRfc3339(*filter.until, 6));
    if (!filter.host.empty())
        add("vm=", filter.host);
    if (!filter.service.empty())
        addTwice("(service=", " OR project||'/'||service=", filter.service);
    if (!filter.actor.empty())
        addTwice("(account=", " OR claimed=", filter.actor);
    if (!filter.outcome.empty())
        add("outcome=", filter.outcome);
    if (!filter.opId.empty())
        add("op_id=", filter.opId);
    if (!filter.containerId.empty())
        add("container_id=", filter.containerId);
    if (filter.keysOnly)
        addPlain("type IN ('genesis','key_rotate')");
    if (filter.openOnly)
        addPlain("type='intent' AND NOT EXISTS(SELECT 1 FROM records AS later WHERE "
                 "later.op_id=records.op_id AND later.type IN "
                 "('outcome','recovered'))");
    return query;
}

RecordQuery queryOf(const RecordFilter& filter) {
    RecordQuery query = conditionOf(filter);
    query.sql += filter.newestFirst ? " ORDER BY seq DESC" : " ORDER BY seq";
    if (filter.limit > 0)
        query.sql += " LIMIT " + std::to_string(filter.limit);
    else if (filter.offset > 0)
        query.sql += " LIMIT 9223372036854775807";
    if (filter.offset > 0)
        query.sql += " OFFSET " + std::to_string(filter.offset);
    return query;
}

} // namespace inodeck
