#pragma once

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>

#include "ui/views/audit_details.h"
#include "ui/views/audit_filter_bar.h"
#include "ui/views/audit_table.h"
#include "ui/views/banner.h"
#include "ui/views/chain_panel.h"

class QSettings;

namespace inodeck::ui {

/// The log: how far it can be trusted, its records, and all of the selected one.
class AuditPage final : public QWidget {
    Q_OBJECT

public:
    AuditPage(FleetSession& session, ChainWatch& watch, QWidget* parent = nullptr);
    bool isFiltered() const { return !m_filter->isEmpty(); }
    void showAll() { m_filter->clear(); }
    void focusFilter() { m_filter->focusText(); }
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    /// What can be done now may have changed.
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    QHBoxLayout* buildLine();
    void connectParts();
    void load();
    void showCurrent();
    void showCount();
    void takeGrowth(quint64 records);
    void askForExport();

    FleetSession& m_session;
    AuditModel m_records;

    Banner* m_problem;
    AuditFilterBar* m_filter;
    QLabel* m_count;
    QPushButton* m_new;
    QPushButton* m_export;
    AuditTable* m_table;
    AuditDetails* m_details;
    QSplitter* m_down;
};

} // namespace inodeck::ui
