#include "ui/views/audit_page.h"

#include <QEvent>
#include <QLocale>
#include <QScrollBar>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/plain.h"

namespace inodeck::ui {

AuditPage::AuditPage(FleetSession& session, ChainWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_records(session.auditLog())
    , m_problem(new Banner)
    , m_filter(new AuditFilterBar)
    , m_count(plainLabel({}))
    , m_new(new QPushButton)
    , m_export(new QPushButton(tr("&Export…")))
    , m_table(new AuditTable(m_records))
    , m_details(new AuditDetails(session.auditLog()))
    , m_down(new QSplitter(Qt::Vertical)) {
    setObjectName(QStringLiteral("audit"));
    m_table->setObjectName(QStringLiteral("records"));
    setFocusProxy(m_table);
    m_down->addWidget(m_table);
    m_down->addWidget(m_details);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_down->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(6);
    layout->addWidget(new ChainPanel(watch));
    layout->addWidget(m_problem);
    layout->addWidget(m_filter);
    layout->addLayout(buildLine());
    layout->addWidget(m_down, 1);
    connectParts();
    connect(&watch, &ChainWatch::grown, this, &AuditPage::takeGrowth);
    load();
}

QHBoxLayout* AuditPage::buildLine() {
    auto* line = new QHBoxLayout;
    m_count->setWordWrap(false);
    m_new->hide();
    line->addWidget(m_count);
    line->addWidget(m_new);
    line->addStretch(1);
    line->addWidget(m_export);
    return line;
}

void AuditPage::connectParts() {
    connect(m_filter, &AuditFilterBar::changed, this, &AuditPage::load);
    connect(m_filter, &AuditFilterBar::done, this, [this] {
        m_table->setFocus();
        m_table->selectSomething();
    });
    connect(m_new, &QPushButton::clicked, this, [this] {
        load();
        m_table->setFocus();
    });
    connect(m_export, &QPushButton::clicked, this, &AuditPage::askForExport);
    connect(&m_records, &AuditModel::loaded, this, [this] {
        m_filter->learn(m_records);
        if (m_table->hasFocus())
            m_table->selectSomething();
        showCount();
    });
    connect(&m_records, &AuditModel::counted, this, &AuditPage::showCount);
    connect(&m_records, &AuditModel::failed, this, [this](const QString& why) { m_problem->show(why); });
    connect(m_table, &AuditTable::currentRecordChanged, this, &AuditPage::showCurrent);
    connect(m_details, &AuditDetails::recoverWanted, &m_session, &FleetSession::recover);
    connect(&m_session, &FleetSession::recoverFinished, m_details, &AuditDetails::finishRecover);
}

void AuditPage::load() {
    m_problem->show({});
    m_new->hide();
    m_table->setEmptyText(isFiltered()
                              ? tr("No record matches the filter. Host, service and actor are matched as a "
                                   "whole; the words may be anywhere. Esc clears the filter.")
                              : tr("No records yet. The first restart makes the first ones."));
    m_records.setFilter(m_filter->filter());
    Q_EMIT changed();
}

void AuditPage::showCurrent() {
    if (const AuditRow* row = m_table->current())
        m_details->show(*row);
    else
        m_details->clear();
}

void AuditPage::showCount() {
    QString text = m_records.complete() ? tr("%1 records").arg(QLocale().toString(m_records.rowCount()))
                                        : tr("counting…");
    if (m_records.openCount() > 0)
        text += tr(", %1 of them open: no outcome on record").arg(m_records.openCount());
    m_count->setText(text);
}

/// Rows do not move under the cursor: where somebody has scrolled, new records are offered.
void AuditPage::takeGrowth(quint64 records) {
    const quint64 known = m_records.logSize();
    const bool follows = !m_records.newestFirst() || m_table->verticalScrollBar()->value() == 0;
    if (records < known || (records > known && follows))
        load();
    m_new->setText(tr("&Show %1 new").arg(QLocale().toString(records - known)));
    m_new->setVisible(records > known && !follows);
}

void AuditPage::askForExport() {
    const auto shown =
        m_records.complete() ? std::optional(static_cast<std::uint64_t>(m_records.rowCount())) : std::nullopt;
    auto* dialog = new ExportDialog(m_session.auditLog(), m_session.actor(), m_records.filter(), shown, this);
    connect(dialog, &ExportDialog::exported, &m_session, &FleetSession::checkAudit);
    dialog->open();
}

void AuditPage::save(QSettings& settings) const {
    settings.setValue(QStringLiteral("audit/down"), m_down->saveState());
    settings.setValue(QStringLiteral("audit/oldestFirst"), !m_records.newestFirst());
}

void AuditPage::restore(const QSettings& settings) {
    m_down->restoreState(settings.value(QStringLiteral("audit/down")).toByteArray());
    if (settings.value(QStringLiteral("audit/oldestFirst")).toBool())
        m_table->sortBy(TimeColumn);
}

void AuditPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_records.setDark(isDark(*this));
    m_problem->setDark(isDark(*this));
}

} // namespace inodeck::ui
