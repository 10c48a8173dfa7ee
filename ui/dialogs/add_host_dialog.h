#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <vector>

#include "core/fleet/host.h"

namespace inodeck::ui {

/// Asks for an ssh alias or [user@]host[:port]; offers the aliases of the ssh configuration, several at once.
class AddHostDialog final : public QDialog {
    Q_OBJECT

public:
    AddHostDialog(const std::vector<std::string>& aliases, QWidget* parent);
    /// The chosen aliases, or else what was typed.
    std::vector<Host> hosts() const { return m_hosts; }
    void setProblem(const QString& sentence) { m_problem->setText(sentence); }

private:
    void narrow();
    void check();

    QLineEdit* m_edit;
    QListWidget* m_aliases;
    QLabel* m_problem;
    QPushButton* m_add = nullptr;
    std::vector<Host> m_hosts;
};

} // namespace inodeck::ui
