#include "ui/views/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace inodeck::ui {

namespace {

QDBusMessage call(const QString& method) {
    const auto name = QStringLiteral("org.freedesktop.Notifications");
    return QDBusMessage::createMethodCall(name, QStringLiteral("/org/freedesktop/Notifications"), name,
                                          method);
}

} // namespace

/// Asks first, each time: a server may come after us, and whether it takes markup decides what is literal for
/// it.
void DesktopNotifier::tell(const QString& title, const QString& body) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(call(QStringLiteral("GetCapabilities"))), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, title, body] {
        const QDBusPendingReply<QStringList> reply = *answer;
        if (reply.isValid())
            send(title, reply.value().contains(QStringLiteral("body-markup")) ? body.toHtmlEscaped() : body);
        answer->deleteLater();
    });
}

void DesktopNotifier::send(const QString& title, const QString& body) {
    QDBusMessage message = call(QStringLiteral("Notify"));
    message.setArguments(
        {QStringLiteral("Inodeck"), m_last, QStringLiteral("inodeck"), title, body, QStringList(),
         QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("inodeck-console")}}, -1});
    auto* answer = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<uint> reply = *answer;
        if (reply.isValid())
            m_last = reply.value();
        answer->deleteLater();
    });
}

} // namespace inodeck::ui
