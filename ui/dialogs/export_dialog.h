#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/models/audit_export.h"

namespace inodeck::ui {

/// What to export, as what and where to; then its progress.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    /// `filter` is what the page shows, `shown` how many records that are; none when they are not counted.
    ExportDialog(AuditLog& log, const AuditActor& actor, const RecordFilter& filter,
                 std::optional<std::uint64_t> shown, QWidget* parent);

Q_SIGNALS:
    void exported();

protected:
    void reject() override;

private:
    void addChoices(QVBoxLayout& layout, std::optional<std::uint64_t> shown);
    void addPath(QVBoxLayout& layout);
    void addButtons(QVBoxLayout& layout);
    void browse();
    void check();
    void start();
    void finish(const QString& text);

    AuditActor m_actor;
    RecordFilter m_filter;
    AuditExport m_export;
    QRadioButton* m_evidence = nullptr;
    QRadioButton* m_csv = nullptr;
    QRadioButton* m_shown = nullptr;
    QRadioButton* m_all = nullptr;
    QWidget* m_choices = nullptr;
    QLineEdit* m_path = nullptr;
    QLabel* m_problem = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_close = nullptr;
    bool m_done = false;
};

} // namespace inodeck::ui
