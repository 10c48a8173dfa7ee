#pragma once

#include <QDialog>
#include <QPushButton>

#include "ui/dialogs/restart_inputs.h"

namespace inodeck::ui {

/// The confirmation for a new container in the place of one that a restart did not cure.
class RecreateDialog final : public QDialog {
    Q_OBJECT

public:
    RecreateDialog(const RestartPlan& plan, const std::vector<std::string>& command, const QString& reason,
                   QWidget* parent);
    RestartInputs& inputs() { return *m_inputs; }

private:
    void updateButton();

    RestartInputs* m_inputs;
    QCheckBox* m_understood;
    QPushButton* m_recreate = nullptr;
};

} // namespace inodeck::ui
