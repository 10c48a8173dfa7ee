#include "ui/views/diff_pane.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QScrollBar>
#include <algorithm>

#include "ui/views/copy_rows.h"
#include "ui/views/diff_delegate.h"

namespace inodeck::ui {

DiffPane::DiffPane(DiffModel::Pane pane, QWidget* parent)
    : QTreeView(parent)
    , m_model(pane) {
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setModel(&m_model);
    setItemDelegate(new DiffDelegate(*this));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setTextElideMode(Qt::ElideNone);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(1);
}

void DiffPane::setSides(const std::shared_ptr<const SideBySide>& sides) {
    m_model.setSides(sides);
    layColumns();
}

int DiffPane::numberWidth() const {
    return fontMetrics().horizontalAdvance(QLatin1Char('0')) * (m_model.mostDigits() + 2);
}

int DiffPane::textWidth() const {
    return std::max(viewport()->width() - numberWidth(), 80);
}

void DiffPane::layColumns() {
    setColumnWidth(DiffModel::Number, numberWidth());
    const int longest = fontMetrics().horizontalAdvance(QLatin1Char('0')) * m_model.longestLine();
    setColumnWidth(DiffModel::Text, m_wrapped ? textWidth() : std::max(longest, textWidth()));
}

void DiffPane::setWrapped(bool wrapped) {
    m_wrapped = wrapped;
    setUniformRowHeights(!wrapped);
    setHorizontalScrollBarPolicy(wrapped ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    layColumns();
    scheduleDelayedItemsLayout();
}

void DiffPane::setDark(bool dark) {
    m_dark = dark;
    viewport()->update();
}

void DiffPane::setSearched(const QString& text) {
    m_searched = text;
    viewport()->update();
}

void DiffPane::showRow(int row) {
    const QModelIndex index = m_model.index(row, DiffModel::Text);
    if (!index.isValid())
        return;
    setCurrentIndex(index.siblingAtColumn(DiffModel::Number));
    const int across = horizontalScrollBar()->value();
    scrollTo(index.siblingAtColumn(DiffModel::Number), PositionAtCenter);
    horizontalScrollBar()->setValue(across);
}

void DiffPane::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    layColumns();
    if (m_wrapped)
        scheduleDelayedItemsLayout();
}

void DiffPane::changeEvent(QEvent* event) {
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layColumns();
}

/// What is shown of the lines: masked stays masked.
void DiffPane::copySelected() const {
    copyRows(selectionModel()->selectedRows(DiffModel::Text));
}

} // namespace inodeck::ui
