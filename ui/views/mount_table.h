#pragma once

#include <QPersistentModelIndex>
#include <QTreeView>
#include <set>

#include "ui/models/mount_tree.h"

namespace inodeck::ui {

/// The table of mounts, in groups if asked; rows are selected, several with Ctrl
/// and Shift. What the operator looks at stays where it
/// is while rows come and go around it.
class MountTable final : public QTreeView {
    Q_OBJECT

public:
    MountTable(const MountModel& mounts, QWidget* parent = nullptr);
    MountTree& tree() { return m_tree; }
    /// The selected mount; null when none is, or a group's header.
    const MountModel::Entry* current() const;
    /// All rows that the filter lets through, as they are sorted.
    std::vector<MountModel::Entry> shown() const;
    /// The selected ones of them; several with Ctrl and Shift. Never a row in a closed group: what is not
    /// seen is not acted on.
    std::vector<MountModel::Entry> selected() const;
    /// Selects the first mount when nothing is selected.
    void selectSomething();
    void setGroupBy(GroupBy groupBy);
    void doItemsLayout() override;

Q_SIGNALS:
    /// Another mount is selected, or the selected one says something else.
    void currentEntryChanged();
    /// The operator went to a mount.
    void mountChosen();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void focusInEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;

private:
    void buildHeader();
    void copySelected() const;
    void keepPlace();
    void keepCurrent();
    void restoreCurrent();
    void closeGroup(const QModelIndex& group);
    void openGroups(const QModelIndex& parent, int first, int last);
    void takeData(const QModelIndex& first, const QModelIndex& last);
    QModelIndex firstMount() const;

    const MountModel& m_mounts;
    MountTree m_tree;
    std::set<std::string> m_closed; ///< keys of collapsed groups
    QPersistentModelIndex m_top;    ///< the row that was at the top before the rows changed
    int m_currentMount = -1;        ///< over a reset
    bool m_restoring = false;       ///< then it is the same mount, and no news
};

} // namespace inodeck::ui
