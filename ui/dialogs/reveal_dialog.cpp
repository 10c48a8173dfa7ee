#include "ui/dialogs/reveal_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

RevealDialog::RevealDialog(const QString& file, QWidget* parent)
    : QDialog(parent)
    , m_reason(new QLineEdit) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Show secrets"));
    setMinimumWidth(520);
    auto* layout = new QVBoxLayout(this);
    QLabel* head = plainLabel(tr("Show the secrets of %1?").arg(file));
    makeBold(head, 1.15);
    layout->addWidget(head);
    layout->addWidget(plainLabel(
        tr("They appear on this screen, on both sides, until another mount is selected. That you "
           "were shown them, when and why goes into the audit log first; what they are does not.")));
    layout->addWidget(plainLabel(tr("Reason")));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(500);
    layout->addWidget(m_reason);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton* show = buttons->addButton(tr("&Record and show"), QDialogButtonBox::AcceptRole);
    show->setAutoDefault(false);
    show->setEnabled(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    layout->addWidget(buttons);
    connect(m_reason, &QLineEdit::textChanged, show, [this, show] { show->setEnabled(!reason().empty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_reason->setFocus();
}

} // namespace inodeck::ui
