#pragma once

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "ui/dialogs/restart_impact.h"
#include "ui/dialogs/restart_inputs.h"
#include "ui/dialogs/restart_steps.h"
#include "ui/models/restart_queue.h"
#include "ui/models/restart_recreate.h"

namespace inodeck::ui {

/// One or several containers: why, what exactly, what else it touches, the checks; a reason; then each with
/// its steps as they happen, up to the proof.
class RestartDialog final : public QDialog {
    Q_OBJECT

public:
    RestartDialog(const std::vector<RestartPlan>& plans, FleetSession& session, QWidget* parent);
    const RestartQueue& queue() const { return m_queue; }

    /// Escape and the window's cross: not while a restart runs.
    void reject() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildList(QVBoxLayout& layout);
    void buildMiddle(QVBoxLayout& layout);
    void buildButtons(QVBoxLayout& layout);
    void connectQueue();
    void showItem(int row);
    void start();
    void closeOrStopWaiting();
    void finish();
    void updateState();
    int uncured() const;
    QString summary() const;
    void confirmRecreate(const RestartPlan& plan, const std::vector<std::string>& command);

    FleetSession& m_session;
    RestartQueue m_queue;
    RecreateFinder m_finder;
    int m_shown = -1; ///< row of the queue
    QTreeView* m_list = nullptr;
    RestartImpact* m_impact = nullptr;
    QLabel* m_checksTitle = nullptr;
    RestartChecks* m_checks = nullptr;
    RestartSteps* m_steps = nullptr;
    RestartInputs* m_inputs = nullptr;
    QLabel* m_reload = nullptr;
    QLabel* m_hint = nullptr;
    QPushButton* m_recreate = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_restart = nullptr;
    QPushButton* m_close = nullptr;
    bool m_finding = false;
};

} // namespace inodeck::ui
