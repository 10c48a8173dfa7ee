#include "ui/dialogs/restart_dialog.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <algorithm>

#include "core/base/text.h"
#include "ui/dialogs/plain.h"
#include "ui/models/fleet_session.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words)
        list << literal(word);
    return list.join(QStringLiteral(", "));
}

} // namespace

RestartDialog::RestartDialog(const RestartPlan& plan, const std::vector<GuardCheck>& checks,
                             FleetSession& session, QWidget* parent)
    : QDialog(parent)
    , m_plan(plan)
    , m_session(session) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Restart %1").arg(literal(plan.container.label())));
    setMinimumWidth(720);
    auto* layout = new QVBoxLayout(this);
    QLabel* head =
        plainLabel(tr("Restart %1 on %2").arg(literal(plan.container.label()), literal(plan.host.name)));
    makeBold(head, 1.2);
    layout->addWidget(head);
    addCauses(*layout);
    addChecks(*layout, checks);
    addInputs(*layout);
    m_steps = new QListWidget;
    m_steps->setAccessibleName(tr("Steps of the restart"));
    m_steps->setIconSize({16, 16});
    m_steps->setMinimumHeight(m_steps->fontMetrics().lineSpacing() * 9);
    m_steps->setWordWrap(true);
    m_steps->hide();
    layout->addWidget(m_steps, 1);
    m_result = plainLabel({});
    m_result->hide();
    layout->addWidget(m_result);
    addButtons(*layout);
    connect(&session, &FleetSession::restartStep, this, &RestartDialog::showStep);
    connect(&session, &FleetSession::restartFinished, this, &RestartDialog::showResult);
    updateButton();
}

void RestartDialog::addCauses(QVBoxLayout& layout) {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    QString cause = tr("None: no mount of it is stale or changed.");
    if (!m_plan.causes.empty()) {
        QStringList lines;
        for (const std::string& text : m_plan.causes)
            lines << QString::fromStdString(text);
        cause = lines.join(QLatin1Char('\n'));
    }
    form->addRow(tr("Cause"), copyableLabel(cause));
    QLabel* command = copyableLabel(QString::fromStdString(printable(shellJoin(m_plan.argv))));
    command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    form->addRow(tr("Command"), command);
    const Container& c = m_plan.container;
    form->addRow(tr("Container"), copyableLabel(literal(c.name) + QStringLiteral("  ") +
                                                QString::fromStdString(c.id.brief())));
    form->addRow(tr("Up for"), plainLabel(ago(c.startedAt, Clock::system().now())));
    if (!c.ports.empty())
        form->addRow(tr("Ports"), plainLabel(joined(c.ports)));
    form->addRow(tr("Healthcheck"), plainLabel(c.health.empty() ? tr("none") : literal(c.health)));
    form->addRow(tr("Depends on it"), plainLabel(m_plan.dependents.empty() ? tr("no service that says so")
                                                                           : joined(m_plan.dependents)));
    if (m_plan.rows.size() > 1)
        form->addRow(tr("Also refreshed"), plainLabel(tr("all %n mounts of the container", nullptr,
                                                         static_cast<int>(m_plan.rows.size()))));
    layout.addLayout(form);
}

void RestartDialog::addChecks(QVBoxLayout& layout, const std::vector<GuardCheck>& checks) {
    const bool dark = isDark(*this);
    for (const GuardCheck& check : checks) {
        auto* row = new QHBoxLayout;
        auto* mark = new QLabel;
        mark->setPixmap(icon(check.passed ? Verdict::InSync : Verdict::StaleInode, dark).pixmap(16, 16));
        mark->setAccessibleName(check.passed ? tr("passed") : tr("failed"));
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addWidget(plainLabel(QString::fromStdString(check.passed ? check.what : check.detail)), 1);
        layout.addLayout(row);
        m_guardPassed = m_guardPassed && check.passed;
    }
}

