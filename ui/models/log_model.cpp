#include "ui/models/log_model.h"

#include <QFontDatabase>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

qint64 nanoseconds(const std::optional<TimePoint>& time) {
    return time ? static_cast<qint64>(time->time_since_epoch().count()) : 0;
}

} // namespace

void LogModel::clear() {
    beginResetModel();
    m_entries.clear();
    m_starts.clear();
    m_forgot = false;
    endResetModel();
}

void LogModel::insert(int row, Entry entry) {
    beginInsertRows({}, row, row);
    m_entries.insert(m_entries.begin() + row, std::move(entry));
    endInsertRows();
}

void LogModel::append(const std::vector<LogLine>& lines) {
    if (lines.empty())
        return;
    const std::size_t skip = lines.size() > MaxLines ? lines.size() - MaxLines : 0;
    m_forgot = m_forgot || skip > 0;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(lines.size() - skip) - 1);
    for (std::size_t i = skip; i < lines.size(); ++i)
        m_entries.push_back({lines[i].time, QString::fromStdString(lines[i].text), false});
    endInsertRows();
    placeStarts();
    dropOldest();
}

void LogModel::dropOldest() {
    const int surplus = rowCount() - MaxLines;
    if (surplus <= 0)
        return;
    m_forgot = true;
    beginRemoveRows({}, 0, surplus - 1);
    m_entries.erase(m_entries.begin(), m_entries.begin() + surplus);
    endRemoveRows();
}

void LogModel::markStart(TimePoint time, TimePoint from) {
    const auto known = [&](const Entry& e) { return e.ours && e.time == time; };
    if (std::any_of(m_starts.begin(), m_starts.end(), [&](const Start& s) { return s.time == time; }) ||
        std::any_of(m_entries.begin(), m_entries.end(), known))
        return;
    m_starts.push_back({time, from});
    placeStarts();
}

/// Each before the first line that is not older.
void LogModel::placeStarts() {
    std::erase_if(m_starts, [this](const Start& start) {
        const auto next = std::find_if(m_entries.begin(), m_entries.end(),
                                       [&](const Entry& e) { return e.time && *e.time >= start.from; });
        if (next == m_entries.end())
            return false;
        insert(static_cast<int>(next - m_entries.begin()),
               {start.time, tr("— the container was started at %1 —").arg(localTime(start.time)), true});
        return true;
    });
}

void LogModel::note(const QString& text) {
    const auto time = m_entries.empty() ? std::nullopt : m_entries.back().time;
    insert(rowCount(), {time, text, true});
    dropOldest();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& one = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return one.ours || !one.time ? one.text : localTime(one.time) + QStringLiteral("  ") + one.text;
    case Qt::FontRole: {
        QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setBold(one.ours);
        return font;
    }
    case TimeRole:
        return nanoseconds(one.time);
    case OursRole:
        return one.ours;
    default:
        return {};
    }
}

void LogFilter::setText(const QString& text) {
    m_text = text;
    invalidateFilter();
}

void LogFilter::setEra(Era era, std::optional<TimePoint> start) {
    m_era = era;
    m_start = nanoseconds(start);
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const qint64 time = index.data(LogModel::TimeRole).toLongLong();
    if (m_era != Era::All && m_start > 0 && (time >= m_start) != (m_era == Era::SinceStart))
        return false;
    return m_text.isEmpty() || index.data(LogModel::OursRole).toBool() ||
           index.data().toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace inodeck::ui
