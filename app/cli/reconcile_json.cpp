#include "app/cli/reconcile_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/scan_json.h"
#include "core/base/redact.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

QString q(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonValue orNull(const std::string& text) {
    return text.empty() ? QJsonValue() : QJsonValue(q(printable(text)));
}

QJsonObject itemJson(const Item& item) {
    QJsonArray mounts;
    for (const Row& row : item.proof.empty() ? item.decision.rows : item.proof)
        mounts.append(mountJson(row));
    QJsonArray argv;
    for (const std::string& word : redactedWords(item.argv))
        argv.append(q(printable(word)));
    QJsonObject object;
    object[u"project"] = orNull(item.container.project);
    object[u"service"] = orNull(item.container.service);
    object[u"container"] = q(printable(item.container.name));
    object[u"container_id"] = q(item.container.id.hex());
    object[u"status"] = q(toString(item.status));
    object[u"verdict"] = q(toString(item.decision.verdict));
    object[u"cause"] = q(item.decision.cause);
    object[u"text"] = q(item.text);
    object[u"argv"] = argv;
    object[u"op_id"] = orNull(item.opId);
    object[u"duration_ms"] =
        item.duration ? QJsonValue(static_cast<qint64>(item.duration->count())) : QJsonValue();
    object[u"mounts"] = mounts;
    return object;
}

QJsonObject hostJson(const HostReport& host) {
    QJsonArray services;
    for (const Item& item : host.items)
        services.append(itemJson(item));
    QJsonArray warnings;
    for (const std::string& warning : host.warnings)
        warnings.append(q(warning));
    QJsonObject object;
    object[u"host"] = q(printable(host.host.name));
    object[u"observed"] = host.observed;
    object[u"error"] = host.observed ? QJsonValue() : QJsonValue(q(host.error.message));
    object[u"warnings"] = warnings;
    object[u"services"] = services;
    return object;
}

} // namespace

std::string reconcileJson(const Report& report, bool dryRun) {
    QJsonObject summary;
    for (const ItemStatus status :
         {ItemStatus::InSync, ItemStatus::Restarted, ItemStatus::Left, ItemStatus::Planned,
          ItemStatus::Refused, ItemStatus::Failed, ItemStatus::NotReached, ItemStatus::Unknown})
        summary[q(toString(status))] = report.count(status);
    QJsonArray hosts;
    for (const HostReport& host : report.hosts)
        hosts.append(hostJson(host));
    const QJsonObject document{{QStringLiteral("schema"), QStringLiteral("inodeck.reconcile/v1")},
                               {QStringLiteral("begun_at"), q(formatRfc3339(report.begin))},
                               {QStringLiteral("duration_ms"), static_cast<qint64>(report.duration.count())},
                               {QStringLiteral("dry_run"), dryRun},
                               {QStringLiteral("exit"), static_cast<int>(report.verdict())},
                               {QStringLiteral("error"), orNull(report.usage)},
                               {QStringLiteral("stopped"), orNull(report.stopped)},
                               {QStringLiteral("summary"), summary},
                               {QStringLiteral("hosts"), hosts}};
    return QJsonDocument(document).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace inodeck::cli
