#include "ui/views/host_tree.h"

#include <QKeyEvent>

#include "ui/views/row_delegate.h"

namespace inodeck::ui {

HostTree::HostTree(HostModel& hosts, QWidget* parent)
    : QTreeView(parent) {
    setModel(&hosts);
    setAccessibleName(tr("Hosts"));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(16);
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setTextElideMode(Qt::ElideRight);
    setIconSize({16, 16});
    setItemDelegate(new RowDelegate(this, RowDelegate::Wide::AsTheView));
    connect(this, &QTreeView::clicked, this, &HostTree::chosen);
    // Groups are open until somebody closes them.
    const auto open = [this, &hosts](int first, int last) {
        for (int row = first; row <= last; ++row)
            if (const QModelIndex index = hosts.index(row, 0); hosts.isGroup(index)) {
                setRootIsDecorated(true);
                expand(index);
            }
    };
    connect(&hosts, &QAbstractItemModel::rowsInserted, this,
            [open](const QModelIndex& parentIndex, int first, int last) {
                if (parentIndex.isValid())
                    open(parentIndex.row(), parentIndex.row());
                else
                    open(first, last);
            });
    connect(&hosts, &QAbstractItemModel::modelReset, this, [open, &hosts] { open(0, hosts.rowCount() - 1); });
}

void HostTree::forget() {
    clearSelection();
    setCurrentIndex({});
}

void HostTree::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT chosen(currentIndex());
    else
        QTreeView::keyPressEvent(event);
}

} // namespace inodeck::ui
