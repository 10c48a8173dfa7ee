#include "ui/models/mount_model.h"

#include <QBrush>
#include <QFontDatabase>
#include <algorithm>

#include "ui/models/look.h"
#include "ui/models/mount_cells.h"

namespace inodeck::ui {

namespace {

using Key = std::pair<std::string, std::string>;

/// The same mount in two scans: a recreated container has another id, but the same name and destination.
Key keyOf(const Row& row) {
    return {row.observation.container.name, row.observation.destination};
}

std::string nameOf(const std::string& host, const Row& row) {
    return host + '\n' + row.observation.container.label() + '\n' + row.observation.destination;
}

std::string hashOf(const Side& side) {
    return side.facts && side.facts->sha256 ? side.facts->sha256->hex() : std::string();
}

/// What `/` looks through: names, paths, and the words of the verdict.
std::string searchOf(const std::string& host, const Row& row) {
    const Observation& o = row.observation;
    const QString text = literal(host + " " + o.container.label() + " " + o.container.name + " " +
                                 o.destination + " " + o.source + " " + o.container.image + " " +
                                 std::string(toString(row.judgement.verdict)) + " ") +
                         label(row.judgement.verdict) + QLatin1Char(' ') +
                         QString::fromStdString(row.judgement.reason);
    return text.toLower().toStdString();
}

/// What may not be shown cannot be guessed by searching for it either.
std::string hashesOf(const Row& row) {
    const Observation& o = row.observation;
    const std::string id = o.container.id.hex();
    return row.secret ? id : id + " " + hashOf(o.hostSide) + " " + hashOf(o.containerSide);
}

MountModel::Entry entryOf(const std::string& host, const Row& row, Change change) {
    return {host, row, change, row.judgement.verdict, searchOf(host, row), hashesOf(row), nameOf(host, row)};
}

MountNews newsOf(Change change, const std::string& host, const Row& row, Verdict before) {
    return {change,
            host,
            row.observation.container.label(),
            row.observation.destination,
            before,
            row.judgement.verdict};
}

/// A verdict that could not be found this time is no change of what was known, only of what is shown.
Change changeOf(const MountModel::Entry& before, Verdict now) {
    if (now != Verdict::Unknown)
        return ui::changeOf(before.observed, now);
    return before.row.judgement.verdict == now ? Change::None : Change::Verdict;
}

Row notObserved(Row row, const std::string& why) {
    row.judgement = {Verdict::Unknown, why, std::nullopt};
    return row;
}

} // namespace

MountModel::MountModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont)) {}

std::vector<MountNews> MountModel::merge(const HostScan& scan) {
    if (scan.status == HostStatus::Ok)
        return mergeObserved(scan);
    mergeUnobserved(scan);
    return {};
}

std::vector<MountNews> MountModel::mergeObserved(const HostScan& scan) {
    std::vector<MountNews> news;
    std::map<Key, const Row*> fresh;
    for (const Row& row : scan.rows)
        fresh[keyOf(row)] = &row;
    const auto known = m_rowsOf.find(scan.host);
    const bool first = known == m_rowsOf.end();
    const std::vector<int> old = first ? std::vector<int>() : known->second;
    for (auto index = old.rbegin(); index != old.rend(); ++index) {
        const Entry& before = entry(*index);
        const auto found = fresh.find(keyOf(before.row));
        if (found == fresh.end()) {
            news.push_back(newsOf(Change::Vanished, scan.host, before.row, before.observed));
            remove(*index);
            continue;
        }
        const Change change = changeOf(before, found->second->judgement.verdict);
        if (change != Change::None)
            news.push_back(newsOf(change, scan.host, *found->second, before.observed));
        replace(*index, *found->second, change);
        fresh.erase(found);
    }
    const Change appeared = first ? Change::None : Change::Appeared;
    std::vector<Entry> entries;
    for (const auto& [key, row] : fresh) {
        entries.push_back(entryOf(scan.host, *row, appeared));
        if (!first)
            news.push_back(newsOf(appeared, scan.host, *row, row->judgement.verdict));
    }
    append(scan.host, std::move(entries));
    return news;
}

void MountModel::mergeUnobserved(const HostScan& scan) {
    const auto known = m_rowsOf.find(scan.host);
    if (known == m_rowsOf.end())
        return;
    const bool cancelled = scan.status == HostStatus::Cancelled;
    const std::string why =
        cancelled ? "The last look at this host was cancelled; what was seen before may have changed."
                  : "The last look at this host failed: " + scan.error.message;
    for (const int index : known->second) {
        const Entry& old = entry(index);
        if (!cancelled || old.row.judgement.verdict == Verdict::InSync)
            replace(index, notObserved(old.row, why), Change::None);
    }
}