void RestartDialog::addInputs(QVBoxLayout& layout) {
    auto* form = new QFormLayout;
    m_reason = new QLineEdit;
    m_reason->setMaxLength(500);
    m_reason->setPlaceholderText(tr("Why? This goes on record with your name."));
    form->addRow(tr("&Reason"), m_reason);
    connect(m_reason, &QLineEdit::textChanged, this, &RestartDialog::updateButton);
    if (m_plan.host.isProtected) {
        m_confirm = new QLineEdit;
        form->addRow(tr("&Type “%1”, it is protected").arg(literal(m_plan.host.name)), m_confirm);
        connect(m_confirm, &QLineEdit::textChanged, this, &RestartDialog::updateButton);
    }
    if (m_plan.causes.empty()) {
        m_anyway = new QCheckBox(tr("Restart &although nothing calls for it"));
        form->addRow({}, m_anyway);
        connect(m_anyway, &QCheckBox::toggled, this, &RestartDialog::updateButton);
    }
    layout.addLayout(form);
    layout.addWidget(
        plainLabel(tr("A reload cannot help: the process would read the old inode again, and answer “ok”.")));
}

void RestartDialog::addButtons(QVBoxLayout& layout) {
    auto* buttons = new QDialogButtonBox;
    m_restart = buttons->addButton(tr("Re&start"), QDialogButtonBox::ActionRole);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    layout.addWidget(buttons);
    // Return in a field neither restarts nor throws away what was typed.
    m_close->setAutoDefault(false);
    m_restart->setAutoDefault(false);
    connect(m_reason, &QLineEdit::returnPressed, m_restart, qOverload<>(&QWidget::setFocus));
    connect(m_restart, &QPushButton::clicked, this, &RestartDialog::start);
    connect(m_close, &QPushButton::clicked, this, &RestartDialog::reject);
    m_reason->setFocus();
}

void RestartDialog::updateButton() {
    const bool reason = !m_reason->text().trimmed().isEmpty();
    const bool confirmed = !m_confirm || m_confirm->text().toStdString() == m_plan.host.name;
    const bool wanted = !m_anyway || m_anyway->isChecked();
    m_restart->setEnabled(reason && confirmed && wanted && m_guardPassed && !m_running && !m_done);
}

void RestartDialog::start() {
    RestartOrder order;
    order.reason = m_reason->text().trimmed().toStdString();
    order.actor = m_session.actor();
    order.protectedConfirmed = m_confirm != nullptr;
    order.evenIfInSync = m_anyway != nullptr;
    m_running = true;
    m_reason->setReadOnly(true);
    m_steps->show();
    adjustSize();
    m_close->setText(tr("Stop &waiting"));
    updateButton();
    m_session.restart(m_plan, order);
}

void RestartDialog::showStep(const StepEvent& event) {
    const bool dark = isDark(*this);
    const QString text = QString::fromStdString(event.text);
    const QIcon mark = event.state == StepState::Passed   ? icon(Verdict::InSync, dark)
                       : event.state == StepState::Failed ? icon(Verdict::StaleInode, dark)
                                                          : icon(Verdict::NotRunning, dark);
    // The end of a step takes the place of its beginning.
    QListWidgetItem* last = m_steps->item(m_steps->count() - 1);
    const int step = static_cast<int>(event.step);
    if (!last || last->data(Qt::UserRole).toInt() != step || event.state == StepState::Running) {
        last = new QListWidgetItem(m_steps);
        last->setData(Qt::UserRole, step);
    }
    last->setIcon(mark);
    last->setText(text);
    m_steps->scrollToBottom();
}

void RestartDialog::showResult(const RestartResult& result) {
    m_running = false;
    m_done = true;
    m_result->setText(QString::fromStdString(result.text));
    makeBold(m_result);
    m_result->show();
    adjustSize();
    m_close->setText(tr("&Close"));
    m_close->setEnabled(true);
    m_close->setFocus();
    updateButton();
}

void RestartDialog::reject() {
    if (!m_running) {
        QDialog::reject();
        return;
    }
    // What was begun is followed to a known end and recorded; only the waiting can be cut short.
    m_session.stopWaiting();
    m_close->setEnabled(false);
}

} // namespace inodeck::ui
