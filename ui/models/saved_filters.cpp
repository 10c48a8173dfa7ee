#include "ui/models/saved_filters.h"

#include <QSettings>
#include <QUrl>
#include <algorithm>
#include <array>

namespace inodeck::ui {

namespace {

const std::array<QString, 4> Groupings{QStringLiteral("nothing"), QStringLiteral("host"),
                                       QStringLiteral("project"), QStringLiteral("verdict")};

/// A slash in a name would be a folder of the settings.
QString keyOf(const QString& name) {
    return QStringLiteral("filters/") + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

} // namespace

QStringList SavedFilters::names(QSettings& settings) {
    settings.sync();
    settings.beginGroup(QStringLiteral("filters"));
    QStringList names;
    for (const QString& key : settings.childKeys())
        names << QUrl::fromPercentEncoding(key.toLatin1());
    settings.endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

std::optional<FilterState> SavedFilters::load(QSettings& settings, const QString& name) {
    if (!settings.contains(keyOf(name)))
        return std::nullopt;
    return unpack(settings.value(keyOf(name)).toStringList());
}

void SavedFilters::save(QSettings& settings, const QString& name, const FilterState& state) {
    settings.setValue(keyOf(name), pack(state));
    settings.sync();
}

void SavedFilters::remove(QSettings& settings, const QString& name) {
    settings.remove(keyOf(name));
    settings.sync();
}

QStringList SavedFilters::pack(const FilterState& state) {
    return {state.text,
            state.verdict ? QString::fromStdString(std::string(toString(*state.verdict))) : QString(),
            Groupings[static_cast<std::size_t>(state.groupBy)]};
}

FilterState SavedFilters::unpack(const QStringList& fields) {
    FilterState state;
    state.text = fields.value(0);
    state.verdict = verdictFromString(fields.value(1).toStdString());
    const auto grouping = std::find(Groupings.begin(), Groupings.end(), fields.value(2));
    if (grouping != Groupings.end())
        state.groupBy = static_cast<GroupBy>(grouping - Groupings.begin());
    return state;
}

} // namespace inodeck::ui
