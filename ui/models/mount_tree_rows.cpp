#include <algorithm>

#include "ui/models/mount_tree.h"

namespace inodeck::ui {

namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

} // namespace

// --- one row ---

int MountTree::rowOf(const Group& group) const {
    const auto found = std::find_if(m_groups.begin(), m_groups.end(),
                                    [&](const auto& other) { return other.get() == &group; });
    return static_cast<int>(found - m_groups.begin());
}

QModelIndex MountTree::headerOf(const Group& group) const {
    return flat() ? QModelIndex() : createIndex(rowOf(group), 0, nullptr);
}

void MountTree::count(Group& group, int mount, int by) {
    group.counts[static_cast<std::size_t>(m_verdictOf[at(mount)])] += by;
    m_shown += by;
}

/// The header says what is in the group, and stands where its worst row belongs.
void MountTree::settle(Group& group) {
    if (flat())
        return;
    const int from = rowOf(group);
    const auto self = m_groups.begin() + from;
    const auto isBefore = [](const auto& a, const auto& b) { return a->isBefore(*b); };
    // The others are in order: its place is before or after, found without itself.
    int to = static_cast<int>(std::lower_bound(m_groups.begin(), self, *self, isBefore) - m_groups.begin());
    if (to == from)
        to =
            static_cast<int>(std::lower_bound(self + 1, m_groups.end(), *self, isBefore) - m_groups.begin()) -
            1;
    if (to != from) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        auto moved = std::move(m_groups[at(from)]);
        m_groups.erase(m_groups.begin() + from);
        m_groups.insert(m_groups.begin() + to, std::move(moved));
        endMoveRows();
    }
    const QModelIndex header = headerOf(group);
    Q_EMIT dataChanged(header, header.siblingAtColumn(MountModel::ColumnCount - 1));
}

MountTree::Group& MountTree::groupFor(const std::string& key) {
    Group*& group = m_byKey[key];
    if (group)
        return *group;
    auto made = std::make_unique<Group>();
    made->key = key;
    group = made.get();
    const int row = static_cast<int>(m_groups.size());
    beginInsertRows({}, row, row);
    m_groups.push_back(std::move(made));
    endInsertRows();
    return *group;
}

void MountTree::show(int mount) {
    Group& group = groupFor(keyOf(mount));
    const int row = placeIn(group, mount);
    beginInsertRows(headerOf(group), row, row);
    group.mounts.insert(group.mounts.begin() + row, mount);
    m_groupOf[at(mount)] = &group;
    count(group, mount, 1);
    endInsertRows();
    settle(group);
}

void MountTree::hide(int mount) {
    Group& group = *m_groupOf[at(mount)];
    const auto found = std::find(group.mounts.begin(), group.mounts.end(), mount);
    const int row = static_cast<int>(found - group.mounts.begin());
    beginRemoveRows(headerOf(group), row, row);
    group.mounts.erase(found);
    m_groupOf[at(mount)] = nullptr;
    count(group, mount, -1);
    endRemoveRows();
    if (flat() || !group.mounts.empty()) {
        settle(group);
        return;
    }
    dropGroup(group);
}

void MountTree::dropGroup(const Group& group) {
    const int header = rowOf(group);
    beginRemoveRows({}, header, header);
    m_byKey.erase(group.key);
    m_groups.erase(m_groups.begin() + header);
    endRemoveRows();
}

void MountTree::moveWithin(Group& group, int from, int to) {
    const int mount = group.mounts[at(from)];
    const QModelIndex header = headerOf(group);
    beginMoveRows(header, from, from, header, to > from ? to + 1 : to);
    group.mounts.erase(group.mounts.begin() + from);
    group.mounts.insert(group.mounts.begin() + to, mount);
    endMoveRows();
}

void MountTree::putByName(int mount) {
    const auto place = std::lower_bound(m_byName.begin(), m_byName.end(), mount,
                                        [this](int a, int b) { return nameLess(a, b); });
    m_byName.insert(place, mount);
}

