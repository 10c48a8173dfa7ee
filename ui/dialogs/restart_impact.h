#pragma once

#include <QFormLayout>
#include <QScrollArea>

#include "core/restart/restart.h"

namespace inodeck::ui {

/// What a restart touches: cause, exact command, the container, what depends on it, every mount that it
/// refreshes. Scrolls.
class RestartImpact final : public QScrollArea {
    Q_OBJECT

public:
    explicit RestartImpact(QWidget* parent = nullptr);
    /// `order`: as the fleet file wants it.
    void show(const RestartPlan& plan, const RestartOrder& order);

private:
    void addContainer(QFormLayout& form, const RestartPlan& plan) const;
    void addMounts(QFormLayout& form, const RestartPlan& plan) const;
};

/// Why a reload of the service cannot help here, or when it could; empty where nobody would try one. Pure.
QString reloadWords(const RestartPlan& plan);
/// The command of a plan as it will be on the VM, for people; what looks like a secret is masked.
QString commandWords(const RestartPlan& plan, const RestartOrder& order);

} // namespace inodeck::ui
