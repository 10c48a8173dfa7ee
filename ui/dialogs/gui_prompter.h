#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "core/transport/prompter.h"

namespace inodeck::ui {

/// Asks by dialogs: the worker thread waits, the GUI thread does not. release() ends every wait with "no".
class GuiPrompter final : public QObject, public Prompter {
    Q_OBJECT

public:
    explicit GuiPrompter(QObject* parent = nullptr)
        : QObject(parent) {}
    void setWindow(QWidget* window) { m_window = window; }
    void release();
    /// Scans may ask again after a release().
    void reopen();

    bool acceptHostKey(const HostKeyQuestion& question) override;
    std::optional<std::string> secret(const SecretQuestion& question) override;

private:
    using Answer = std::function<void(std::optional<std::string>)>;
    /// Runs `show` on the GUI thread and waits for the answer that it gives.
    std::optional<std::string> ask(std::function<void(Answer)> show);

    QPointer<QWidget> m_window;
    std::mutex m_oneAtATime;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_released = false;
};

} // namespace inodeck::ui
