#include "ui/models/preferences.h"

#include <QSettings>
#include <QStringList>

namespace inodeck::ui {

namespace {

const QStringList ColourWords{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark"),
                              QStringLiteral("contrast")};
const QString Language = QStringLiteral("settings/language");
const QString Colours = QStringLiteral("settings/colours");
const QString HostsAtOnce = QStringLiteral("settings/hostsAtOnce");
const QString Deadline = QStringLiteral("settings/deadlineSeconds");
const QString FleetFile = QStringLiteral("fleet/file");
const QString HashLimit = QStringLiteral("settings/hashLimitMiB");

/// nullopt: not there, or no number from 1 to `most`.
std::optional<int> number(const QSettings& settings, const QString& key, int most) {
    const int value = settings.value(key).toInt();
    return value >= 1 && value <= most ? std::optional(value) : std::nullopt;
}

} // namespace

Preferences loadPreferences() {
    const QSettings settings;
    Preferences preferences;
    const QString language = settings.value(Language).toString();
    if (language == QLatin1String("en") || language == QLatin1String("de"))
        preferences.language = language;
    const qsizetype colours = ColourWords.indexOf(settings.value(Colours).toString());
    preferences.colours = static_cast<Preferences::Colours>(std::max<qsizetype>(colours, 0));
    if (const auto hosts = number(settings, HostsAtOnce, MostHostsAtOnce))
        preferences.limits.hostsAtOnce = *hosts;
    if (const auto seconds = number(settings, Deadline, MostDeadlineSeconds))
        preferences.limits.deadline = std::chrono::seconds{*seconds};
    if (const auto mib = number(settings, HashLimit, MostHashLimitMiB))
        preferences.limits.hashLimit = static_cast<std::uint64_t>(*mib) << 20;
    preferences.fleetFile = settings.value(FleetFile).toString();
    return preferences;
}

void savePreferences(const Preferences& preferences) {
    QSettings settings;
    const ScanLimits& limits = preferences.limits;
    settings.setValue(Language, preferences.language);
    settings.setValue(Colours, ColourWords.at(static_cast<int>(preferences.colours)));
    settings.setValue(FleetFile, preferences.fleetFile);
    settings.setValue(HostsAtOnce, limits.hostsAtOnce);
    settings.setValue(Deadline, limits.deadline ? static_cast<int>(limits.deadline->count()) : 0);
    settings.setValue(HashLimit, limits.hashLimit ? static_cast<int>(*limits.hashLimit >> 20) : 0);
}

} // namespace inodeck::ui
