#include "ui/dialogs/restart_recreate_dialog.h"

#include <QDialogButtonBox>

#include "ui/dialogs/plain.h"
#include "ui/dialogs/restart_impact.h"
#include "ui/dialogs/wrapped_text.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

/// Causes are settled: the restart before it did not cure it.
std::vector<RestartPlan> calledFor(RestartPlan plan) {
    if (plan.causes.empty())
        plan.causes.emplace_back("-");
    return {std::move(plan)};
}

} // namespace

RecreateDialog::RecreateDialog(const RestartPlan& plan, const std::vector<std::string>& command,
                               const QString& reason, QWidget* parent)
    : QDialog(parent)
    , m_inputs(new RestartInputs(calledFor(plan)))
    , m_understood(new QCheckBox(tr("I have rea&d the command; a new container is meant"))) {
    setWindowTitle(tr("Recreate %1").arg(literal(plan.container.label())));
    setMinimumWidth(680);
    auto* layout = new QVBoxLayout(this);
    QLabel* head =
        plainLabel(tr("Recreate %1 on %2").arg(literal(plan.container.label()), literal(plan.host.name)));
    makeBold(head, 1.2);
    layout->addWidget(head);
    layout->addWidget(plainLabel(tr(
        "The restart did not cure it. Compose makes a new container in its place, from the compose files as "
        "they are now: image, environment and ports may come out different, and what the container wrote "
        "outside of its volumes is lost. The services that depend on it are left alone.")));
    RestartOrder order;
    order.command = command;
    auto* line = new WrappedText(commandWords(plan, order));
    line->setAccessibleName(tr("Command"));
    layout->addWidget(line);
    m_inputs->setReason(reason);
    layout->addWidget(m_inputs);
    layout->addWidget(m_understood);
    auto* buttons = new QDialogButtonBox;
    m_recreate = buttons->addButton(tr("Re&create"), QDialogButtonBox::ActionRole);
    QPushButton* cancel = buttons->addButton(QDialogButtonBox::Cancel);
    m_recreate->setAutoDefault(false);
    cancel->setAutoDefault(false);
    layout->addWidget(buttons);
    connect(m_inputs, &RestartInputs::changed, this, &RecreateDialog::updateButton);
    connect(m_understood, &QCheckBox::toggled, this, &RecreateDialog::updateButton);
    connect(m_inputs, &RestartInputs::done, m_understood, [this] { m_understood->setFocus(); });
    connect(m_recreate, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    updateButton();
    m_understood->setFocus();
}

void RecreateDialog::updateButton() {
    m_recreate->setEnabled(m_inputs->missing().isEmpty() && m_understood->isChecked());
}

} // namespace inodeck::ui
