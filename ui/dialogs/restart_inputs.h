#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <set>

#include "core/restart/restart.h"

namespace inodeck::ui {

/// What the operator must say: a reason, with the recent ones offered; the names of protected hosts; and that
/// a restart for which nothing calls is meant.
class RestartInputs final : public QWidget {
    Q_OBJECT

public:
    explicit RestartInputs(const std::vector<RestartPlan>& plans, QWidget* parent = nullptr);
    std::string reason() const;
    void setReason(const QString& reason) { m_reason->setEditText(reason); }
    /// The protected hosts; all of them are typed once complete() says so.
    std::set<std::string> confirmedHosts() const;
    bool evenIfInSync() const { return m_anyway && m_anyway->isChecked(); }
    /// What is missing; empty: nothing.
    QString missing() const;
    void setReadOnly();
    void remember() const;

Q_SIGNALS:
    void changed();
    /// Return in a field: never more than a step on.
    void done();

private:
    void addHosts(QFormLayout& form, const std::vector<RestartPlan>& plans);

    QComboBox* m_reason;
    std::vector<std::pair<std::string, QLineEdit*>> m_hosts;
    QCheckBox* m_anyway = nullptr;
};

} // namespace inodeck::ui
