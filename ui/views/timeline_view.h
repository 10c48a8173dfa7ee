#pragma once

#include <QLabel>
#include <QTimer>
#include <QTreeView>

#include "ui/models/timeline.h"
#include "ui/models/worker.h"

namespace inodeck::ui {

/// What happened to a mount, newest first.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(FleetSession& session, QWidget* parent = nullptr);
    void show(const MountModel::Entry& entry);
    void clear();

private:
    void readRecords();
    void fill();

    FleetSession& m_session;
    ScanHistory m_history;
    TimelineModel m_model;
    std::optional<MountModel::Entry> m_entry;
    std::vector<ParsedRecord> m_records;
    QTreeView* m_list;
    QLabel* m_problem;
    QTimer m_clock;
    QTimer m_soon;
    Worker m_worker;
};

} // namespace inodeck::ui
