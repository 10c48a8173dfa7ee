#include "ui/views/mount_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include "ui/models/row_text.h"

namespace inodeck::ui {

MountTable::MountTable(MountModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model) {
    m_filter.setSourceModel(&model);
    setModel(&m_filter);
    setAccessibleName(tr("Mounts"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setSortingEnabled(true);
    sortByColumn(MountModel::VerdictColumn, Qt::AscendingOrder);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideMiddle);
    verticalHeader()->hide();
    const int line = fontMetrics().lineSpacing();
    verticalHeader()->setDefaultSectionSize(line + line / 2);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const int letter = fontMetrics().averageCharWidth();
    const std::array<int, MountModel::ColumnCount> letters{25, 17, 26, 36, 17, 17, 13, 13};
    for (int column = 0; column < MountModel::ColumnCount; ++column)
        setColumnWidth(column, letters[static_cast<std::size_t>(column)] * letter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &MountTable::currentEntryChanged);
    // The selected row may say something else after a rescan.
    connect(&m_filter, &QAbstractItemModel::dataChanged, this, &MountTable::currentEntryChanged);
}

const MountModel::Entry* MountTable::current() const {
    const QModelIndex index = m_filter.mapToSource(currentIndex());
    return index.isValid() ? &m_model.entry(index.row()) : nullptr;
}

void MountTable::selectSomething() {
    if (!currentIndex().isValid() && m_filter.rowCount() > 0)
        setCurrentIndex(m_filter.index(0, 0));
}

void MountTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_filter.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                     m_model.rowCount() > 0 ? tr("No mount matches the filter. Esc clears it.")
                                            : tr("No bind mounts seen so far."));
}

void MountTable::keyPressEvent(QKeyEvent* event) {
    if (!event->matches(QKeySequence::Copy) || !currentIndex().isValid()) {
        QTableView::keyPressEvent(event);
        return;
    }
    if (const MountModel::Entry* entry = current())
        QGuiApplication::clipboard()->setText(rowText(*entry, Clock::system().now()));
}

} // namespace inodeck::ui
