#include <sstream>

#include "core/audit/canonical_json.h"
#include "core/audit/log_backend.h"
#include "core/base/redact.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

/// Which they are is found in the index of operations alone, so that of a long log only their lines are read.
constexpr const char* OpenIntents =
    "seq IN (SELECT seq FROM records AS intent WHERE intent.type='intent' AND NOT EXISTS(SELECT 1 FROM "
    "records AS later WHERE later.op_id=intent.op_id AND later.type IN ('outcome','recovered')))";

/// A line as text in lower case that holds parameter `n` in lower case: bytes, so that a line that was
/// tampered with and is no UTF-8 any more is no error.
std::string lineHolds(std::size_t n, SqlDialect dialect) {
    const std::string parameter = "?" + std::to_string(n);
    if (dialect == SqlDialect::Sqlite)
        return "instr(lower(CAST(line AS TEXT)),lower(" + parameter + "))>0";
    return "strpos(lower(encode(line,'escape')),lower(encode(convert_to(" + parameter +
           ",'UTF8'),'escape')))>0";
}

/// As it stands within a JSON string.
std::string asInJson(const std::string& word) {
    const std::string quoted = CanonicalJson(word).dump();
    return quoted.substr(1, quoted.size() - 2);
}

std::string listed(const std::vector<RecordType>& types) {
    std::string list;
    for (const RecordType type : types)
        list += (list.empty() ? "'" : ",'") + std::string(toString(type)) + "'";
    return list;
}

std::string listed(const std::vector<std::uint64_t>& numbers) {
    std::string list;
    for (const std::uint64_t number : numbers)
        list += (list.empty() ? "" : ",") + std::to_string(number);
    return list;
}

} // namespace

bool RecordFilter::narrows() const {
    return since || until || !host.empty() || !service.empty() || !actor.empty() || !outcome.empty() ||
           !opId.empty() || !containerId.empty() || !text.empty() || !types.empty() || !without.empty() ||
           from || to || keysOnly || openOnly || limit > 0 || offset > 0;
}

std::vector<std::string> listedAs(const Envelope& envelope, const RecordDraft& d, const std::string& hash) {
    return {envelope.id,
            envelope.prev,
            hash,
            formatRfc3339(envelope.ts, 6),
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

Result<std::vector<std::string>> listedAs(const MadeRecord& record) {
    const auto parsed = parseRecordLine(record.line);
    if (!parsed)
        return tl::unexpected(parsed.error());
    return listedAs(parsed->envelope, parsed->draft, record.hash);
}

RecordQuery conditionOf(const RecordFilter& filter, SqlDialect dialect) {
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
    const auto addPlain = [&](const std::string& condition) {
        query.sql += (query.sql.empty() ? " WHERE " : " AND ") + condition;
    };
    if (filter.from)
        addPlain("seq>=" + std::to_string(*filter.from));
    if (filter.to)
        addPlain("seq<" + std::to_string(*filter.to));
    if (!filter.without.empty())
        addPlain("seq NOT IN (" + listed(filter.without) + ")");
    if (!filter.types.empty())
        addPlain("type IN (" + listed(filter.types) + ")");
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
        addPlain(OpenIntents);
    // Last: it is the only one that reads the lines.
    std::istringstream words(filter.text);
    for (std::string word; words >> word;) {
        query.values.push_back(asInJson(word));
        addPlain(lineHolds(query.values.size(), dialect));
    }
    return query;
}

RecordQuery queryOf(const RecordFilter& filter, SqlDialect dialect) {
    RecordQuery query = conditionOf(filter, dialect);
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
