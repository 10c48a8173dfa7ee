#include "ui/views/mount_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

#include "ui/dialogs/local_keys.h"
#include "ui/models/row_text.h"
#include "ui/views/row_delegate.h"

namespace inodeck::ui {

MountTable::MountTable(const MountModel& mounts, QWidget* parent)
    : QTreeView(parent)
    , m_mounts(mounts)
    , m_tree(mounts) {
    setModel(&m_tree);
    setAccessibleName(tr("Mounts"));
    setItemDelegate(new RowDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(16);
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(true);
    setExpandsOnDoubleClick(true);
    setTextElideMode(Qt::ElideMiddle);
    buildHeader();
    (new LocalKeys(this))->add(Qt::CTRL | Qt::Key_C, tr("Mounts: copy the selected rows as text"), [this] {
        copySelected();
    });
    for (const auto signal :
         {&QAbstractItemModel::rowsAboutToBeInserted, &QAbstractItemModel::rowsAboutToBeRemoved})
        connect(&m_tree, signal, this, &MountTable::keepPlace);
    connect(&m_tree, &QAbstractItemModel::rowsAboutToBeMoved, this, &MountTable::keepPlace);
    connect(&m_tree, &QAbstractItemModel::rowsInserted, this, &MountTable::openGroups);
    connect(&m_tree, &QAbstractItemModel::dataChanged, this, &MountTable::takeData);
    connect(&m_tree, &QAbstractItemModel::modelAboutToBeReset, this, &MountTable::keepCurrent);
    connect(&m_tree, &QAbstractItemModel::modelReset, this, &MountTable::restoreCurrent);
    connect(this, &QTreeView::collapsed, this, &MountTable::closeGroup);
    connect(this, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_closed.erase(m_tree.groupKey(index)); });
    connect(this, &QTreeView::clicked, this, &MountTable::mountChosen);
}

void MountTable::buildHeader() {
    const int letter = fontMetrics().averageCharWidth();
    const std::array<int, MountModel::ColumnCount> letters{30, 14, 24, 33, 16, 16, 13, 12, 11};
    for (int column = 0; column < MountModel::ColumnCount; ++column)
        setColumnWidth(column, letters[static_cast<std::size_t>(column)] * letter);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->moveSection(MountModel::ChangeColumn, 1);
    header()->setSortIndicator(MountModel::VerdictColumn, Qt::AscendingOrder);
    setSortingEnabled(true);
}

const MountModel::Entry* MountTable::current() const {
    const int mount = m_tree.mountOf(currentIndex());
    return mount < 0 ? nullptr : &m_mounts.entry(mount);
}

QModelIndex MountTable::firstMount() const {
    const QModelIndex first = m_tree.index(0, 0);
    return m_tree.isGroup(first) ? m_tree.index(0, 0, first) : first;
}

std::vector<MountModel::Entry> MountTable::shown() const {
    std::vector<MountModel::Entry> entries;
    const auto take = [&](const QModelIndex& index) {
        if (const int mount = m_tree.mountOf(index); mount >= 0)
            entries.push_back(m_mounts.entry(mount));
    };
    for (int row = 0; row < m_tree.rowCount(); ++row) {
        const QModelIndex top = m_tree.index(row, 0);
        take(top);
        for (int child = 0; child < m_tree.rowCount(top); ++child)
            take(m_tree.index(child, 0, top));
    }
    return entries;
}

std::vector<MountModel::Entry> MountTable::selected() const {
    std::vector<MountModel::Entry> entries;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        if (const int mount = m_tree.mountOf(index);
            mount >= 0 && (!index.parent().isValid() || isExpanded(index.parent())))
            entries.push_back(m_mounts.entry(mount));
    return entries;
}

void MountTable::selectSomething() {
    if (!currentIndex().isValid() && firstMount().isValid())
        setCurrentIndex(firstMount());
}

void MountTable::setGroupBy(GroupBy groupBy) {
    if (groupBy != m_tree.groupBy())
        m_closed.clear();
    setRootIsDecorated(groupBy != GroupBy::Nothing);
    m_tree.setGroupBy(groupBy);
}

// --- staying where we are ---

/// At the very top, the worst rows are what one wants to see: there nothing is held.
void MountTable::keepPlace() {
    if (!m_top.isValid() && verticalScrollBar()->value() > 0)
        m_top = indexAt(QPoint(0, 0));
}

void MountTable::doItemsLayout() {
    QTreeView::doItemsLayout();
    if (m_top.isValid())
        scrollTo(m_top, PositionAtTop);
    m_top = QPersistentModelIndex();
}

void MountTable::keepCurrent() {
    m_currentMount = m_tree.mountOf(currentIndex());
}

void MountTable::restoreCurrent() {
    openGroups({}, 0, m_tree.rowCount() - 1);
    const QModelIndex index = m_tree.indexOf(m_currentMount);
    m_restoring = true;
    setCurrentIndex(index);
    m_restoring = false;
    if (!index.isValid())
        Q_EMIT currentEntryChanged();
}

/// Its rows are no longer selected: a restart of rows that nobody sees would be an accident.
void MountTable::closeGroup(const QModelIndex& group) {
    m_closed.insert(m_tree.groupKey(group));
    const int rows = m_tree.rowCount(group);
    if (rows > 0)
        selectionModel()->select({m_tree.index(0, 0, group), m_tree.index(rows - 1, 0, group)},
                                 QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    if (currentIndex().isValid() && currentIndex().parent() == group)
        selectionModel()->setCurrentIndex(group, QItemSelectionModel::NoUpdate);
}

void MountTable::openGroups(const QModelIndex& parent, int first, int last) {
    if (parent.isValid() || m_tree.groupBy() == GroupBy::Nothing)
        return;
    scheduleDelayedItemsLayout(); // expanding is then only a note
    for (int row = first; row <= last; ++row) {
        const QModelIndex group = m_tree.index(row, 0);
        if (!m_closed.contains(m_tree.groupKey(group)))
            expand(group);
    }
}

// --- what is selected ---

void MountTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    if (!m_restoring && (current.row() != previous.row() || current.parent() != previous.parent())) {
        Q_EMIT currentEntryChanged();
        if (hasFocus())
            Q_EMIT mountChosen();
    }
}

void MountTable::takeData(const QModelIndex& first, const QModelIndex& last) {
    const QModelIndex index = currentIndex();
    if (index.isValid() && index.parent() == first.parent() && index.row() >= first.row() &&
        index.row() <= last.row())
        Q_EMIT currentEntryChanged();
}

void MountTable::focusInEvent(QFocusEvent* event) {
    QTreeView::focusInEvent(event);
    Q_EMIT mountChosen();
}

void MountTable::copySelected() const {
    const TimePoint now = Clock::system().now();
    QStringList texts;
    for (const MountModel::Entry& entry : selected())
        texts << rowText(entry, now);
    if (const MountModel::Entry* entry = current(); texts.isEmpty() && entry)
        texts << rowText(*entry, now);
    if (!texts.isEmpty())
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
}

// --- painting ---

/// A group's header goes across all columns.
void MountTable::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    if (!m_tree.isGroup(index)) {
        QTreeView::drawRow(painter, option, index);
        return;
    }
    QStyleOptionViewItem whole = option;
    initViewItemOption(&whole);
    whole.rect = QRect(0, option.rect.y(), viewport()->width(), option.rect.height());
    if (selectionModel()->isSelected(index))
        whole.state |= QStyle::State_Selected;
    whole.showDecorationSelected = true;
    whole.backgroundBrush = palette().brush(QPalette::Window);
    painter->fillRect(whole.rect, whole.backgroundBrush);
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &whole, painter, this);
    drawBranches(painter, QRect(0, whole.rect.y(), indentation(), whole.rect.height()), index);
    whole.rect.setLeft(indentation());
    if (currentIndex().row() == index.row() && !currentIndex().parent().isValid() && hasFocus())
        whole.state |= QStyle::State_HasFocus;
    itemDelegate()->paint(painter, whole, index);
}

void MountTable::paintEvent(QPaintEvent* event) {
    QTreeView::paintEvent(event);
    if (m_tree.shown() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                     m_mounts.rowCount() > 0 ? tr("No mount matches the filter. Esc clears it.")
                                             : tr("No bind mounts seen so far."));
}

} // namespace inodeck::ui
