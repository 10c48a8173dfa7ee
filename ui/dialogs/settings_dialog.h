#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QSpinBox>

#include "ui/models/preferences.h"

namespace inodeck::ui {

/// Language, colours, and what a scan may cost. Says where the audit log is; that is chosen at the start.
class SettingsDialog final : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(const Preferences& preferences, const QString& auditPlace, QWidget* parent);
    Preferences preferences() const;

private:
    QComboBox* m_language;
    QComboBox* m_colours;
    QSpinBox* m_hostsAtOnce;
    QSpinBox* m_deadline;
    QSpinBox* m_hashLimit;
    QCheckBox* m_fleet;
    QString m_fleetFile;
};

} // namespace inodeck::ui
