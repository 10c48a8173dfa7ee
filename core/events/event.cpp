#include "core/events/event.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/redact.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t MaxValue = 4096; ///< bytes; the line stays far below Loki's limit of 256 KiB

std::string_view levelOf(EventStatus status) {
    switch (status) {
    case EventStatus::Failed:
        return "error";
    case EventStatus::Found:
        return "warn";
    case EventStatus::InProgress:
    case EventStatus::Success:
        break;
    }
    return "info";
}

/// What is not known has no key.
void put(QJsonObject& object, const char* key, std::string_view value) {
    if (value.empty())
        return;
    const std::string text = shortText(isUtf8(value) ? std::string(value) : printable(value), MaxValue);
    object.insert(QLatin1String(key), QString::fromStdString(text));
}

void put(QJsonObject& object, const char* key, const std::optional<Sha256>& hash) {
    put(object, key, hash ? hash->hex() : std::string());
}

/// Characters that reorder or hide text, as JSON escapes: the same text to a parser, harmless on a terminal.
QByteArray withoutHiddenCharacters(const QByteArray& json) {
    QString out;
    for (const char32_t c : QString::fromUtf8(json).toUcs4()) {
        const QString text = QString::fromUcs4(&c, 1);
        switch (QChar::category(c)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            for (const QChar unit : text)
                out += QStringLiteral("\\u%1").arg(unit.unicode(), 4, 16, QLatin1Char('0'));
            break;
        default:
            out += text;
        }
    }
    return out.toUtf8();
}

} // namespace

std::string_view toString(EventType type) {
    switch (type) {
    case EventType::ConfigRestart:
        return "deployment.config_restart";
    case EventType::ConfigDrift:
        return "deployment.config_drift";
    }
    return {};
}

std::string_view toString(EventStatus status) {
    switch (status) {
    case EventStatus::InProgress:
        return "in_progress";
    case EventStatus::Success:
        return "success";
    case EventStatus::Failed:
        return "failed";
    case EventStatus::Found:
        return "found";
    }
    return {};
}

std::string eventLine(const Event& event) {
    QJsonObject line;
    put(line, "schema", "inodeck.event/v1");
    put(line, "level", levelOf(event.status));
    put(line, "event", toString(event.type));
    put(line, "status", toString(event.status));
    put(line, "time", formatRfc3339(event.time));
    put(line, "msg", redacted(event.message, MaxValue));
    put(line, "op_id", event.opId);
    put(line, "host", event.host);
    put(line, "env", event.env);
    put(line, "service", event.service);
    put(line, "container_id", event.containerId);
    put(line, "config_path", event.configPath);
    put(line, "verdict", event.verdict);
    put(line, "old_sha256", event.oldSha256);
    put(line, "new_sha256", event.newSha256);
    put(line, "commit", event.commit);
    put(line, "actor", event.actor);
    if (event.durationMs)
        line.insert(QLatin1String("duration_ms"), static_cast<qint64>(*event.durationMs));
    put(line, "checkpoint", event.checkpoint);
    return withoutHiddenCharacters(QJsonDocument(line).toJson(QJsonDocument::Compact)).toStdString();
}

} // namespace inodeck
