#pragma once

#include <QTableView>

#include "ui/models/audit_model.h"

namespace inodeck::ui {

/// A table of records: one row selected, sorted by number only, which is what a log can be read in page by
/// page.
class AuditTable final : public QTableView {
    Q_OBJECT

public:
    explicit AuditTable(AuditModel& model, QWidget* parent = nullptr);
    /// Null: nothing is selected, or it is not read yet.
    const AuditRow* current() const;
    void selectSomething();
    /// Time or Record: the other order.
    void sortBy(int column);
    /// What an empty table says.
    void setEmptyText(const QString& text);

Q_SIGNALS:
    void currentRecordChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void showOrder();
    void keepSelection();
    void takeCurrent();

    AuditModel& m_model;
    std::optional<quint64> m_selected; ///< seq
    QString m_empty;
};

} // namespace inodeck::ui
