#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "core/audit/record_line.h"
#include "ui/models/mount_model.h"
#include "ui/models/scan_history.h"

namespace inodeck::ui {

/// One thing that happened to a mount or was done about it.
struct TimelineEvent {
    TimePoint time{};
    QString what;
};

/// What is known of a mount's history, newest first: its container's start, changes of its files, what scans
/// said, and what is on record.
std::vector<TimelineEvent> timelineOf(const MountModel::Entry& entry, const std::vector<SeenVerdict>& seen,
                                      const std::vector<ParsedRecord>& records);

/// The records of a mount's container, newest first, at most `limit`. Blocking.
Result<std::vector<ParsedRecord>> recordsOf(const std::string& auditWhere, const std::string& host,
                                            const Container& container, std::uint64_t limit);

class TimelineModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { When, Ago, What, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setEvents(std::vector<TimelineEvent> events, TimePoint now);
    void setNow(TimePoint now);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TimelineEvent> m_events;
    TimePoint m_now{};
};

} // namespace inodeck::ui
