#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <set>

#include "ui/models/fleet_session.h"
#include "ui/models/restart_preflight.h"

namespace inodeck::ui {

/// One container of the queue.
struct QueuedRestart {
    enum class State { Waiting, Running, Proven, Failed, Skipped };

    RestartPlan plan;
    RestartOrder how;       ///< as the fleet file wants it: its command, its validation
    bool recreates = false; ///< a new container in the place of one that a restart did not cure
    State state = State::Waiting;
    bool chosen = true;                            ///< false: the operator leaves it out
    std::optional<std::vector<GuardCheck>> checks; ///< none: they are being looked at
    std::vector<StepEvent> steps;
    std::optional<RestartResult> result;
    QString why; ///< of its state, plain text

    bool passed() const;
};

/// What an operator gives to restart.
struct QueueOrder {
    std::string reason;
    std::set<std::string> confirmedHosts; ///< protected ones whose names were typed
    bool evenIfInSync = false;
};

/// Restarts of unique containers: one at a time, those first on which others depend, each with an op_id and
/// records of its own. The first one that is not proven ends it; it can be stopped between two.
class RestartQueue final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, HostName, StateWord, Why, ColumnCount };

    RestartQueue(std::vector<RestartPlan> plans, FleetSession& session, QObject* parent = nullptr);

    int count() const { return static_cast<int>(m_items.size()); }
    const QueuedRestart& item(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    int running() const { return m_running; } ///< row, or -1
    bool started() const { return m_started; }
    int waiting() const;
    /// Why it cannot be started now; empty: it can.
    QString whyNot() const;
    /// Looks at everything, read-only.
    void check();
    void start(const QueueOrder& order);
    /// What is not begun by now is left alone.
    void stopAfterThis();
    /// One more at the end, and begins it: a new container in the place of one that a restart did not cure.
    void recreate(const RestartPlan& plan, const std::vector<std::string>& command, const QueueOrder& order);
    void setDark(bool dark);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Something about this container is new: its checks, its steps or its state.
    void itemChanged(int row);
    void stepTaken(int row, const StepEvent& event);
    /// Nothing runs and nothing waits any more.
    void finished();

private:
    QueuedRestart& at(int row) { return m_items[static_cast<std::size_t>(row)]; }
    void changed(int row);
    void begin(int row);
    void next();
    void skipRest(const QString& why);
    void takeStep(const StepEvent& event);
    void takeResult(const RestartResult& result);

    FleetSession& m_session;
    RestartPreflight m_preflight;
    std::vector<QueuedRestart> m_items;
    QueueOrder m_order;
    int m_running = -1;
    bool m_started = false;
    bool m_dark = false;
};

/// "Waiting", "Running", …
QString label(QueuedRestart::State state);
QIcon icon(QueuedRestart::State state, bool dark);
/// Unique containers, in the order in which they are restarted.
std::vector<RestartPlan> inOrder(std::vector<RestartPlan> plans);

} // namespace inodeck::ui
