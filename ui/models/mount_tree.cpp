#include "ui/models/mount_tree.h"

#include <QFont>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

Verdict MountTree::Group::worst() const {
    for (const Verdict verdict : AllVerdicts)
        if (counts[static_cast<std::size_t>(verdict)] > 0)
            return verdict;
    return Verdict::InSync;
}

bool MountTree::Group::isBefore(const Group& other) const {
    const Verdict mine = worst();
    const Verdict theirs = other.worst();
    return mine != theirs ? mine < theirs : key < other.key;
}

MountTree::MountTree(const MountModel& mounts, QObject* parent)
    : QAbstractItemModel(parent)
    , m_mounts(mounts) {
    connect(&mounts, &QAbstractItemModel::rowsInserted, this, &MountTree::takeInserted);
    connect(&mounts, &QAbstractItemModel::rowsAboutToBeRemoved, this, &MountTree::forgetRows);
    connect(&mounts, &QAbstractItemModel::rowsRemoved, this, &MountTree::takeRemoved);
    connect(&mounts, &QAbstractItemModel::dataChanged, this, &MountTree::takeChanged);
    rebuild(m_filter);
    if (mounts.rowCount() > 0)
        takeInserted({}, 0, mounts.rowCount() - 1);
}

std::string MountTree::keyOf(int mount) const {
    const MountModel::Entry& entry = m_mounts.entry(mount);
    switch (m_groupBy) {
    case GroupBy::Host:
        return entry.host;
    case GroupBy::Project:
        return entry.row.observation.container.project;
    case GroupBy::Verdict:
        return std::string(toString(entry.row.judgement.verdict));
    case GroupBy::Nothing:
        break;
    }
    return {};
}

bool MountTree::less(int left, int right) const {
    const auto a = m_mounts.sortKey(left, m_column);
    const auto b = m_mounts.sortKey(right, m_column);
    if (a != b)
        return (a < b) == (m_order == Qt::AscendingOrder);
    return nameLess(left, right);
}

int MountTree::placeIn(const Group& group, int mount) const {
    const auto place = std::lower_bound(group.mounts.begin(), group.mounts.end(), mount,
                                        [this](int a, int b) { return less(a, b); });
    return static_cast<int>(place - group.mounts.begin());
}

// --- the whole: another filter, grouping or order ---

bool MountTree::nameLess(int left, int right) const {
    const int names = m_mounts.entry(left).name.compare(m_mounts.entry(right).name);
    return names != 0 ? names < 0 : left < right;
}

/// Sorts by the column what is in order of names; equals stay in that order.
void MountTree::arrange(Group& group) {
    const auto sorted = [&](const auto& keyOfMount) {
        std::vector<std::pair<decltype(keyOfMount(0)), int>> keyed;
        keyed.reserve(group.mounts.size());
        for (const int mount : group.mounts)
            keyed.emplace_back(keyOfMount(mount), mount);
        std::stable_sort(keyed.begin(), keyed.end(), [this](const auto& a, const auto& b) {
            return m_order == Qt::AscendingOrder ? a.first < b.first : b.first < a.first;
        });
        std::transform(keyed.begin(), keyed.end(), group.mounts.begin(),
                       [](const auto& one) { return one.second; });
    };
    if (m_column == MountModel::VerdictColumn)
        sorted([this](int mount) { return m_verdictOf[at(mount)]; });
    else if (MountModel::isNumber(m_column))
        sorted([this](int mount) { return m_mounts.sortKey(mount, m_column).number; });
    else
        sorted([this](int mount) { return m_mounts.sortKey(mount, m_column).text; });
}

/// By the letters that are typed a filter gets only narrower, or with Backspace only wider: then it is known
/// of many rows already.
std::vector<bool> MountTree::accepted(const MountFilter& filter) const {
    const bool narrower = filter.isWithin(m_filter);
    const bool wider = m_filter.isWithin(filter);
    std::vector<bool> accepted(m_groupOf.size());
    for (std::size_t mount = 0; mount < accepted.size(); ++mount) {
        const bool shown = m_groupOf[mount] != nullptr;
        if (shown ? wider : narrower)
            accepted[mount] = shown;
        else
            accepted[mount] = filter.accepts(m_mounts.entry(static_cast<int>(mount)));
    }
    return accepted;
}

void MountTree::rebuild(const MountFilter& filter) {
    const std::vector<bool> wanted = accepted(filter);
    m_filter = filter;
    m_groups.clear();
    m_byKey.clear();
    m_groupOf.assign(wanted.size(), nullptr);
    m_shown = 0;
    if (flat())
        m_byKey[{}] = m_groups.emplace_back(std::make_unique<Group>()).get();
    for (const int mount : m_byName) {
        if (!wanted[at(mount)])
            continue;
        const std::string key = keyOf(mount);
        Group*& group = m_byKey[key];
        if (!group) {
            group = m_groups.emplace_back(std::make_unique<Group>()).get();
            group->key = key;
        }
        group->mounts.push_back(mount);
        m_groupOf[at(mount)] = group;
        count(*group, mount, 1);
    }
    for (const auto& group : m_groups)
        arrange(*group);
    std::sort(m_groups.begin(), m_groups.end(), [](const auto& a, const auto& b) { return a->isBefore(*b); });
}