void MountModel::removeHost(const std::string& host) {
    const auto known = m_rowsOf.find(host);
    if (known == m_rowsOf.end())
        return;
    const std::vector<int> old = known->second;
    for (auto index = old.rbegin(); index != old.rend(); ++index)
        remove(*index);
    m_rowsOf.erase(host);
}

/// An empty list too makes the host a known one: what it shows later is new there.
void MountModel::append(const std::string& host, std::vector<Entry> fresh) {
    std::vector<int>& rows = m_rowsOf[host];
    if (fresh.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (Entry& one : fresh) {
        ++m_counts[static_cast<std::size_t>(one.row.judgement.verdict)];
        rows.push_back(rowCount());
        m_entries.push_back(std::make_unique<Entry>(std::move(one)));
    }
    endInsertRows();
}

void MountModel::replace(int index, const Row& row, Change change) {
    Entry& old = *m_entries[static_cast<std::size_t>(index)];
    if (old.row == row && old.change == change)
        return;
    --m_counts[static_cast<std::size_t>(old.row.judgement.verdict)];
    ++m_counts[static_cast<std::size_t>(row.judgement.verdict)];
    Entry fresh = entryOf(old.host, row, change);
    if (fresh.observed == Verdict::Unknown)
        fresh.observed = old.observed;
    old = std::move(fresh);
    Q_EMIT dataChanged(this->index(index, 0), this->index(index, ColumnCount - 1));
}

void MountModel::remove(int index) {
    beginRemoveRows({}, index, index);
    --m_counts[static_cast<std::size_t>(entry(index).row.judgement.verdict)];
    m_entries.erase(m_entries.begin() + index);
    for (auto& [host, rows] : m_rowsOf) {
        std::erase(rows, index);
        for (int& row : rows)
            row -= row > index ? 1 : 0;
    }
    endRemoveRows();
}

void MountModel::clearChanges() {
    for (int i = 0; i < rowCount(); ++i) {
        Entry& one = *m_entries[static_cast<std::size_t>(i)];
        if (std::exchange(one.change, Change::None) != Change::None)
            Q_EMIT dataChanged(index(i, 0), index(i, ColumnCount - 1));
    }
}

bool MountModel::hasChanges() const {
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [](const auto& one) { return one->change != Change::None; });
}

int MountModel::find(const std::string& host, const std::string& service, const std::string& config) const {
    const auto known = m_rowsOf.find(host);
    if (known == m_rowsOf.end())
        return -1;
    for (const int row : known->second) {
        const Observation& o = entry(row).row.observation;
        if (o.container.label() == service && o.destination == config)
            return row;
    }
    return -1;
}

std::map<Verdict, int> MountModel::counts() const {
    std::map<Verdict, int> counts;
    for (const Verdict verdict : AllVerdicts)
        if (const int count = m_counts[static_cast<std::size_t>(verdict)])
            counts[verdict] = count;
    return counts;
}

void MountModel::setDark(bool dark) {
    if (m_dark == dark)
        return;
    m_dark = dark;
    m_icons = VerdictIcons(dark);
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1),
                           {Qt::DecorationRole, Qt::ForegroundRole});
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

QVariant MountModel::ofVerdict(Verdict verdict, int role) const {
    if (role == VerdictRole)
        return static_cast<int>(verdict);
    return role == Qt::DecorationRole ? QVariant(m_icons[verdict]) : QVariant();
}

MountModel::SortKey MountModel::sortKey(int row, int column) const {
    return ui::sortKey(entry(row), column);
}

bool MountModel::isNumber(int column) {
    return column == VerdictColumn || column == StaleSince || column == UpSince || column == ChangeColumn;
}

QVariant MountModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& one = entry(index.row());
    const Verdict verdict = one.row.judgement.verdict;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(one, column, m_now);
    case VerdictRole:
        return static_cast<int>(verdict);
    case Qt::ToolTipRole:
        return cellToolTip(one, column, m_now);
    case Qt::DecorationRole:
        return column == VerdictColumn ? QVariant(m_icons[verdict]) : QVariant();
    case Qt::ForegroundRole:
        return column == VerdictColumn ? QVariant(QBrush(colour(verdict, m_dark))) : QVariant();
    case Qt::FontRole:
        return column == HostHash || column == ContainerHash ? QVariant(m_fixed) : QVariant();
    default:
        return {};
    }
}

QVariant MountModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const std::array<const char*, ColumnCount> Titles{
        QT_TR_NOOP("Verdict"),   QT_TR_NOOP("Host"),      QT_TR_NOOP("Service"),
        QT_TR_NOOP("Config"),    QT_TR_NOOP("Host hash"), QT_TR_NOOP("Container hash"),
        QT_TR_NOOP("Stale for"), QT_TR_NOOP("Up for"),    QT_TR_NOOP("New")};
    return section >= 0 && section < ColumnCount ? tr(Titles[static_cast<std::size_t>(section)]) : QVariant();
}

} // namespace inodeck::ui
