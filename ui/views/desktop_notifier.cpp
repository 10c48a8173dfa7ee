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

DesktopNotifier::DesktopNotifier(QObject* parent)
    : QObject(parent) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(call(QStringLiteral("GetCapabilities"))), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QStringList> reply = *answer;
        if (reply.isValid())
            m_markup = reply.value().contains(QStringLiteral("body-markup"));
        answer->deleteLater();
    });
}

void DesktopNotifier::tell(const QString& title, const QString& body) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage message = call(QStringLiteral("Notify"));
    message.setArguments({QStringLiteral("Inodeck"), m_last, QStringLiteral("inodeck"), title,
                          m_markup ? body.toHtmlEscaped() : body, QStringList(),
                          QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("inodeck-console")}},
                          -1});
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<uint> reply = *answer;
        if (reply.isValid())
            m_last = reply.value();
        answer->deleteLater();
    });
}

} // namespace inodeck::ui
