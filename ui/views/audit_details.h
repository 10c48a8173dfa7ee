#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

#include "ui/models/audit_log.h"
#include "ui/models/audit_record.h"

namespace inodeck::ui {

/// All of one record, and the evidence from before and after the action that it is of.
class AuditDetails final : public QWidget {
    Q_OBJECT

public:
    explicit AuditDetails(AuditLog& log, QWidget* parent = nullptr);
    void show(const AuditRow& row);
    void clear();
    /// What recoverWanted() asked for has an end; it is asked once at a time.
    void finishRecover() { m_recover->setEnabled(true); }

Q_SIGNALS:
    /// Somebody wants to know what became of this open intent.
    void recoverWanted(const OpenIntent& intent);

private:
    void readOperation(const AuditRow& row);
    void compare(const std::vector<AuditRow>& operation);
    void recover();

    AuditLog& m_log;
    std::optional<AuditRow> m_row;
    int m_request = 0;
    QLabel* m_title;
    QPushButton* m_recover;
    QPushButton* m_copyText;
    QPushButton* m_copyLine;
    QPlainTextEdit* m_fields;
    QTreeWidget* m_evidence;
};

} // namespace inodeck::ui
