#include "ui/dialogs/add_host_dialog.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

AddHostDialog::AddHostDialog(const std::vector<std::string>& aliases, QWidget* parent)
    : QDialog(parent)
    , m_edit(new QLineEdit)
    , m_aliases(new QListWidget)
    , m_problem(plainLabel({})) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a host"));
    setMinimumWidth(480);
    auto* layout = new QVBoxLayout(this);
    QLabel* head = plainLabel(tr("&Host: an ssh alias, or [user@]host[:port]. “local” is this machine."));
    head->setBuddy(m_edit);
    layout->addWidget(head);
    m_edit->setAccessibleName(tr("Host"));
    layout->addWidget(m_edit);
    for (const std::string& alias : aliases)
        m_aliases->addItem(literal(alias));
    m_aliases->setAccessibleName(tr("Hosts of your ssh configuration"));
    m_aliases->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QLabel* known = plainLabel(tr("&From your ssh configuration:"));
    known->setBuddy(m_aliases);
    layout->addWidget(known);
    layout->addWidget(m_aliases);
    known->setVisible(!aliases.empty());
    m_aliases->setVisible(!aliases.empty());
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing() * 2);
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(tr("&Add and scan"), QDialogButtonBox::AcceptRole);
    m_add->setDefault(true);
    layout->addWidget(buttons);
    connect(m_edit, &QLineEdit::textChanged, this, &AddHostDialog::narrow);
    connect(m_aliases, &QListWidget::itemSelectionChanged, this, &AddHostDialog::check);
    connect(m_aliases, &QListWidget::itemActivated, m_add, &QPushButton::click);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_edit->setFocus();
    check();
}

void AddHostDialog::narrow() {
    m_aliases->clearSelection();
    for (int i = 0; i < m_aliases->count(); ++i)
        m_aliases->item(i)->setHidden(
            !m_aliases->item(i)->text().contains(m_edit->text().trimmed(), Qt::CaseInsensitive));
    check();
}

void AddHostDialog::check() {
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
    m_add->setEnabled(!m_hosts.empty() && problem.isEmpty());
}

} // namespace inodeck::ui
