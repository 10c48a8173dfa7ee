#include "ui/dialogs/add_host_dialog.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace inodeck::ui {

AddHostDialog::AddHostDialog(const std::vector<std::string>& aliases, QWidget* parent)
    : QDialog(parent)
    , m_picker(new HostPicker) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a host"));
    setMinimumWidth(480);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_picker);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton* add = buttons->addButton(tr("&Add and scan"), QDialogButtonBox::AcceptRole);
    add->setDefault(true);
    add->setEnabled(false);
    layout->addWidget(buttons);
    connect(m_picker, &HostPicker::changed, this,
            [this, add] { add->setEnabled(!m_picker->hosts().empty()); });
    connect(m_picker, &HostPicker::activated, add, &QPushButton::click);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_picker->setAliases(aliases);
    m_picker->setFocus();
}

} // namespace inodeck::ui
