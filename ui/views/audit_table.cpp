#include "ui/views/audit_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>

#include "ui/dialogs/local_keys.h"
#include "ui/views/row_delegate.h"

namespace inodeck::ui {

AuditTable::AuditTable(AuditModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_empty(tr("No records.")) {
    setModel(&model);
    setItemDelegate(new RowDelegate(this));
    (new LocalKeys(this))->add(Qt::CTRL | Qt::Key_C, tr("Audit: copy the selected record as text"), [this] {
        if (const AuditRow* row = current())
            QGuiApplication::clipboard()->setText(recordText(*row));
    });
    setAccessibleName(tr("Audit records"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    verticalHeader()->hide();
    const int line = fontMetrics().lineSpacing();
    verticalHeader()->setDefaultSectionSize(line + line / 2);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const int letter = fontMetrics().averageCharWidth();
    const std::array<int, AuditColumnCount> letters{26, 14, 18, 24, 16, 22, 40, 10};
    for (int column = 0; column < AuditColumnCount; ++column)
        setColumnWidth(column, letters[static_cast<std::size_t>(column)] * letter);
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ReasonColumn, QHeaderView::Stretch);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setToolTip(tr("Newest or oldest first: by Time or Record. The log is read in its own order."));
    connect(header, &QHeaderView::sectionClicked, this, &AuditTable::sortBy);
    connect(&model, &AuditModel::loaded, this, &AuditTable::keepSelection);
    // The selected row may have been read just now.
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                if (currentIndex().isValid() && first.row() <= currentIndex().row() &&
                    currentIndex().row() <= last.row())
                    takeCurrent();
            });
    showOrder();
}

void AuditTable::sortBy(int column) {
    if (column == TimeColumn || column == SeqColumn)
        m_model.setNewestFirst(!m_model.newestFirst());
    showOrder();
}

void AuditTable::showOrder() {
    horizontalHeader()->setSortIndicator(TimeColumn,
                                         m_model.newestFirst() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

const AuditRow* AuditTable::current() const {
    return currentIndex().isValid() ? m_model.row(currentIndex().row()) : nullptr;
}

void AuditTable::selectSomething() {
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0, 0));
}

/// The same record stays selected when the rows are read again.
void AuditTable::keepSelection() {
    const int row = m_selected ? m_model.rowOf(*m_selected) : -1;
    if (row >= 0)
        setCurrentIndex(m_model.index(row, 0));
    else
        m_selected.reset();
    Q_EMIT currentRecordChanged();
}

void AuditTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous); // which scrolls there
    takeCurrent();
}

void AuditTable::takeCurrent() {
    if (const AuditRow* row = current())
        m_selected = row->stored.seq;
    Q_EMIT currentRecordChanged();
}

void AuditTable::setEmptyText(const QString& text) {
    m_empty = text;
    viewport()->update();
}

void AuditTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                     m_empty);
}

} // namespace inodeck::ui
