#include "ui/models/diff_model.h"

#include <algorithm>

namespace inodeck::ui {

DiffModel::DiffModel(Pane pane, QObject* parent)
    : QAbstractTableModel(parent)
    , m_pane(pane)
    , m_sides(std::make_shared<SideBySide>()) {}

void DiffModel::setSides(std::shared_ptr<const SideBySide> sides) {
    beginResetModel();
    m_sides = std::move(sides);
    m_lines = m_pane == Pane::Unified ? unifiedLines(*m_sides) : std::vector<UnifiedLine>{};
    m_changes.clear();
    if (m_pane == Pane::Unified) {
        for (int i = 0; i < rowCount(); ++i) {
            const auto differs = [&](int row) {
                return row >= 0 && !line(row).header && line(row).kind != RowKind::Same;
            };
            if (differs(i) && !differs(i - 1))
                m_changes.push_back(i);
        }
    } else {
        for (const std::size_t row : m_sides->changes)
            m_changes.push_back(static_cast<int>(row));
    }
    std::size_t longest = 0;
    for (const SideRow& row : m_sides->rows)
        longest = std::max({longest, row.before.text.size(), row.after.text.size()});
    m_longest = static_cast<int>(longest) + 40; // and a note
    endResetModel();
}

DiffModel::Line DiffModel::line(int row) const {
    const auto index = static_cast<std::size_t>(row);
    Line line;
    if (m_pane == Pane::Unified) {
        const UnifiedLine& one = m_lines[index];
        const SideRow& from = m_sides->rows[one.row];
        line.header = one.part == UnifiedLine::Part::Header;
        line.kind = from.kind;
        line.hiddenDiffers = from.hiddenDiffers;
        line.line = line.header ? nullptr : one.part == UnifiedLine::Part::After ? &from.after : &from.before;
        if (one.part == UnifiedLine::Part::Before)
            line.sign = QLatin1Char('-');
        else if (one.part == UnifiedLine::Part::After)
            line.sign = QLatin1Char('+');
        return line;
    }
    const SideRow& from = m_sides->rows[index];
    const ShownLine& side = m_pane == Pane::Before ? from.before : from.after;
    line.kind = from.kind;
    line.hiddenDiffers = from.hiddenDiffers;
    if (side.number == 0)
        return line;
    line.line = &side;
    if (from.kind != RowKind::Same)
        line.sign = QLatin1Char(m_pane == Pane::Before ? '-' : '+');
    return line;
}

QString DiffModel::text(int row) const {
    const Line one = line(row);
    if (one.header)
        return QString::fromStdString(m_lines[static_cast<std::size_t>(row)].header);
    if (!one.line)
        return {};
    QString text = QString::fromStdString(one.line->text);
    if (one.hiddenDiffers)
        text += tr("  ⟨what is masked differs⟩");
    if (one.line->noNewline)
        text += tr("  ⟨no newline at the end⟩");
    return text;
}

QString DiffModel::number(int row) const {
    const Line one = line(row);
    return one.line ? QString::number(one.line->number) : QString();
}

int DiffModel::mostDigits() const {
    std::size_t most = 1;
    for (auto row = m_sides->rows.rbegin(); row != m_sides->rows.rend(); ++row) {
        most = std::max({most, row->before.number, row->after.number});
        if (row->before.number > 0 && row->after.number > 0)
            break;
    }
    return static_cast<int>(QString::number(most).size());
}

int DiffModel::find(const QString& text, int from, bool forward) const {
    const int count = rowCount();
    for (int i = 0; i < count && !text.isEmpty(); ++i) {
        const int row = ((forward ? from + i : from - i) % count + count) % count;
        if (this->text(row).contains(text, Qt::CaseInsensitive))
            return row;
    }
    return -1;
}

int DiffModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return static_cast<int>(m_pane == Pane::Unified ? m_lines.size() : m_sides->rows.size());
}

int DiffModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

/// For a screen reader: what the colours and signs say.
QString DiffModel::spoken(int row) const {
    const Line one = line(row);
    if (one.header)
        return text(row);
    if (!one.line)
        return tr("no line on this side");
    const QString where = tr("line %1: %2").arg(number(row), text(row));
    if (one.sign == QLatin1Char('-'))
        return tr("only in the container, %1").arg(where);
    return one.sign == QLatin1Char('+') ? tr("only on the host, %1").arg(where) : where;
}

QVariant DiffModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return index.column() == Number ? number(index.row()) : line(index.row()).sign + text(index.row());
    if (role == Qt::AccessibleTextRole)
        return spoken(index.row());
    return {};
}

} // namespace inodeck::ui
