#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/audit/base64.h"
#include "core/audit/record_line.h"
#include "core/audit/signing_key.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

/// A string, or {"b64": …} for bytes.
std::string text(const QJsonValue& value) {
    if (value.isObject())
        return QByteArray::fromBase64(value[QLatin1String("b64")].toString().toLatin1()).toStdString();
    return value.toString().toStdString();
}

std::string text(const QJsonObject& object, const char* key) {
    return text(object.value(QLatin1String(key)));
}

/// A number, or a decimal string beyond 2^53.
std::uint64_t number(const QJsonObject& object, const char* key) {
    const QJsonValue value = object.value(QLatin1String(key));
    return value.isString() ? value.toString().toULongLong() : static_cast<std::uint64_t>(value.toInteger());
}

AuditSide side(const QJsonObject& object) {
    AuditSide side;
    side.missing = object.value(u"missing").toBool();
    side.sha256 = Sha256::fromHex(text(object, "sha256"));
    side.hmac = Sha256::fromHex(text(object, "hmac_sha256"));
    side.inode = number(object, "inode");
    side.size = number(object, "size");
    return side;
}

AuditTarget target(const QJsonObject& o) {
    return {text(o, "vm"),         text(o, "addr"),         text(o, "hostkey_sha256"),
            text(o, "machine_id"), text(o, "container_id"), text(o, "project"),
            text(o, "service"),    text(o, "image_digest"), parseRfc3339(text(o, "started_at"))};
}

AuditResult result(const QJsonObject& o) {
    AuditResult r;
    if (o.value(u"exit").isDouble())
        r.exitStatus = o.value(u"exit").toInt();
    r.status = text(o, "status");
    r.verdict = text(o, "verdict");
    r.startedAt = parseRfc3339(text(o, "started_at"));
    r.health = text(o, "health");
    r.containerId = text(o, "container_id");
    r.containerSha256 = Sha256::fromHex(text(o, "container_sha256"));
    r.stderrTail = text(o, "stderr_tail");
    r.durationMs = number(o, "duration_ms");
    return r;
}

} // namespace

Result<ParsedRecord> parseRecordLine(const std::string& line) {
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    const auto type = recordTypeFromString(text(object, "type"));
    const auto ts = parseRfc3339(text(object, "ts"));
    if (object.value(u"v").toInteger() != 1 || !type || !ts)
        return fail(ErrorCode::Protocol,
                    "This is no audit record of version 1: " + printable(line.substr(0, 80)));
    ParsedRecord record;
    record.envelope = {
        text(object, "log"), number(object, "seq"), text(object, "prev"), text(object, "id"), *ts,
        text(object, "kid")};
    RecordDraft& draft = record.draft;
    draft.type = *type;
    draft.opId = text(object, "op_id");
    const QJsonObject actor = object.value(u"actor").toObject();
    draft.actor = {text(actor, "account"), text(actor, "claimed"), text(actor, "ci_job")};
    draft.reason = text(object, "reason");
    draft.target = target(object.value(u"target").toObject());
    for (const QJsonValue& value : object.value(u"evidence").toArray()) {
        const QJsonObject e = value.toObject();
        const QJsonObject host = e.value(u"host").toObject();
        const QJsonObject container = e.value(u"container").toObject();
        const bool secret = host.contains(u"hmac_sha256") || container.contains(u"hmac_sha256");
        draft.evidence.push_back({text(e, "source"), text(e, "destination"), text(e, "verdict"), side(host),
                                  side(container), secret});
    }
    draft.evidenceLeftOut = number(object, "evidence_left_out");
    for (const QJsonValue& word : object.value(u"cmd").toObject().value(u"argv").toArray())
        draft.argv.push_back(text(word));
    if (object.contains(u"key")) {
        const QJsonObject key = object.value(u"key").toObject();
        const auto bytes = unbase64(text(key, "public"));
        if (!bytes || text(key, "kid") != keyId(*bytes))
            return fail(ErrorCode::Protocol, "An audit record names a key that is none.");
        draft.key = AuditKeyChange{*bytes, text(key, "retires")};
    }
    if (object.contains(u"result"))
        draft.result = result(object.value(u"result").toObject());
    return record;
}

} // namespace inodeck
