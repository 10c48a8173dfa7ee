#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <chrono>
#include <functional>
#include <memory>

#include "core/audit/audit_store.h"

namespace inodeck::ui {

/// Reads the log on threads of its own. Questions of one lane are answered in their order, so that a slow
/// count does not hold up the rows that are on the screen.
class AuditLog final : public QObject {
    Q_OBJECT

public:
    enum Lane { Records, Counts, LaneCount };
    /// What is done on the GUI thread with what was found.
    using Then = std::function<void()>;
    /// Runs on the lane's thread; null: the log cannot be read, for the reason given.
    using Question = std::function<Then(AuditReader* log, const Error& why)>;

    explicit AuditLog(std::string where, QObject* parent = nullptr);
    /// Waits for what runs; whoever asked for something long cancels it before.
    ~AuditLog() override;
    const std::string& where() const { return m_where; }
    /// The answer is dropped when `asker` is gone by then.
    void ask(Lane lane, QObject* asker, Question question);
    /// The same for work that opens the log itself, or writes it.
    void work(QObject* asker, std::function<Then()> task);
    /// From any thread: what is done on the GUI thread, unless `asker` is gone by then.
    void tell(const QPointer<QObject>& asker, Then then);

private:
    struct Reading {
        QThreadPool pool;
        std::unique_ptr<AuditReader> log;
        std::chrono::steady_clock::time_point opened;
    };
    void refresh(Reading& reading, Error& why) const;

    std::string m_where;
    Reading m_lanes[LaneCount];
    QThreadPool m_workers;
};

} // namespace inodeck::ui
