#pragma once

#include <QLabel>

#include "ui/models/audit_model.h"
#include "ui/views/audit_table.h"

namespace inodeck::ui {

/// What is on record of one container or service: intents, outcomes, what was refused; newest first. Reads
/// only while it is visible.
class MountHistory final : public QWidget {
    Q_OBJECT

public:
    explicit MountHistory(AuditLog& log, QWidget* parent = nullptr);
    /// Raw, as observed; without a project, only what is of this very container.
    void show(const std::string& host, const std::string& project, const std::string& service,
              const std::string& containerId);
    void clear();
    /// The log has grown.
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    AuditModel m_records;
    AuditTable* m_table;
    QLabel* m_problem;
    RecordFilter m_filter;
    bool m_due = false; ///< to be read when it is seen
};

} // namespace inodeck::ui
