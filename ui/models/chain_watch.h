#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "core/audit/log_check.h"
#include "ui/models/fleet_session.h"

namespace inodeck::ui {

/// How far the log can be trusted, and whether it can be written: what the badge says.
struct ChainStatus {
    enum class State { Checking, Unreadable, NoLog, NotWritable, Broken, SelfConsistent, Anchored, Verified };
    State state = State::Checking;
    QString word;     ///< for a badge
    QString sentence; ///< printable
    std::uint64_t records = 0;
};

/// The worse of both: `report` null while nothing is known. An error of NotFound is no log.
ChainStatus chainStatus(const AuditState* audit, const Result<VerifyReport>* report);

struct ChainPace {
    std::chrono::milliseconds poll = std::chrono::seconds{10};
    std::chrono::milliseconds whole = std::chrono::hours{1}; ///< from the first record on
};

/// Verifies the log in the background: all of it at first, on demand and once an hour, else what is new,
/// after each record of ours and every ten seconds for those of others. Whether it can be written is asked
/// again each minute, at once when it cannot be read any more, and every ten seconds until it can be written
/// again.
class ChainWatch final : public QObject {
    Q_OBJECT

public:
    explicit ChainWatch(FleetSession& session, QObject* parent = nullptr, ChainPace pace = {});
    ~ChainWatch() override;
    const ChainStatus& status() const { return m_status; }
    bool running() const { return m_cancel != nullptr; }
    /// From the first record on.
    void verifyAgain();
    void cancel();

Q_SIGNALS:
    void changed();
    /// Of a verification that takes long enough to be shown; `done` equal to `total` when it ended.
    void progressed(quint64 done, quint64 total);
    /// The log has other records than before.
    void grown(quint64 records);

private:
    void poll();
    void start(bool again);
    void take(const Result<VerifyReport>& report);
    void update();

    FleetSession& m_session;
    ChainPace m_pace;
    std::shared_ptr<LogCheck> m_check; ///< used by one task at a time
    std::shared_ptr<Cancel> m_cancel;  ///< of the task that runs
    std::optional<AuditState> m_audit;
    std::optional<Result<VerifyReport>> m_report;
    ChainStatus m_status;
    std::string m_head;
    std::chrono::steady_clock::time_point m_fromTheFirst{};
    QTimer m_poll;
    int m_polls = 0;
    bool m_more = false; ///< start again when the running task is done
};

} // namespace inodeck::ui
