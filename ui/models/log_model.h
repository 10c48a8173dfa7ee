#pragma once

#include <QAbstractListModel>
#include <QSortFilterProxyModel>
#include <deque>

#include "core/probe/container_log.h"

namespace inodeck::ui {

/// The last lines of a container's log, at most MaxLines; where the container was started stands a line of
/// ours.
class LogModel final : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int MaxLines = 10'000;
    enum Role { TimeRole = Qt::UserRole, OursRole };

    using QAbstractListModel::QAbstractListModel;
    void clear();
    void append(const std::vector<LogLine>& lines);
    /// The container was started then; once for each time. Docker writes `time` down after the process runs:
    /// its first lines may be as old as `from`.
    void markStart(TimePoint time, TimePoint from);
    /// A line of ours at the end.
    void note(const QString& text);
    bool forgot() const { return m_forgot; } ///< older lines were dropped for newer ones

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Entry {
        std::optional<TimePoint> time;
        QString text;
        bool ours = false;
    };
    void insert(int row, Entry entry);
    void dropOldest();
    void placeStarts();

    std::deque<Entry> m_entries;
    struct Start {
        TimePoint time;
        TimePoint from;
    };
    std::vector<Start> m_starts; ///< those that wait for their place
    bool m_forgot = false;
};

/// Lines that hold a text, from before or after the last start.
class LogFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class Era { All, SinceStart, BeforeStart };
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text);
    void setEra(Era era, std::optional<TimePoint> start);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    Era m_era = Era::All;
    qint64 m_start = 0;
};

} // namespace inodeck::ui
