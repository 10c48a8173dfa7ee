#pragma once

#include <QListWidget>

#include "core/restart/restart.h"

namespace inodeck::ui {

/// Lines with an icon and the word that says the same.
class StepList : public QListWidget {
    Q_OBJECT

public:
    explicit StepList(const QString& name, QWidget* parent = nullptr);

protected:
    QListWidgetItem* line(const QIcon& mark, const QString& word, const QString& text);
};

/// The checks that stand between the operator and an outage.
class RestartChecks final : public StepList {
    Q_OBJECT

public:
    explicit RestartChecks(QWidget* parent = nullptr);
    /// Null: they are being looked at.
    void show(const std::vector<GuardCheck>* checks);
};

/// The steps of a restart as they happen, then the proof: both sides of every mount as they were read after
/// it.
class RestartSteps final : public StepList {
    Q_OBJECT

public:
    explicit RestartSteps(QWidget* parent = nullptr);
    void add(const StepEvent& event);
    void addProof(const RestartResult& result);
};

} // namespace inodeck::ui
