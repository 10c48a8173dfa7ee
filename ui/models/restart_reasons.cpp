#include "ui/models/restart_reasons.h"

#include <QSettings>

#include "core/base/redact.h"

namespace inodeck::ui {

namespace {

constexpr std::size_t MaxReason = 500; // bytes
constexpr QLatin1String Key{"restart/reasons"};

bool isFit(const QString& reason) {
    const std::string text = reason.toStdString();
    return !reason.trimmed().isEmpty() && redacted(text, MaxReason) == text;
}

} // namespace

QStringList recentReasons(const QSettings& settings) {
    QStringList reasons;
    for (const QString& reason : settings.value(Key).toStringList())
        if (reasons.size() < MaxReasons && isFit(reason) && !reasons.contains(reason))
            reasons << reason;
    return reasons;
}

void rememberReason(QSettings& settings, const QString& reason) {
    if (!isFit(reason))
        return;
    QStringList reasons = recentReasons(settings);
    reasons.removeAll(reason.trimmed());
    reasons.prepend(reason.trimmed());
    settings.setValue(Key, reasons.mid(0, MaxReasons));
}

} // namespace inodeck::ui
