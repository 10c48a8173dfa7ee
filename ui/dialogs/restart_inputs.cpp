#include "ui/dialogs/restart_inputs.h"

#include <QSettings>
#include <algorithm>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"
#include "ui/models/restart_reasons.h"

namespace inodeck::ui {

RestartInputs::RestartInputs(const std::vector<RestartPlan>& plans, QWidget* parent)
    : QWidget(parent)
    , m_reason(new QComboBox) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->setCompleter(nullptr); // a reason is written, not guessed
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->addItems(recentReasons(QSettings()));
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setMaxLength(500);
    m_reason->lineEdit()->setAccessibleName(tr("Reason"));
    m_reason->lineEdit()->setPlaceholderText(
        tr("Why? This goes on record with your name. (Down: recent reasons)"));
    m_reason->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    form->addRow(tr("&Reason"), m_reason);
    connect(m_reason, &QComboBox::editTextChanged, this, &RestartInputs::changed);
    connect(m_reason->lineEdit(), &QLineEdit::returnPressed, this, &RestartInputs::done);
    addHosts(*form, plans);
    if (std::any_of(plans.begin(), plans.end(), [](const auto& plan) { return plan.causes.empty(); })) {
        m_anyway = new QCheckBox(plans.size() == 1 ? tr("Restart &although nothing calls for it")
                                                   : tr("Restart &also those for which nothing calls"));
        form->addRow(QString(), m_anyway);
        connect(m_anyway, &QCheckBox::toggled, this, &RestartInputs::changed);
    }
    setFocusProxy(m_reason);
}

void RestartInputs::addHosts(QFormLayout& form, const std::vector<RestartPlan>& plans) {
    std::set<std::string> names;
    for (const RestartPlan& plan : plans)
        if (plan.host.isProtected)
            names.insert(plan.host.name);
    for (const std::string& name : names) {
        auto* edit = new QLineEdit;
        QLabel* label = plainLabel(tr("%1 is protected: type its name").arg(literal(name)));
        label->setWordWrap(false);
        edit->setAccessibleName(label->text());
        form.addRow(label, edit);
        m_hosts.emplace_back(name, edit);
        connect(edit, &QLineEdit::textChanged, this, &RestartInputs::changed);
        connect(edit, &QLineEdit::returnPressed, this, &RestartInputs::done);
    }
}

std::string RestartInputs::reason() const {
    return m_reason->currentText().trimmed().toStdString();
}

std::set<std::string> RestartInputs::confirmedHosts() const {
    std::set<std::string> names;
    for (const auto& [name, edit] : m_hosts)
        if (edit->text().toStdString() == name)
            names.insert(name);
    return names;
}

QString RestartInputs::missing() const {
    if (reason().empty())
        return tr("It needs a reason.");
    for (const auto& [name, edit] : m_hosts)
        if (edit->text().toStdString() != name)
            return tr("%1 is protected: its name must be typed.").arg(literal(name));
    if (m_anyway && !m_anyway->isChecked())
        return m_anyway->text().remove(QLatin1Char('&')) + QLatin1Char('?');
    return {};
}

void RestartInputs::setReadOnly() {
    setEnabled(false);
}

void RestartInputs::remember() const {
    QSettings settings;
    rememberReason(settings, m_reason->currentText());
}

} // namespace inodeck::ui
