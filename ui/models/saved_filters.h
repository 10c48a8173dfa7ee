#pragma once

#include <QStringList>

#include "ui/models/mount_tree.h"

class QSettings;

namespace inodeck::ui {

/// What the operator can set about the table.
struct FilterState {
    QString text;
    std::optional<Verdict> verdict;
    GroupBy groupBy = GroupBy::Nothing;
    bool operator==(const FilterState&) const = default;
};

/// Filters by name, one key of the settings each: two windows that save at once lose nothing of each other.
class SavedFilters {
public:
    static QStringList names(QSettings& settings);
    static std::optional<FilterState> load(QSettings& settings, const QString& name);
    static void save(QSettings& settings, const QString& name, const FilterState& state);
    static void remove(QSettings& settings, const QString& name);

    /// "text", "verdict", "group": what else of the state the settings remember.
    static QStringList pack(const FilterState& state);
    /// Whatever the settings hold: what is not understood is the default.
    static FilterState unpack(const QStringList& fields);
};

} // namespace inodeck::ui
