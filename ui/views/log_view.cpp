#include "ui/views/log_view.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/local_keys.h"
#include "ui/dialogs/plain.h"
#include "ui/views/copy_rows.h"

namespace inodeck::ui {

LogView::LogView(FleetSession& session, QWidget* parent)
    : QWidget(parent)
    , m_reader(session)
    , m_text(new QLineEdit)
    , m_era(new QComboBox)
    , m_follow(new QCheckBox(tr("&Follow")))
    , m_reload(new QPushButton(tr("Read a&gain")))
    , m_words(copyableLabel({}))
    , m_list(new QListView) {
    m_filter.setSourceModel(&m_reader.model());
    m_text->setPlaceholderText(tr("Filter the log (Ctrl+F)"));
    m_text->setAccessibleName(tr("Filter the log"));
    m_text->setClearButtonEnabled(true);
    m_era->addItem(tr("All"));
    m_era->addItem(tr("Since the last start"));
    m_era->addItem(tr("Before the last start"));
    m_era->setAccessibleName(tr("Which lines"));
    m_reload->setAutoDefault(false);
    m_list->setModel(&m_filter);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Log of the container"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_text, 1);
    bar->addWidget(m_era);
    bar->addWidget(m_follow);
    bar->addWidget(m_reload);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_words);
    layout->addWidget(m_list, 1);
    connect(m_text, &QLineEdit::textChanged, &m_filter, &LogFilter::setText);
    connect(m_era, &QComboBox::currentIndexChanged, this, &LogView::applyFilter);
    connect(m_follow, &QCheckBox::toggled, this,
            [this](bool on) { m_reader.setFollowing(on && m_chosen && isVisible()); });
    connect(m_reload, &QPushButton::clicked, &m_reader, &LogReader::reload);
    connect(&m_reader, &LogReader::said, this, [this](const QString& words) {
        m_words->setText(words);
        m_words->setVisible(!words.isEmpty());
    });
    addKeys();
    // Whoever looks at the end stays there.
    QScrollBar* place = m_list->verticalScrollBar();
    connect(place, &QScrollBar::valueChanged, this,
            [this, place](int value) { m_atEnd = value == place->maximum(); });
    connect(place, &QScrollBar::rangeChanged, this, [this, place] {
        if (m_atEnd)
            place->setValue(place->maximum());
    });
    clear();
}

void LogView::setContainer(const std::string& host, const Container& container) {
    m_chosen = true;
    m_reload->setEnabled(true);
    if (m_reader.setContainer(host, container))
        m_read = false;
    applyFilter();
    readOnce();
}

void LogView::clear() {
    m_chosen = false;
    m_read = false;
    m_reload->setEnabled(false);
    m_reader.setFollowing(false);
    m_reader.forget();
}

void LogView::readOnce() {
    if (!m_chosen || !isVisible())
        return;
    if (!std::exchange(m_read, true))
        m_reader.reload();
    if (m_follow->isChecked() != m_reader.following())
        m_reader.setFollowing(m_follow->isChecked());
}

void LogView::applyFilter() {
    m_filter.setEra(static_cast<LogFilter::Era>(m_era->currentIndex()), m_reader.startedAt());
}

void LogView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readOnce();
}

void LogView::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_reader.setFollowing(false);
}

void LogView::addKeys() {
    (new LocalKeys(this))->add(Qt::CTRL | Qt::Key_F, tr("Log: filter"), [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
    (new LocalKeys(m_list))->add(Qt::CTRL | Qt::Key_C, tr("Log: copy the selected lines"), [this] {
        copySelected();
    });
}

void LogView::copySelected() const {
    copyRows(m_list->selectionModel()->selectedIndexes());
}

} // namespace inodeck::ui
