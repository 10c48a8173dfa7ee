#include "ui/dialogs/gui_prompter.h"

#include "ui/dialogs/prompt_dialogs.h"

namespace inodeck::ui {

void GuiPrompter::release() {
    {
        const std::lock_guard lock(m_mutex);
        m_released = true;
    }
    m_changed.notify_all();
}

void GuiPrompter::reopen() {
    const std::lock_guard lock(m_mutex);
    m_released = false;
}

std::optional<std::string> GuiPrompter::ask(std::function<void(Answer)> show) {
    const std::lock_guard turn(m_oneAtATime);
    struct Slot {
        bool answered = false;
        std::optional<std::string> answer;
    };
    const auto slot = std::make_shared<Slot>();
    const Answer answer = [this, slot](std::optional<std::string> text) {
        {
            const std::lock_guard lock(m_mutex);
            slot->answered = true;
            slot->answer = std::move(text);
        }
        m_changed.notify_all();
    };
    QMetaObject::invokeMethod(
        this, [show = std::move(show), answer] { show(answer); }, Qt::QueuedConnection);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return slot->answered || m_released; });
    return slot->answered ? slot->answer : std::nullopt;
}

bool GuiPrompter::acceptHostKey(const HostKeyQuestion& question) {
    const auto answer = ask([this, question](const Answer& reply) {
        auto* dialog = new HostKeyDialog(question, m_window);
        connect(dialog, &QDialog::finished, dialog, [reply](int result) {
            reply(result == QDialog::Accepted ? std::optional<std::string>("yes") : std::nullopt);
        });
        dialog->open();
    });
    return answer.has_value();
}

std::optional<std::string> GuiPrompter::secret(const SecretQuestion& question) {
    return ask([this, question](const Answer& reply) {
        auto* dialog = new SecretDialog(question, m_window);
        connect(dialog, &QDialog::finished, dialog, [reply, dialog](int result) {
            reply(result == QDialog::Accepted ? std::optional(dialog->secret()) : std::nullopt);
        });
        dialog->open();
    });
}

} // namespace inodeck::ui
