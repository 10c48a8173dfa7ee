#include "ui/dialogs/settings_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

/// 0 is "as the fleet file says".
QSpinBox* limitBox(int most, int value, const QString& unit) {
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setSpecialValueText(SettingsDialog::tr("as the fleet file says"));
    box->setSuffix(unit);
    box->setValue(value);
    return box;
}

void addRow(QFormLayout& form, const QString& name, QWidget* field) {
    form.addRow(name, field);
    field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
}

} // namespace

SettingsDialog::SettingsDialog(const Preferences& preferences, const QString& auditPlace, QWidget* parent)
    : QDialog(parent)
    , m_language(new QComboBox)
    , m_colours(new QComboBox)
    , m_hostsAtOnce(new QSpinBox)
    , m_fleet(new QCheckBox(tr("&Begin with it"), this))
    , m_fleetFile(preferences.fleetFile) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    setMinimumWidth(520);
    m_language->addItem(tr("The system's"), QString());
    // Each language in its own words: who cannot read the window's must find it.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    m_language->setCurrentIndex(m_language->findData(preferences.language));
    m_colours->addItems({tr("The system's"), tr("Light"), tr("Dark"), tr("High contrast")});
    m_colours->setCurrentIndex(static_cast<int>(preferences.colours));
    const ScanLimits& limits = preferences.limits;
    m_hostsAtOnce->setRange(1, MostHostsAtOnce);
    m_hostsAtOnce->setValue(limits.hostsAtOnce);
    m_deadline = limitBox(MostDeadlineSeconds,
                          limits.deadline ? static_cast<int>(limits.deadline->count()) : 0, tr(" s"));
    m_hashLimit = limitBox(MostHashLimitMiB, limits.hashLimit ? static_cast<int>(*limits.hashLimit >> 20) : 0,
                           tr(" MiB"));

    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(*form, tr("&Language"), m_language);
    form->addRow({}, plainLabel(tr("Another language holds from the next start on. What the core and the "
                                   "hosts say stays English.")));
    addRow(*form, tr("&Colours"), m_colours);
    addRow(*form, tr("&Hosts scanned at once"), m_hostsAtOnce);
    addRow(*form, tr("&Time for one host"), m_deadline);
    addRow(*form, tr("Compare &files by hash up to"), m_hashLimit);
    form->addRow({}, plainLabel(tr("Larger files are compared by inode. The limits hold for all hosts from "
                                   "the next scan on.")));
    m_fleet->setChecked(true);
    m_fleet->setVisible(!m_fleetFile.isEmpty());
    if (!m_fleetFile.isEmpty()) {
        form->addRow(tr("Fleet file"), copyableLabel(literal(m_fleetFile.toStdString())));
        form->addRow({}, m_fleet);
    }
    form->addRow(tr("Audit log"), copyableLabel(auditPlace));
    layout->addLayout(form);
    layout->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Preferences SettingsDialog::preferences() const {
    Preferences chosen;
    chosen.language = m_language->currentData().toString();
    chosen.colours = static_cast<Preferences::Colours>(m_colours->currentIndex());
    chosen.limits.hostsAtOnce = m_hostsAtOnce->value();
    if (m_deadline->value() > 0)
        chosen.limits.deadline = std::chrono::seconds{m_deadline->value()};
    if (m_hashLimit->value() > 0)
        chosen.limits.hashLimit = static_cast<std::uint64_t>(m_hashLimit->value()) << 20;
    chosen.fleetFile = m_fleet->isChecked() ? m_fleetFile : QString();
    return chosen;
}

} // namespace inodeck::ui
