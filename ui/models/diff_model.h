#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "core/drift/side_by_side.h"

namespace inodeck::ui {

/// One pane of a diff: what the container reads, what the host has, or both below each other.
class DiffModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Pane { Before, After, Unified };
    enum Column { Number, Text, ColumnCount };

    /// What a row shows. `line` is null for a header, and where this side has no line.
    struct Line {
        const ShownLine* line = nullptr;
        RowKind kind = RowKind::Same;
        QChar sign = QLatin1Char(' ');
        bool header = false;
        bool hiddenDiffers = false;
    };

    explicit DiffModel(Pane pane, QObject* parent = nullptr);
    void setSides(std::shared_ptr<const SideBySide> sides);
    Line line(int row) const;
    QString text(int row) const; ///< with its notes, without its sign
    QString number(int row) const;
    /// The first rows of the runs of changes.
    const std::vector<int>& changes() const { return m_changes; }
    /// The next row from `from` on, and around its end, that holds the text; -1: none.
    int find(const QString& text, int from, bool forward) const;
    int longestLine() const { return m_longest; } ///< characters
    int mostDigits() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString spoken(int row) const;

    Pane m_pane;
    std::shared_ptr<const SideBySide> m_sides;
    std::vector<UnifiedLine> m_lines; ///< of the unified view
    std::vector<int> m_changes;
    int m_longest = 0;
};

} // namespace inodeck::ui
