#include "ui/views/mount_history.h"

#include <QEvent>
#include <QVBoxLayout>

#include "core/base/text.h"
#include "ui/dialogs/plain.h"

namespace inodeck::ui {

MountHistory::MountHistory(AuditLog& log, QWidget* parent)
    : QWidget(parent)
    , m_records(log)
    , m_table(new AuditTable(m_records))
    , m_problem(plainLabel({})) {
    m_table->setAccessibleName(tr("History on record"));
    m_table->setEmptyText(tr("Nothing is on record of this service. Scans are not recorded, restarts are."));
    for (const int column : {HostColumn, ServiceColumn})
        m_table->setColumnHidden(column, true);
    m_problem->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_problem);
    layout->addWidget(m_table, 1);
    connect(&m_records, &AuditModel::loaded, m_problem, &QWidget::hide);
    connect(&m_records, &AuditModel::failed, this, [this](const QString& why) {
        m_problem->setText(why);
        m_problem->show();
    });
}

void MountHistory::show(const std::string& host, const std::string& project, const std::string& service,
                        const std::string& containerId) {
    RecordFilter filter;
    filter.types = {RecordType::Intent, RecordType::Outcome, RecordType::Recovered, RecordType::Refused};
    // The columns that are searched hold printable text. A service of a project keeps its history when its
    // container is made anew; a name alone could be that of another one.
    if (project.empty() || service.empty()) {
        filter.containerId = containerId;
    } else {
        filter.host = printable(host);
        filter.service = printable(project + "/" + service);
    }
    if (!m_due && filter.host == m_filter.host && filter.service == m_filter.service &&
        filter.containerId == m_filter.containerId)
        return;
    m_filter = filter;
    refresh();
}

void MountHistory::clear() {
    m_filter = {};
    m_filter.types = {RecordType::Intent};
    m_filter.to = 0;
    refresh();
}

void MountHistory::refresh() {
    m_due = !isVisible();
    if (!m_due)
        m_records.setFilter(m_filter);
}

void MountHistory::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_due)
        refresh();
}

void MountHistory::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_records.setDark(isDark(*this));
}

} // namespace inodeck::ui
