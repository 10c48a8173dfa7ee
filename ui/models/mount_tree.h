#pragma once

#include <QAbstractItemModel>
#include <map>
#include <memory>
#include <vector>

#include "ui/models/mount_filter.h"
#include "ui/models/mount_model.h"

namespace inodeck::ui {

enum class GroupBy { Nothing, Host, Project, Verdict };

/// The mounts as the operator wants to see them: filtered, sorted, and in groups if asked. A row of the model
/// that comes, goes or changes is put in its place by binary search; only a new order, filter or grouping
/// looks at all of them.
class MountTree final : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit MountTree(const MountModel& mounts, QObject* parent = nullptr);

    void setFilter(const MountFilter& filter);
    const MountFilter& filter() const { return m_filter; }
    void setGroupBy(GroupBy groupBy);
    GroupBy groupBy() const { return m_groupBy; }
    void sort(int column, Qt::SortOrder order) override;
    /// How many mounts pass the filter.
    int shown() const { return m_shown; }

    /// The row in the MountModel; -1 for a group's header.
    int mountOf(const QModelIndex& index) const;
    /// Where a row of the MountModel is shown; invalid when it is filtered out.
    QModelIndex indexOf(int mount) const;
    bool isGroup(const QModelIndex& index) const;
    /// Names the group across resets.
    std::string groupKey(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group {
        std::string key;
        std::vector<int> mounts;
        std::array<int, AllVerdicts.size()> counts{};
        Verdict worst() const;
        bool isBefore(const Group& other) const;
    };

    bool flat() const { return m_groupBy == GroupBy::Nothing; }
    Verdict verdictOf(int mount) const { return m_mounts.entry(mount).row.judgement.verdict; }
    std::string keyOf(int mount) const;
    bool nameLess(int left, int right) const;
    bool less(int left, int right) const;
    int placeIn(const Group& group, int mount) const;
    int rowOf(const Group& group) const;
    QModelIndex headerOf(const Group& group) const;
    QVariant groupData(const Group& group, int role) const;

    void rebuild(const MountFilter& filter);
    std::vector<bool> accepted(const MountFilter& filter) const;
    void arrange(Group& group);
    void putByName(int mount);
    Group& groupFor(const std::string& key);
    void show(int mount);
    void hide(int mount);
    void refresh(int mount);
    void moveWithin(Group& group, int from, int to);
    void regroup(int mount, Group& from);
    void dropGroup(const Group& group);
    void count(Group& group, int mount, int by);
    void settle(Group& group);

    void takeInserted(const QModelIndex& parent, int first, int last);
    void forgetRows(const QModelIndex& parent, int first, int last);
    void takeRemoved(const QModelIndex& parent, int first, int last);
    void takeChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);
    void repaint(int firstColumn, int lastColumn, const QList<int>& roles);

    const MountModel& m_mounts;
    MountFilter m_filter;
    GroupBy m_groupBy = GroupBy::Nothing;
    int m_column = MountModel::VerdictColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    int m_shown = 0;
    std::vector<std::unique_ptr<Group>> m_groups; ///< worst first; a single one when nothing is grouped
    std::map<std::string, Group*> m_byKey;
    std::vector<int> m_byName;        ///< all rows of the MountModel: what keeps equals apart
    std::vector<Group*> m_groupOf;    ///< by row of the MountModel; null: filtered out
    std::vector<Verdict> m_verdictOf; ///< of all of them, as they were counted
};

} // namespace inodeck::ui
