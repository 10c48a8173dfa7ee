#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

#include "core/base/cancel.h"

namespace inodeck::ui {

/// One blocking task at a time, off the GUI thread. The latest one counts: a new task, or drop(), cancels the
/// one before and drops what it finds. Waits for its thread when it goes.
class Worker final : public QObject {
    Q_OBJECT

public:
    /// What is done on the GUI thread with what was found.
    using Then = std::function<void()>;

    explicit Worker(QObject* parent = nullptr);
    ~Worker() override;
    void run(std::function<Then(const Cancel&)> task);
    void drop();
    bool busy() const { return m_busy; }

private:
    QThreadPool m_pool;
    std::shared_ptr<Cancel> m_cancel;
    int m_generation = 0;
    bool m_busy = false;
};

} // namespace inodeck::ui
