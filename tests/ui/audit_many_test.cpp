// The audit page on a log of 100,000 records. How long the window was away from its user is printed, not
// asserted: it is a number of this machine.
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <ctime>

#include "tests/ui/audit_console.h"
#include "tests/ui/patience.h"

using namespace inodeck;
using namespace inodeck::test;

namespace {

/// How long the GUI thread was away from its event loop, and how much of that it worked itself: on a busy
/// machine the first is mostly waiting for a core.
class Stutter {
public:
    Stutter() {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_away.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_worked.push_back(worked() - m_workedBefore);
            m_workedBefore = worked();
            m_clock.start();
        });
        m_clock.start();
        m_timer.start(1);
    }
    void print(const char* what) {
        for (std::vector<double>* values : {&m_away, &m_worked}) {
            QVERIFY(!values->empty());
            std::sort(values->begin(), values->end());
            qInfo("%s, %s: %zu turns, 99%% under %.1f ms, longest %.1f ms", what,
                  values == &m_away ? "away" : "working", values->size(),
                  (*values)[values->size() * 99 / 100], values->back());
        }
    }

private:
    static double worked() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_workedBefore = worked();
    std::vector<double> m_away;
    std::vector<double> m_worked;
};

/// The scroll bar dragged from top to bottom and back, a step each frame.
void drag(QScrollBar& bar, int frames) {
    for (int frame = 0; frame <= 2 * frames; ++frame) {
        const int at = frame <= frames ? frame : 2 * frames - frame;
        bar.setValue(static_cast<int>(std::int64_t{bar.maximum()} * at / frames));
        QElapsedTimer clock;
        clock.start();
        (void)QTest::qWaitFor([&] { return clock.elapsed() >= 16; });
    }
}

} // namespace

class AuditManyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("console"));
        QSettings().clear();
    }

    void aHundredThousandRecordsDoNotStutter() {
        const AuditHome home;
        QElapsedTimer clock;
        clock.start();
        home.fill(operations(50000, 10000));
        qInfo("%d records made in %lld ms", 99996, static_cast<long long>(clock.restart()));
        Stutter watch;
        AuditConsole c(home);
        QTRY_VERIFY(c.table->model()->rowCount() > 0);
        qInfo("first rows after %lld ms", static_cast<long long>(clock.elapsed()));
        QVERIFY(c.loaded(99996));
        qInfo("counted after %lld ms", static_cast<long long>(clock.elapsed()));
        watch.print("opening");
        Stutter scrolling;
        drag(*c.table->verticalScrollBar(), 60);
        scrolling.print("scrolling while the whole log is verified");
        c.button(QStringLiteral("Stop"))->click(); // the bench of the log knows how long all of it takes
        QTRY_VERIFY(c.badge->text() != QStringLiteral("Checking log…"));
        Stutter again;
        drag(*c.table->verticalScrollBar(), 60);
        again.print("scrolling");
        Stutter filtering;
        QTest::keyClick(&c.window, Qt::Key_Slash);
        for (const char letter : std::string("chg-4321")) {
            QTest::keyClick(QApplication::focusWidget(), letter);
            drag(*c.table->verticalScrollBar(), 2);
        }
        clock.restart();
        QVERIFY(QTest::qWaitFor([&] { return c.table->model()->rowCount() < 1000; }, Patience));
        filtering.print("filtering");
        qInfo("filtered after %lld ms: %d rows", static_cast<long long>(clock.elapsed()),
              c.table->model()->rowCount());
        QVERIFY(c.table->model()->rowCount() >= 2);
    }
};

QTEST_MAIN(AuditManyTest)
#include "audit_many_test.moc"
