#pragma once

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/restart/restart.h"

namespace inodeck::ui {

class FleetSession;

/// Why, what exactly, what else it touches; a reason; then the steps as they happen, up to the proof.
class RestartDialog final : public QDialog {
    Q_OBJECT

public:
    RestartDialog(const RestartPlan& plan, const std::vector<GuardCheck>& checks, FleetSession& session,
                  QWidget* parent);

protected:
    void reject() override;

private:
    void addCauses(QVBoxLayout& layout);
    void addChecks(QVBoxLayout& layout, const std::vector<GuardCheck>& checks);
    void addInputs(QVBoxLayout& layout);
    void addButtons(QVBoxLayout& layout);
    void updateButton();
    void start();
    void showStep(const StepEvent& event);
    void showResult(const RestartResult& result);

    RestartPlan m_plan;
    FleetSession& m_session;
    QLineEdit* m_reason = nullptr;
    QLineEdit* m_confirm = nullptr;
    QCheckBox* m_anyway = nullptr;
    QListWidget* m_steps = nullptr;
    QLabel* m_result = nullptr;
    QPushButton* m_restart = nullptr;
    QPushButton* m_close = nullptr;
    bool m_guardPassed = true;
    bool m_running = false;
    bool m_done = false;
};

} // namespace inodeck::ui
