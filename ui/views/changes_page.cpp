#include "ui/views/changes_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

ChangesPage::ChangesPage(ChangeModel& changes, QWidget* parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_list(new QTreeView)
    , m_empty(plainLabel(tr("Nothing has changed from one scan to the next since this window was opened.")))
    , m_clear(new QPushButton(tr("C&lear the list"))) {
    setObjectName(QStringLiteral("changes"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 2);
    auto* head = new QHBoxLayout;
    head->addWidget(plainLabel(tr("What changed from scan to scan, newest first. Enter goes to the mount.")),
                    1);
    head->addWidget(m_clear);
    layout->addLayout(head);
    m_list->setModel(&changes);
    m_list->setAccessibleName(tr("Changes"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int letter = fontMetrics().averageCharWidth();
    const std::array<int, ChangeModel::ColumnCount> letters{24, 13, 38, 22, 28, 30};
    for (int column = 0; column < ChangeModel::ColumnCount; ++column)
        m_list->setColumnWidth(column, letters[static_cast<std::size_t>(column)] * letter);
    layout->addWidget(m_list, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_empty, 1);
    setFocusProxy(m_list);
    connect(m_list, &QTreeView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT mountWanted(m_changes.entry(index.row()).news); });
    connect(m_clear, &QPushButton::clicked, &changes, &ChangeModel::clear);
    connect(&changes, &QAbstractItemModel::rowsInserted, this, &ChangesPage::updateState);
    connect(&changes, &QAbstractItemModel::modelReset, this, &ChangesPage::updateState);
    changes.setDark(isDark(*this));
    updateState();
}

void ChangesPage::updateState() {
    const bool any = m_changes.rowCount() > 0;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    m_clear->setEnabled(any);
}

void ChangesPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_changes.setDark(isDark(*this));
}

} // namespace inodeck::ui
