#include "ui/models/mount_model.h"

#include <QBrush>
#include <QFont>
#include <QFontDatabase>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

using Key = std::tuple<std::string, std::string>;

/// The same mount in two scans: a recreated container has another id, but the same name and destination.
Key keyOf(const Row& row) {
    return {row.observation.container.name, row.observation.destination};
}

Row notObserved(Row row, const std::string& why) {
    row.judgement = {Verdict::Unknown, why, std::nullopt};
    return row;
}

qint64 seconds(const std::optional<TimePoint>& time) {
    return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count() : 0;
}

} // namespace

void MountModel::merge(const HostScan& scan) {
    update(scan.status == HostStatus::Ok ? scan.rows : unobserved(scan), scan.host);
}

std::vector<Row> MountModel::unobserved(const HostScan& scan) const {
    const bool cancelled = scan.status == HostStatus::Cancelled;
    const std::string why =
        cancelled ? "The last look at this host was cancelled; what was seen before may have changed."
                  : "The last look at this host failed: " + scan.error.message;
    std::vector<Row> rows;
    for (const Entry& entry : m_entries)
        if (entry.host == scan.host)
            rows.push_back(cancelled && entry.row.judgement.verdict != Verdict::InSync
                               ? entry.row
                               : notObserved(entry.row, why));
    return rows;
}

void MountModel::removeHost(const std::string& host) {
    update({}, host);
}

void MountModel::update(std::vector<Row> rows, const std::string& host) {
    std::map<Key, Row> fresh;
    for (Row& row : rows)
        fresh.insert_or_assign(keyOf(row), std::move(row));
    for (int i = rowCount() - 1; i >= 0; --i) {
        Entry& old = m_entries[static_cast<std::size_t>(i)];
        if (old.host != host)
            continue;
        const auto found = fresh.find(keyOf(old.row));
        if (found == fresh.end()) {
            beginRemoveRows({}, i, i);
            m_entries.erase(m_entries.begin() + i);
            endRemoveRows();
            continue;
        }
        old.row = std::move(found->second);
        fresh.erase(found);
        Q_EMIT dataChanged(index(i, 0), index(i, ColumnCount - 1));
    }
    if (fresh.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (auto& [key, row] : fresh)
        m_entries.push_back({host, std::move(row)});
    endInsertRows();
}

std::map<Verdict, int> MountModel::counts() const {
    std::map<Verdict, int> counts;
    for (const Entry& entry : m_entries)
        ++counts[entry.row.judgement.verdict];
    return counts;
}

void MountModel::setDark(bool dark) {
    m_dark = dark;
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, VerdictColumn), index(rowCount() - 1, VerdictColumn));
}

void MountModel::setNow(TimePoint now) {
    m_now = now;
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, StaleSince), index(rowCount() - 1, UpSince), {Qt::DisplayRole});
}

int MountModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int MountModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MountModel::display(const Entry& entry, int column) const {
    const Observation& o = entry.row.observation;
    switch (column) {
    case VerdictColumn:
        return label(entry.row.judgement.verdict);
    case HostColumn:
        return literal(entry.host);
    case ServiceColumn:
        return literal(o.container.label());
    case ConfigColumn:
        return literal(o.destination);
    case HostHash:
        return briefHash(o.hostSide);
    case ContainerHash:
        return o.container.running ? briefHash(o.containerSide) : QStringLiteral("–");
    case StaleSince:
        return ago(entry.row.judgement.since, m_now);
    case UpSince:
        return o.container.running ? ago(o.container.startedAt, m_now) : QString();
    default:
        return {};
    }
}

QVariant MountModel::sortKey(const Entry& entry, int column) const {
    switch (column) {
    case VerdictColumn:
        return static_cast<int>(entry.row.judgement.verdict);
    case StaleSince:
        return entry.row.judgement.since ? seconds(entry.row.judgement.since)
                                         : std::numeric_limits<qint64>::max();
    case UpSince:
        return seconds(entry.row.observation.container.startedAt);
    default:
        return display(entry, column);
    }
}

QVariant MountModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& one = entry(index.row());
    const Verdict verdict = one.row.judgement.verdict;
    const Observation& o = one.row.observation;
    switch (role) {
    case Qt::DisplayRole:
        return display(one, index.column());
    case SortRole:
        return sortKey(one, index.column());
    case VerdictRole:
        return static_cast<int>(verdict);
    case SearchRole:
        return literal(one.host + " " + o.container.label() + " " + o.container.name + " " + o.destination +
                       " " + o.source + " " + o.container.image + " " + std::string(toString(verdict)));
    case Qt::ToolTipRole:
        if (index.column() == ConfigColumn)
            return tooltip(o.source + " -> " + o.destination);
        return index.column() == VerdictColumn
                   ? tooltip(one.row.judgement.reason)
                   : tooltip(display(one, index.column()).toString().toStdString());
    case Qt::DecorationRole:
        return index.column() == VerdictColumn ? QVariant(icon(verdict, m_dark)) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == VerdictColumn ? QVariant(QBrush(colour(verdict, m_dark))) : QVariant();
    case Qt::FontRole:
        return index.column() == HostHash || index.column() == ContainerHash
                   ? QVariant(QFontDatabase::systemFont(QFontDatabase::FixedFont))
                   : QVariant();
    default:
        return {};
    }
}

QVariant MountModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const std::array<const char*, ColumnCount> Titles{
        QT_TR_NOOP("Verdict"),   QT_TR_NOOP("Host"),           QT_TR_NOOP("Service"),   QT_TR_NOOP("Config"),
        QT_TR_NOOP("Host hash"), QT_TR_NOOP("Container hash"), QT_TR_NOOP("Stale for"), QT_TR_NOOP("Up for")};
    return section >= 0 && section < ColumnCount ? tr(Titles[static_cast<std::size_t>(section)]) : QVariant();
}

} // namespace inodeck::ui
