#include "ui/dialogs/prompt_dialogs.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

HostKeyDialog::HostKeyDialog(const HostKeyQuestion& question, QWidget* parent)
    : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Unknown host key"));
    setMinimumWidth(560);
    auto* layout = new QVBoxLayout(this);
    QLabel* head = plainLabel(tr("%1 is not known yet").arg(literal(question.host)));
    makeBold(head, 1.15);
    layout->addWidget(head);
    layout->addWidget(plainLabel(tr("Compare the fingerprint with the one that the host's own console or its "
                                    "administrator gives you. If it "
                                    "differs, somebody may be in between: cancel.")));
    auto* form = new QFormLayout;
    QLabel* fingerprint = copyableLabel(literal(question.fingerprint));
    fingerprint->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    form->addRow(tr("Fingerprint"), fingerprint);
    form->addRow(tr("Key type"), copyableLabel(literal(question.keyType)));
    form->addRow(tr("Address"), copyableLabel(literal(question.address)));
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton* trust = buttons->addButton(tr("&Trust and record"), QDialogButtonBox::AcceptRole);
    layout->addWidget(buttons);
    // Only in the dialog is a default kept; Return must not trust.
    trust->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

SecretDialog::SecretDialog(const SecretQuestion& question, QWidget* parent)
    : QDialog(parent)
    , m_edit(new QLineEdit) {
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    auto* layout = new QVBoxLayout(this);
    const QString subject = literal(question.subject);
    QString text;
    switch (question.kind) {
    case SecretQuestion::Kind::Passphrase:
        setWindowTitle(tr("Passphrase"));
        text = tr("Passphrase of the key %1").arg(subject);
        break;
    case SecretQuestion::Kind::Password:
        setWindowTitle(tr("Password"));
        text = tr("Password of %1").arg(subject);
        break;
    case SecretQuestion::Kind::Challenge:
        setWindowTitle(tr("Question from %1").arg(literal(question.host)));
        text = subject;
        break;
    }
    layout->addWidget(plainLabel(text)); // without a buddy: an & of the server's would mark a key
    if (question.attempt > 1)
        layout->addWidget(plainLabel(tr("That was not it; try again.")));
    m_edit->setEchoMode(question.echo ? QLineEdit::Normal : QLineEdit::Password);
    m_edit->setAccessibleName(text);
    layout->addWidget(m_edit);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_edit->setFocus();
}

std::string SecretDialog::secret() const {
    return m_edit->text().toStdString();
}

} // namespace inodeck::ui
