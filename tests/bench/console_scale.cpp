#include "tests/bench/console_scale.h"

#include <QComboBox>
#include <QEventLoop>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <cstdio>
#include <fstream>
#include <malloc.h>
#include <stdexcept>

#include "core/transport/replay_transport.h"
#include "tests/bench/fleet_recordings.h"
#include "tests/bench/process.h"

namespace inodeck::bench {

namespace {

double percentile(std::vector<double> values, double part) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

void printHeld(const std::string& when, const std::vector<Watchdog::Wait>& waits) {
    std::vector<double> wall;
    std::vector<double> cpu;
    for (const Watchdog::Wait& wait : waits) {
        wall.push_back(wait.wall);
        cpu.push_back(wait.cpu);
    }
    std::printf("| %s | %zu | %.1f ms | %.1f ms | %.1f ms | %.1f ms |\n", when.c_str(), wall.size(),
                percentile(wall, 0.99), percentile(wall, 0.999), percentile(cpu, 0.999), percentile(wall, 1));
}

/// Calls `painted` after each painting.
class Paintings final : public QObject {
public:
    Paintings(QWidget& widget, QObject& owner, std::function<void()> painted)
        : QObject(&owner)
        , m_painted(std::move(painted)) {
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(this, m_painted, Qt::QueuedConnection);
        return false;
    }

private:
    std::function<void()> m_painted;
};

/// The resident memory that is this process's own, MiB; what was freed is given back first.
double ownMemory() {
    malloc_trim(0);
    std::ifstream file("/proc/self/smaps_rollup");
    double kib = 0;
    for (std::string text; std::getline(file, text);)
        if (text.starts_with("Private_Dirty:") || text.starts_with("Private_Clean:"))
            kib += std::stod(text.substr(14));
    return kib / 1024;
}

} // namespace

double since(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

void line(const std::string& what, double ours, double floor, const char* unit) {
    std::printf("| %s | %.1f %s | %.1f %s | %.1f |\n", what.c_str(), ours, unit, floor, unit, ours / floor);
    std::fflush(stdout);
}

void runLoop(const std::function<void(QEventLoop&)>& arrange) {
    QEventLoop loop;
    bool late = false;
    QTimer::singleShot(std::chrono::minutes{2}, &loop, [&] {
        late = true;
        loop.quit();
    });
    arrange(loop);
    loop.exec();
    if (late)
        throw std::runtime_error("nothing happened for two minutes");
}

double afterPaint(QWidget& widget, const std::function<void()>& act, const std::function<bool()>& settled) {
    const auto begin = SteadyClock::now();
    double took = 0;
    runLoop([&](QEventLoop& loop) {
        new Paintings(widget, loop, [&] {
            took = since(begin);
            if (!settled || settled())
                loop.quit();
        });
        act();
    });
    return took;
}

Console::Console(const QString& folder, const std::string& audit)
    : session(std::make_unique<ReplayTransport>(folder.toStdString()), audit, {})
    , window(session, prompter, {{}, false, {}})
    , table(window.findChild<ui::MountTable*>()) {
    std::vector<Host> hosts;
    for (const std::string& name : ReplayTransport(folder.toStdString()).hosts()) {
        Host host;
        host.name = name;
        host.groups = {"group-" + name.substr(3, 1)};
        hosts.push_back(host);
    }
    window.addHosts(hosts);
}

/// All hosts, until the last one is in the table. Ms.
static double scan(Console& console) {
    const auto begin = SteadyClock::now();
    runLoop([&](QEventLoop& loop) {
        QObject::connect(&console.session, &ui::FleetSession::scanFinished, &loop, &QEventLoop::quit,
                         Qt::QueuedConnection);
        console.window.scan();
    });
    return since(begin);
}

void Holds::begin() {
    QCoreApplication::processEvents();
    m_watchdog.take();
}

void Holds::end(const std::string& what) {
    QCoreApplication::processEvents();
    m_seen.emplace_back(what, m_watchdog.take());
}

void Holds::print() const {
    std::puts("\n| how long the GUI thread is held while | asked | 99%, wall | 99.9%, wall | its own CPU, "
              "99.9% | longest |\n"
              "| --- | --- | --- | --- | --- | --- |");
    std::vector<Watchdog::Wait> all;
    for (const auto& [what, waits] : m_seen) {
        printHeld(what, waits);
        all.insert(all.end(), waits.begin(), waits.end());
    }
    printHeld("all of these", all);
}

ConsoleScale::ConsoleScale(int hosts, int mounts, QString folder)
    : m_hosts(hosts)
    , m_mounts(mounts)
    , m_rows(hosts * mounts)
    , m_folder(std::move(folder)) {}

void ConsoleScale::run() {
    floors();
    const double before = ownMemory();
    Console console(m_folder, m_folder.toStdString() + "/audit/audit.sqlite");
    afterPaint(console.window, [&] { console.window.show(); });
    const double empty = ownMemory();
    m_holds.begin();
    apply(console);
    line("memory per 10,000 mounts", (ownMemory() - empty) / m_rows * 10000, m_floorMemory, "MiB");
    std::printf("| the window before the first scan | %.1f MiB | | |\n", empty - before);
    m_holds.begin(); // to measure memory takes its time
    keystrokes(console);
    sorts(console);
    rescans(console);
    m_holds.print();
}

/// What Qt itself takes for a table of so many rows of plain text.
void ConsoleScale::floors() {
    const double before = ownMemory();
    QStandardItemModel model;
    QTableView view;
    view.setModel(&model);
    view.resize(1280, 400);
    afterPaint(*view.viewport(), [&] { view.show(); });
    m_floorApply = afterPaint(*view.viewport(), [&] {
        for (int i = 0; i < m_rows; ++i) {
            QList<QStandardItem*> cells;
            for (int column = 0; column < ui::MountModel::ColumnCount; ++column)
                cells << new QStandardItem(QStringLiteral("cell %1 of %2").arg(column).arg(i));
            model.appendRow(cells);
        }
    });
    m_floorMemory = (ownMemory() - before) / m_rows * 10000;
    std::vector<double> times;
    for (int i = 0; i < 20; ++i)
        times.push_back(afterPaint(*view.viewport(), [&] { view.viewport()->update(); }));
    m_floorRepaint = median(times);
}

void ConsoleScale::apply(Console& console) {
    const auto begin = SteadyClock::now();
    double first = 0;
    const Paintings paintings(*console.table->viewport(), console.window, [&] {
        if (first == 0 && console.table->tree().shown() > 0)
            first = since(begin);
    });
    const double all = scan(console);
    m_holds.end("the first results come in");
    if (console.table->tree().shown() != m_rows)
        throw std::runtime_error("not all mounts are in the table");
    line("first rows painted after the scan began", first, m_floorRepaint, "ms");
    line("all hosts applied", all, m_floorApply, "ms");
}

void ConsoleScale::keystrokes(Console& console) {
    auto* edit = console.window.findChild<ui::FilterBar*>()->findChild<QLineEdit*>();
    edit->setFocus();
    std::vector<double> times;
    const auto press = [&](const auto& key) {
        QCoreApplication::sendPostedEvents(); // between two keys, as an event loop does
        times.push_back(afterPaint(*console.table->viewport(), [&] { QTest::keyClick(edit, key); }));
    };
    for (const std::string word : {"service-7", "vm-0042", "stale", "/etc/service-1", "pinned"}) {
        for (const char letter : word)
            press(letter);
        for (std::size_t i = 0; i < word.size(); ++i)
            press(Qt::Key_Backspace);
    }
    m_holds.end("somebody types into the filter");
    line("filter keystroke to repaint, median", median(times), m_floorRepaint, "ms");
    line("filter keystroke to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
}

void ConsoleScale::sorts(Console& console) {
    std::vector<double> times;
    const auto time = [&](const std::function<void()>& act) {
        QCoreApplication::sendPostedEvents();
        times.push_back(afterPaint(*console.table->viewport(), act));
    };
    for (int round = 0; round < 3; ++round)
        for (const int column : {1, 2, 3, 4, 7, 0})
            for (const auto order : {Qt::DescendingOrder, Qt::AscendingOrder})
                time([&] { console.table->sortByColumn(column, order); });
    m_holds.end("somebody sorts");
    line("sort to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
    times.clear();
    auto* group = console.window.findChild<ui::FilterBar*>()->findChild<QComboBox*>();
    for (int round = 0; round < 3; ++round)
        for (const int how : {1, 2, 3, 0})
            time([&] { group->setCurrentIndex(how); });
    m_holds.end("somebody groups");
    line("grouping to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
}

void ConsoleScale::rescans(Console& console) {
    line("a rescan where nothing changed", scan(console), m_floorApply, "ms");
    m_holds.end("a rescan finds nothing new");
    writeRecordings(m_folder.toStdString(), m_hosts, m_mounts, 1);
    for (const Host& host : console.session.hosts())
        console.session.scanner().sessions().forget(host.name); // they would say the same again
    m_holds.begin();
    line("a rescan where a fifth changed", scan(console), m_floorApply, "ms");
    m_holds.end("a rescan finds a fifth changed");
}

} // namespace inodeck::bench
