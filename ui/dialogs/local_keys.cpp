#include "ui/dialogs/local_keys.h"

#include <QKeyEvent>
#include <QWidget>
#include <algorithm>

namespace inodeck::ui {

LocalKeys::LocalKeys(QWidget* owner)
    : QObject(owner) {
    owner->installEventFilter(this);
}

void LocalKeys::add(const QKeySequence& key, const QString& does, std::function<void()> act,
                    std::function<bool()> when) {
    m_keys.push_back({key, does, std::move(act), std::move(when)});
}

const LocalKeys::Key* LocalKeys::meant(const QKeyEvent& event) const {
    // The keypad's keys are the same keys.
    const QKeySequence pressed(
        QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event.key())));
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const Key& one) {
        return one.key == pressed && (!one.when || one.when());
    });
    return found == m_keys.end() ? nullptr : &*found;
}

/// An event that a widget inside did not want comes here. What is accepted as an override comes again as a
/// key.
bool LocalKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const Key* key = meant(*static_cast<QKeyEvent*>(event));
    if (!key)
        return QObject::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        key->act();
    return true;
}

} // namespace inodeck::ui
