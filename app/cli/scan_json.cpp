#include "app/cli/scan_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <map>

#include "core/base/text.h"

namespace inodeck::cli {

namespace {

QString q(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Paths are bytes: valid UTF-8 as it is, else printable() with the bytes in KEY_b64 beside it.
void putBytes(QJsonObject& object, const QString& key, const std::string& bytes) {
    if (isUtf8(bytes)) {
        object[key] = q(bytes);
        return;
    }
    object[key] = q(printable(bytes));
    object[key + QStringLiteral("_b64")] = QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

QJsonValue orNull(const std::string& text) {
    return text.empty() ? QJsonValue() : QJsonValue(q(text));
}

QJsonValue time(const std::optional<TimePoint>& point) {
    return point ? QJsonValue(q(formatRfc3339(*point))) : QJsonValue();
}

/// JSON numbers of 2^63 and more would lose digits: they are written as strings.
QJsonValue number(std::uint64_t value) {
    return value <= static_cast<std::uint64_t>(INT64_MAX) ? QJsonValue(static_cast<qint64>(value))
                                                          : QJsonValue(q(std::to_string(value)));
}

QJsonObject sideJson(const Side& side, bool secret) {
    QJsonObject object;
    object[u"exists"] = side.facts ? QJsonValue(true) : side.missing ? QJsonValue(false) : QJsonValue();
    object[u"type"] = side.facts ? QJsonValue(q(toString(side.facts->type))) : QJsonValue();
    object[u"dev"] = side.facts ? number(side.facts->dev) : QJsonValue();
    object[u"inode"] = side.facts ? number(side.facts->inode) : QJsonValue();
    object[u"size"] = side.facts ? number(side.facts->size) : QJsonValue();
    object[u"ctime"] = side.facts ? time(side.facts->ctime) : QJsonValue();
    const bool hashed = side.facts && side.facts->sha256 && !secret;
    object[u"sha256"] = hashed ? QJsonValue(q(side.facts->sha256->hex())) : QJsonValue();
    return object;
}

} // namespace

QJsonObject mountJson(const Row& row) {
    const Observation& o = row.observation;
    const Container& c = o.container;
    QJsonObject object;
    object[u"project"] = orNull(c.project);
    object[u"service"] = orNull(c.service);
    object[u"container"] = q(c.name);
    object[u"container_id"] = q(c.id.hex());
    object[u"image"] = q(c.image);
    object[u"started_at"] = time(c.startedAt);
    object[u"health"] = orNull(c.health);
    object[u"kind"] = q(toString(o.kind));
    putBytes(object, QStringLiteral("source"), o.source);
    putBytes(object, QStringLiteral("destination"), o.destination);
    object[u"read_only"] = o.readOnly;
    object[u"verdict"] = q(toString(row.judgement.verdict));
    object[u"reason"] = q(row.judgement.reason);
    object[u"since"] = time(row.judgement.since);
    object[u"secret"] = row.secret;
    object[u"host_side"] = sideJson(o.hostSide, row.secret);
    object[u"container_side"] = sideJson(o.containerSide, row.secret);
    return object;
}

namespace {

QJsonObject hostJson(const HostScan& scan, bool driftOnly) {
    QJsonObject object;
    object[u"host"] = q(scan.host);
    object[u"address"] = orNull(scan.peer.address);
    object[u"status"] = q(toString(scan.status));
    object[u"error"] = scan.status == HostStatus::Ok ? QJsonValue() : QJsonValue(q(scan.error.message));
    object[u"access"] = q(toString(scan.access.level));
    object[u"runtime"] = QJsonObject{{QStringLiteral("name"), orNull(scan.runtime.name)},
                                     {QStringLiteral("version"), orNull(scan.runtime.version)}};
    object[u"duration_ms"] = static_cast<qint64>(scan.duration.count());
    QJsonArray mounts;
    for (const Row& row : scan.rows)
        if (!driftOnly || row.judgement.verdict != Verdict::InSync)
            mounts.append(mountJson(row));
    object[u"mounts"] = mounts;
    return object;
}

} // namespace

std::string scanJson(const std::vector<HostScan>& scans, TimePoint scannedAt,
                     std::chrono::milliseconds duration, bool driftOnly) {
    QJsonObject summary;
    for (const Verdict verdict : AllVerdicts)
        summary[q(toString(verdict))] = 0;
    QJsonArray hosts;
    for (const HostScan& scan : scans) {
        hosts.append(hostJson(scan, driftOnly));
        for (const Row& row : scan.rows) {
            const QString key = q(toString(row.judgement.verdict));
            summary[key] = summary[key].toInt() + 1;
        }
    }
    const QJsonObject document{{QStringLiteral("schema"), QStringLiteral("inodeck.scan/v1")},
                               {QStringLiteral("scanned_at"), q(formatRfc3339(scannedAt))},
                               {QStringLiteral("duration_ms"), static_cast<qint64>(duration.count())},
                               {QStringLiteral("summary"), summary},
                               {QStringLiteral("hosts"), hosts}};
    return QJsonDocument(document).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace inodeck::cli