/// A row that changed: it may come, go, or belong elsewhere now.
void MountTree::refresh(int mount) {
    std::erase(m_byName, mount);
    putByName(mount);
    if (Group* group = m_groupOf[at(mount)])
        count(*group, mount, -1);
    m_verdictOf[at(mount)] = verdictOf(mount);
    if (Group* group = m_groupOf[at(mount)])
        count(*group, mount, 1);
    const bool wanted = m_filter.accepts(m_mounts.entry(mount));
    Group* group = m_groupOf[at(mount)];
    if (!group) {
        if (wanted)
            show(mount);
        return;
    }
    if (!wanted) {
        hide(mount);
        return;
    }
    if (group->key != keyOf(mount) && !flat()) {
        regroup(mount, *group);
        return;
    }
    const int from = static_cast<int>(std::find(group->mounts.begin(), group->mounts.end(), mount) -
                                      group->mounts.begin());
    // The others are in order: its place is before or after, found without itself.
    const auto isLess = [this](int a, int b) { return less(a, b); };
    const auto self = group->mounts.begin() + from;
    int to = static_cast<int>(std::lower_bound(group->mounts.begin(), self, mount, isLess) -
                              group->mounts.begin());
    if (to == from)
        to = static_cast<int>(std::lower_bound(self + 1, group->mounts.end(), mount, isLess) -
                              group->mounts.begin()) -
             1;
    if (to != from)
        moveWithin(*group, from, to);
    const QModelIndex now = createIndex(to, 0, flat() ? nullptr : group);
    Q_EMIT dataChanged(now, now.siblingAtColumn(MountModel::ColumnCount - 1));
    settle(*group);
}

/// To the group that it belongs to now; selected rows stay selected.
void MountTree::regroup(int mount, Group& from) {
    Group& to = groupFor(keyOf(mount));
    const auto self = std::find(from.mounts.begin(), from.mounts.end(), mount);
    const int row = static_cast<int>(self - from.mounts.begin());
    const int place = placeIn(to, mount);
    beginMoveRows(headerOf(from), row, row, headerOf(to), place);
    from.mounts.erase(self);
    count(from, mount, -1);
    to.mounts.insert(to.mounts.begin() + place, mount);
    m_groupOf[at(mount)] = &to;
    count(to, mount, 1);
    endMoveRows();
    const QModelIndex now = createIndex(place, 0, &to);
    Q_EMIT dataChanged(now, now.siblingAtColumn(MountModel::ColumnCount - 1));
    settle(to);
    if (from.mounts.empty())
        dropGroup(from);
    else
        settle(from);
}

// --- what the MountModel tells ---

void MountTree::takeInserted(const QModelIndex&, int first, int last) {
    m_groupOf.insert(m_groupOf.begin() + first, at(last - first + 1), nullptr);
    m_verdictOf.insert(m_verdictOf.begin() + first, at(last - first + 1), Verdict::Unknown);
    for (int mount = first; mount <= last; ++mount) {
        m_verdictOf[at(mount)] = verdictOf(mount);
        putByName(mount);
        if (m_filter.accepts(m_mounts.entry(mount)))
            show(mount);
    }
}

void MountTree::forgetRows(const QModelIndex&, int first, int last) {
    for (int mount = last; mount >= first; --mount)
        if (m_groupOf[at(mount)])
            hide(mount);
}

void MountTree::takeRemoved(const QModelIndex&, int first, int last) {
    const int gone = last - first + 1;
    m_groupOf.erase(m_groupOf.begin() + first, m_groupOf.begin() + last + 1);
    m_verdictOf.erase(m_verdictOf.begin() + first, m_verdictOf.begin() + last + 1);
    std::erase_if(m_byName, [&](int mount) { return mount >= first && mount <= last; });
    for (int& mount : m_byName)
        mount -= mount > last ? gone : 0;
    for (const auto& group : m_groups)
        for (int& mount : group->mounts)
            mount -= mount > last ? gone : 0;
}

void MountTree::takeChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) {
    if (!roles.isEmpty()) {
        repaint(first.column(), last.column(), roles); // the clock or the palette: nothing moves
        return;
    }
    for (int mount = first.row(); mount <= last.row(); ++mount)
        refresh(mount);
}

void MountTree::repaint(int firstColumn, int lastColumn, const QList<int>& roles) {
    for (const auto& group : m_groups) {
        if (group->mounts.empty())
            continue;
        Group* inside = flat() ? nullptr : group.get();
        Q_EMIT dataChanged(createIndex(0, firstColumn, inside),
                           createIndex(static_cast<int>(group->mounts.size()) - 1, lastColumn, inside),
                           roles);
    }
}

} // namespace inodeck::ui
