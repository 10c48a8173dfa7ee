#pragma once

#include <QTimer>

#include "ui/models/fleet_session.h"
#include "ui/models/log_model.h"
#include "ui/models/worker.h"

namespace inodeck::ui {

/// Reads a container's log into a model, once or again and again. Each question is one short command over the
/// host's kept session, which scans use too: where that is busy, a question waits for a moment and then gives
/// up.
class LogReader final : public QObject {
    Q_OBJECT

public:
    explicit LogReader(FleetSession& session, QObject* parent = nullptr);
    /// Another container: forgets the lines, and says so. The same one again: notes when it was started.
    bool setContainer(const std::string& host, const Container& container);
    void forget();
    /// Everything again: its last lines.
    void reload();
    void setFollowing(bool following);
    bool following() const { return m_timer.isActive(); }
    LogModel& model() { return m_model; }
    std::optional<TimePoint> startedAt() const { return m_startedAt; }

Q_SIGNALS:
    /// In words: what is going on, or why nothing is to be seen. Empty: all is well.
    void said(const QString& words);

private:
    void ask();
    void take(const Result<LogTail>& answer);

    FleetSession& m_session;
    LogModel m_model;
    std::string m_host;
    ContainerId m_id;
    std::optional<TimePoint> m_startedAt;
    TimePoint m_firstLine{}; ///< of this start, at the earliest
    LogCursor m_cursor;
    QTimer m_timer;
    Worker m_worker;
};

} // namespace inodeck::ui
