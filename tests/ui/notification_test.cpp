// A desktop's own notification server, on a display (notification_test.sh): what it is told of a new stale
// mount, how often, and that it takes nothing in it for markup.
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QScreen>
#include <QTextDocument>

#include "tests/support/hostile_names.h"
#include "tests/ui/console_rig.h"
#include "ui/models/look.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

using Notifications = QList<QVariantMap>;
Q_DECLARE_METATYPE(Notifications)

namespace {

constexpr int Bound = 30000; // milliseconds

/// What dunst shows and has shown.
class Server {
public:
    uint shown() const { return m_control.property("displayedLength").toUInt(); }
    /// What it was told, newest first. Nothing is shown any more.
    Notifications taken() {
        m_control.call(QStringLiteral("NotificationCloseAll"));
        (void)QTest::qWaitFor([&] { return shown() == 0; }, Bound);
        const QDBusReply<Notifications> all = m_control.call(QStringLiteral("NotificationListHistory"));
        return all.value();
    }

private:
    QDBusInterface m_control{QStringLiteral("org.freedesktop.Notifications"),
                             QStringLiteral("/org/freedesktop/Notifications"),
                             QStringLiteral("org.dunstproject.cmd0")};
};

QString bodyOf(const QVariantMap& notification) {
    return notification.value(QStringLiteral("body")).toString();
}

} // namespace

class NotificationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        qDBusRegisterMetaType<Notifications>();
        const auto bus = QDBusConnection::sessionBus();
        QVERIFY(bus.isConnected());
        QTRY_VERIFY_WITH_TIMEOUT(
            bus.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.Notifications")), Bound);
    }
    void init() { Console::freshSettings(); }

    void aNewStaleMountIsShownOnce() {
        Server server;
        Console c;
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy")}));
        c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy")}));
        QTRY_COMPARE_WITH_TIMEOUT(server.shown(), 1U, Bound);
        for (int i = 0; i < 3; ++i)
            c.take(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy")}));
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy")})); // cured: nothing to tell
        QCoreApplication::processEvents();
        Notifications all = server.taken();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.front().value(QStringLiteral("summary")).toString(),
                 QStringLiteral("1 new stale mount"));
        QVERIFY2(bodyOf(all.front()).contains(QStringLiteral("vm1 · alloy · /etc/alloy.conf")),
                 qPrintable(bodyOf(all.front())));
        QCOMPARE(all.front().value(QStringLiteral("appname")).toString(), QStringLiteral("Inodeck"));
        c.take(scanOf("vm1", {rowOf("alloy"), rowOf("caddy", "new")}));
        QTRY_COMPARE_WITH_TIMEOUT(server.shown(), 1U, Bound);
        all = server.taken();
        QCOMPARE(all.size(), 2);
        QVERIFY(bodyOf(all.front()).contains(QStringLiteral("caddy")));
    }

    /// dunst takes markup: what comes through as text was escaped for it.
    void namesStayText() {
        Server server;
        Console c;
        const auto already = server.taken().size();
        int told = 0;
        for (const std::string& name : hostileNames()) {
            c.take(scanOf("vm2", {rowOf(name)}));
            c.take(scanOf("vm2", {rowOf(name, "new")}));
            QTRY_COMPARE_WITH_TIMEOUT(server.shown(), 1U, Bound);
            const Notifications all = server.taken();
            ++told;
            QCOMPARE(all.size(), already + told);
            const QString body = bodyOf(all.front());
            const QString text = literal(name);
            const QString expected = text.size() <= 60 ? text : text.left(30);
            // As it was sent: with entities for markup.
            QVERIFY2(body.contains(expected.toHtmlEscaped()) || body.contains(expected), qPrintable(body));
            QVERIFY2(!body.contains(QLatin1Char('<')), qPrintable(body));
        }
    }

    /// For people: INODECK_PICTURE=FILE keeps what was on the screen.
    void isSeen() {
        Server server;
        Console c;
        c.take(scanOf("vm1", {rowOf("<b>not bold</b> & co"), rowOf("caddy")}));
        c.take(scanOf("vm1", {rowOf("<b>not bold</b> & co", "new"), rowOf("caddy", "new")}));
        QTRY_COMPARE_WITH_TIMEOUT(server.shown(), 1U, Bound);
        const auto picture = [] { return QGuiApplication::primaryScreen()->grabWindow(0).toImage(); };
        const QImage with = picture();
        QVERIFY(!with.isNull());
        if (const QString file = qEnvironmentVariable("INODECK_PICTURE"); !file.isEmpty()) {
            QTest::qWait(500);
            QVERIFY(picture().save(file));
        }
    }
};

QTEST_MAIN(NotificationTest)
#include "notification_test.moc"
