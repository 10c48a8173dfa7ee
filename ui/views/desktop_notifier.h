#pragma once

#include <QObject>

namespace inodeck::ui {

/// Tells the desktop by org.freedesktop.Notifications. Where nothing listens (no session bus, no server)
/// nothing happens: the window says the same by itself.
class DesktopNotifier final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Replaces the notification before. `body` is shown literally.
    void tell(const QString& title, const QString& body);

private:
    void send(const QString& title, const QString& body);

    uint m_last = 0;
};

} // namespace inodeck::ui