void MountTree::setFilter(const MountFilter& filter) {
    if (filter == m_filter)
        return;
    beginResetModel();
    rebuild(filter);
    endResetModel();
}

void MountTree::setGroupBy(GroupBy groupBy) {
    if (groupBy == m_groupBy)
        return;
    beginResetModel();
    m_groupBy = groupBy;
    rebuild(m_filter);
    endResetModel();
}

void MountTree::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= MountModel::ColumnCount || (column == m_column && order == m_order))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> mounts;
    for (const QModelIndex& index : before)
        mounts.push_back(mountOf(index));
    m_column = column;
    m_order = order;
    for (const auto& group : m_groups)
        group->mounts.clear();
    for (const int mount : m_byName)
        if (Group* group = m_groupOf[at(mount)])
            group->mounts.push_back(mount);
    for (const auto& group : m_groups)
        arrange(*group);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const int mount = mounts[at(static_cast<int>(i))];
        after << (mount < 0 ? before[i] : indexOf(mount).siblingAtColumn(before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

// --- what the view asks ---

bool MountTree::isGroup(const QModelIndex& index) const {
    return index.isValid() && !flat() && !index.internalPointer();
}

int MountTree::mountOf(const QModelIndex& index) const {
    if (!index.isValid() || isGroup(index))
        return -1;
    const auto* group = flat() ? m_groups.front().get() : static_cast<const Group*>(index.internalPointer());
    return group->mounts[at(index.row())];
}

QModelIndex MountTree::indexOf(int mount) const {
    if (mount < 0 || mount >= static_cast<int>(m_groupOf.size()) || !m_groupOf[at(mount)])
        return {};
    Group* group = m_groupOf[at(mount)];
    const auto found = std::find(group->mounts.begin(), group->mounts.end(), mount);
    return createIndex(static_cast<int>(found - group->mounts.begin()), 0, flat() ? nullptr : group);
}

std::string MountTree::groupKey(const QModelIndex& index) const {
    return isGroup(index) ? m_groups[at(index.row())]->key : std::string();
}

QModelIndex MountTree::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_groups[at(parent.row())].get() : nullptr);
}

QModelIndex MountTree::parent(const QModelIndex& index) const {
    const auto* group = static_cast<const Group*>(index.internalPointer());
    return group ? headerOf(*group) : QModelIndex();
}

int MountTree::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return static_cast<int>(flat() ? m_groups.front()->mounts.size() : m_groups.size());
    return isGroup(parent) && parent.column() == 0
               ? static_cast<int>(m_groups[at(parent.row())]->mounts.size())
               : 0;
}

int MountTree::columnCount(const QModelIndex&) const {
    return MountModel::ColumnCount;
}

// The view asks these of every row whenever it lays out: they must be cheap.

bool MountTree::hasChildren(const QModelIndex& parent) const {
    return rowCount(parent) > 0;
}

Qt::ItemFlags MountTree::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isGroup(index) ? usual : usual | Qt::ItemNeverHasChildren;
}

QVariant MountTree::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (isGroup(index))
        return index.column() == 0 ? groupData(*m_groups[at(index.row())], role) : QVariant();
    return m_mounts.data(m_mounts.index(mountOf(index), index.column()), role);
}

QVariant MountTree::groupData(const Group& group, int role) const {
    const Verdict worst = group.worst();
    if (role == Qt::DecorationRole || role == MountModel::VerdictRole)
        return m_mounts.ofVerdict(worst, role);
    if (role == Qt::FontRole) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    QString name = m_groupBy == GroupBy::Verdict ? label(worst) : literal(group.key);
    if (m_groupBy == GroupBy::Project && group.key.empty())
        name = tr("no project");
    QStringList words{group.mounts.size() == 1 ? tr("1 mount") : tr("%1 mounts").arg(group.mounts.size())};
    for (const Verdict verdict : AllVerdicts)
        if (const int number = group.counts[static_cast<std::size_t>(verdict)];
            number > 0 && m_groupBy != GroupBy::Verdict)
            words << QStringLiteral("%1 %2").arg(number).arg(label(verdict));
    const QString text = name + QStringLiteral(" – ") + words.join(QStringLiteral(" · "));
    return role == Qt::DisplayRole ? text : tooltip(text.toStdString());
}

QVariant MountTree::headerData(int section, Qt::Orientation orientation, int role) const {
    return m_mounts.headerData(section, orientation, role);
}

} // namespace inodeck::ui
