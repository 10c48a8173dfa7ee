#pragma once

#include <QDialog>
#include <QPushButton>

#include "ui/dialogs/host_picker.h"

namespace inodeck::ui {

/// Asks for hosts.
class AddHostDialog final : public QDialog {
    Q_OBJECT

public:
    AddHostDialog(const std::vector<std::string>& aliases, QWidget* parent);
    std::vector<Host> hosts() const { return m_picker->hosts(); }
    void setProblem(const QString& sentence) { m_picker->setProblem(sentence); }

private:
    HostPicker* m_picker;
};

} // namespace inodeck::ui
