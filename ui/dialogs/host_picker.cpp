#include "ui/dialogs/host_picker.h"

#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

HostPicker::HostPicker(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_known(plainLabel(tr("&From your ssh configuration:")))
    , m_aliases(new QListWidget)
    , m_problem(plainLabel({})) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    QLabel* head = plainLabel(tr("&Host: an ssh alias, or [user@]host[:port]. “local” is this machine."));
    head->setBuddy(m_edit);
    m_edit->setAccessibleName(tr("Host"));
    m_known->setBuddy(m_aliases);
    m_aliases->setAccessibleName(tr("Hosts of your ssh configuration"));
    m_aliases->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing() * 2);
    layout->addWidget(head);
    layout->addWidget(m_edit);
    layout->addWidget(m_known);
    layout->addWidget(m_aliases);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &HostPicker::narrow);
    connect(m_edit, &QLineEdit::returnPressed, this, &HostPicker::activated);
    connect(m_aliases, &QListWidget::itemSelectionChanged, this, &HostPicker::check);
    connect(m_aliases, &QListWidget::itemActivated, this, &HostPicker::activated);
    setAliases({});
}

void HostPicker::setAliases(const std::vector<std::string>& aliases) {
    m_aliases->clear();
    for (const std::string& alias : aliases)
        m_aliases->addItem(literal(alias));
    m_known->setVisible(!aliases.empty());
    m_aliases->setVisible(!aliases.empty());
    check();
}

void HostPicker::narrow() {
    m_aliases->clearSelection();
    for (int i = 0; i < m_aliases->count(); ++i)
        m_aliases->item(i)->setHidden(
            !m_aliases->item(i)->text().contains(m_edit->text().trimmed(), Qt::CaseInsensitive));
    check();
}

void HostPicker::check() {
    QStringList names;
    for (const QListWidgetItem* item : m_aliases->selectedItems())
        names << item->text();
    if (names.isEmpty() && !m_edit->text().trimmed().isEmpty())
        names << m_edit->text().trimmed();
    m_hosts.clear();
    QString problem;
    for (const QString& name : names) {
        auto host = parseHost(name.toStdString());
        if (!host) {
            problem = QString::fromStdString(host.error().message);
            continue;
        }
        host->local = host->name == "local";
        m_hosts.push_back(*host);
    }
    m_problem->setText(problem);
    if (!problem.isEmpty())
        m_hosts.clear();
    Q_EMIT changed();
}

} // namespace inodeck::ui
