#include "core/audit/record_line.h"

#include <fstream>
#include <pwd.h>
#include <unistd.h>

#include "core/audit/base64.h"
#include "core/audit/canonical_json.h"
#include "core/audit/signing_key.h"
#include "core/base/redact.h"

namespace inodeck {

namespace {

using Object = CanonicalJson::Object;
constexpr std::size_t MaxText = 1000;
constexpr std::size_t MaxClaim = 200;
constexpr std::size_t MaxWords = 20;

CanonicalJson time(const std::optional<TimePoint>& point) {
    return point ? CanonicalJson(formatRfc3339(*point)) : CanonicalJson();
}

CanonicalJson hash(const std::optional<Sha256>& digest) {
    return digest ? CanonicalJson(digest->hex()) : CanonicalJson();
}

CanonicalJson side(const AuditSide& side) {
    if (side.missing)
        return Object{{"missing", true}};
    if (side.hmac)
        return Object{{"hmac_sha256", hash(side.hmac)}, {"inode", side.inode}, {"size", side.size}};
    return Object{{"inode", side.inode}, {"sha256", hash(side.sha256)}, {"size", side.size}};
}

CanonicalJson evidence(const AuditEvidence& e) {
    return Object{{"container", side(e.container)},
                  {"destination", e.destination},
                  {"host", side(e.host)},
                  {"source", e.source},
                  {"verdict", e.verdict}};
}

CanonicalJson target(const AuditTarget& t) {
    return Object{{"addr", t.address},
                  {"container_id", t.containerId},
                  {"hostkey_sha256", t.hostKeySha256},
                  {"image_digest", t.imageDigest},
                  {"machine_id", t.machineId},
                  {"project", t.project},
                  {"service", t.service},
                  {"started_at", time(t.startedAt)},
                  {"vm", t.vm}};
}

CanonicalJson result(const AuditResult& r) {
    Object object{{"container_sha256", hash(r.containerSha256)},
                  {"duration_ms", r.durationMs},
                  {"exit", r.exitStatus ? CanonicalJson(*r.exitStatus) : CanonicalJson()},
                  {"health", r.health},
                  {"started_at", time(r.startedAt)},
                  {"status", r.status},
                  {"stderr_tail", redacted(r.stderrTail, MaxText)},
                  {"verdict", r.verdict}};
    if (!r.containerId.empty())
        object.emplace("container_id", r.containerId);
    return object;
}

std::string firstLineOf(const char* path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

const CanonicalJson& writer() {
    static const CanonicalJson value = [] {
        std::string host(256, '\0');
        ::gethostname(host.data(), host.size() - 1);
        host.resize(std::min(host.find('\0'), host.size()));
        const passwd* user = ::getpwuid(::getuid());
        return CanonicalJson(Object{{"boot_id", firstLineOf("/proc/sys/kernel/random/boot_id")},
                                    {"host", host},
                                    {"pid", std::int64_t{::getpid()}},
                                    {"uid", std::uint64_t{::getuid()}},
                                    {"user", user ? user->pw_name : ""},
                                    {"version", INODECK_VERSION}});
    }();
    return value;
}

Object envelopeOf(const Envelope& e, const RecordDraft& draft) {
    Object record{{"v", 1},
                  {"log", e.log},
                  {"seq", e.seq},
                  {"prev", e.prev},
                  {"id", e.id},
                  {"op_id", draft.opId},
                  {"kid", e.kid},
                  {"ts", formatRfc3339(e.ts, 6)},
                  {"type", toString(draft.type)},
                  {"writer", writer()}};
    if (draft.key)
        record["key"] = Object{{"kid", keyId(draft.key->publicKey)},
                               {"public", base64(draft.key->publicKey)},
                               {"retires", draft.key->retires}};
    return record;
}

/// All but the evidence.
Object recordObject(const Envelope& envelope, const RecordDraft& draft) {
    Object record = envelopeOf(envelope, draft);
    record["actor"] = Object{{"account", draft.actor.account},
                             {"ci_job", redacted(draft.actor.ciJob, MaxClaim)},
                             {"claimed", redacted(draft.actor.claimed, MaxClaim)}};
    record["reason"] = redacted(draft.reason, MaxText);
    if (!draft.target.vm.empty())
        record["target"] = target(draft.target);
    if (const auto words = redactedWords(draft.argv); !words.empty())
        record["cmd"] = Object{{"argv", CanonicalJson::Array(words.begin(), words.end())}};
    if (draft.result)
        record["result"] = result(*draft.result);
    if (draft.evidenceLeftOut > 0)
        record["evidence_left_out"] = std::uint64_t{draft.evidenceLeftOut};
    return record;
}

/// What a VM says of itself may be of any length; 50 bytes of each text fit, whatever they are.
RecordDraft withShortTexts(RecordDraft draft, std::size_t limit) {
    draft.reason = redacted(draft.reason, limit);
    draft.actor.claimed = redacted(draft.actor.claimed, limit);
    draft.actor.ciJob = redacted(draft.actor.ciJob, limit);
    AuditTarget& t = draft.target;
    for (std::string* text : {&draft.opId, &draft.actor.account, &t.vm, &t.address, &t.hostKeySha256,
                              &t.machineId, &t.containerId, &t.project, &t.service, &t.imageDigest})
        *text = shortText(*text, limit);
    if (draft.result) {
        draft.result->stderrTail = redacted(draft.result->stderrTail, limit);
        for (std::string* text : {&draft.result->status, &draft.result->verdict, &draft.result->health})
            *text = shortText(*text, limit);
    }
    draft.argv = redactedWords(draft.argv);
    if (draft.argv.size() > MaxWords) {
        draft.argv.resize(MaxWords);
        draft.argv.emplace_back("[cut]");
    }
    for (std::string& word : draft.argv)
        word = shortText(word, limit);
    return draft;
}

/// With as much of the evidence as fits.
std::string shortened(Object record, const RecordDraft& draft) {
    std::size_t size = CanonicalJson(record).dump().size() + 64;
    CanonicalJson::Array kept;
    std::size_t leftOut = draft.evidenceLeftOut;
    for (const AuditEvidence& e : draft.evidence) {
        CanonicalJson one = evidence(e);
        const std::size_t more = one.dump().size() + 1;
        if (size + more <= MaxLine) {
            kept.push_back(std::move(one));
            size += more;
        } else {
            ++leftOut;
        }
    }
    if (!kept.empty())
        record["evidence"] = std::move(kept);
    if (leftOut > 0)
        record["evidence_left_out"] = std::uint64_t{leftOut};
    return CanonicalJson(std::move(record)).dump();
}

} // namespace

std::string signedText(const std::string& log, std::uint64_t seq, const std::string& hash) {
    return "inodeck-audit/v1\n" + log + "\n" + std::to_string(seq) + "\n" + hash + "\n";
}

std::string recordLine(const Envelope& envelope, const RecordDraft& draft) {
    CanonicalJson::Array all;
    for (const AuditEvidence& e : draft.evidence)
        all.push_back(evidence(e));
    Object record = recordObject(envelope, draft);
    if (!all.empty())
        record["evidence"] = std::move(all);
    std::string line = CanonicalJson(std::move(record)).dump();
    if (line.size() > MaxLine)
        line = shortened(recordObject(envelope, draft), draft);
    for (const std::size_t limit : {1000u, 200u, 50u})
        if (line.size() > MaxLine)
            line = shortened(recordObject(envelope, withShortTexts(draft, limit)), draft);
    return line;
}

} // namespace inodeck
