#include <QApplication>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "core/transport/replay_transport.h"
#include "tests/bench/fleet_recordings.h"
#include "tests/bench/process.h"
#include "tests/bench/watchdog.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/views/main_window.h"

// console_bench [HOSTS [MOUNTS]]: the console on a recorded fleet of HOSTS with MOUNTS mounts each, against
// an empty Qt window and a plain QTableView with the same number of rows. Each start is a process of its own.

namespace inodeck::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double percentile(std::vector<double> values, double part) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

void until(const std::function<bool()>& done) {
    if (!QTest::qWaitFor(done, 120000))
        throw std::runtime_error("nothing happened for two minutes");
}

/// The resident memory that is this process's own, MiB.
double ownMemory() {
    std::ifstream file("/proc/self/smaps_rollup");
    double kib = 0;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("Private_Dirty:") || line.starts_with("Private_Clean:"))
            kib += std::stod(line.substr(14));
    return kib / 1024;
}

/// The window of the program on a recorded fleet.
struct Console {
    explicit Console(const QString& folder)
        : session(std::make_unique<ReplayTransport>(folder.toStdString()),
                  QTemporaryDir().filePath(QStringLiteral("audit/audit.sqlite")).toStdString(), {})
        , window(session, prompter, {{}, false, {}}) {
        std::vector<Host> hosts;
        for (const std::string& name : ReplayTransport(folder.toStdString()).hosts()) {
            Host host;
            host.name = name;
            host.groups = {"group-" + name.substr(3, 1)};
            hosts.push_back(host);
        }
        window.addHosts(hosts);
        window.show();
        table = window.findChild<ui::MountTable*>();
    }
    ui::GuiPrompter prompter;
    ui::FleetSession session;
    ui::MainWindow window;
    ui::MountTable* table;
};

// --- one start, in a process of its own: ends when its window has painted ---

int startEmpty() {
    QMainWindow window;
    window.resize(1280, 720);
    window.show();
    until([&] { return window.isVisible() && !window.grab().isNull(); });
    return 0;
}

int startConsole(const QString& folder) {
    Console console(folder);
    until([&] { return console.window.isVisible() && !console.window.grab().isNull(); });
    return 0;
}

// --- in this process ---

class Scale {
public:
    Scale(int hosts, int mounts, const QString& folder)
        : m_rows(hosts * mounts)
        , m_folder(folder) {}

    void run() {
        floors();
        const double before = ownMemory();
        Console console(m_folder);
        until([&] { return console.window.isVisible(); });
        QCoreApplication::processEvents();
        m_watchdog.reset();
        apply(console);
        line("memory per 10,000 mounts", (ownMemory() - before) / m_rows * 10000, m_floorMemory, "MiB");
        keystrokes(console);
        sorts(console);
        rescan(console);
        held();
    }

private:
    static void line(const char* what, double ours, double floor, const char* unit) {
        std::printf("| %s | %.1f %s | %.1f %s | %.1f |\n", what, ours, unit, floor, unit, ours / floor);
        std::fflush(stdout);
    }

    /// What Qt itself takes for a table of so many rows of plain text.
    void floors() {
        const double before = ownMemory();
        QStandardItemModel model;
        QTableView view;
        view.setModel(&model);
        view.resize(1280, 400);
        view.show();
        const auto begin = Clock::now();
        for (int i = 0; i < m_rows; ++i) {
            QList<QStandardItem*> cells;
            for (int column = 0; column < 8; ++column)
                cells << new QStandardItem(QStringLiteral("cell %1 of %2").arg(column).arg(i));
            model.appendRow(cells);
        }
        QCoreApplication::processEvents();
        (void)view.grab();
        m_floorApply = since(begin);
        m_floorMemory = (ownMemory() - before) / m_rows * 10000;
        const auto repaint = Clock::now();
        (void)view.grab();
        m_floorRepaint = since(repaint);
    }

    void apply(Console& console) {
        const auto begin = Clock::now();
        double first = 0;
        QObject::connect(&console.session, &ui::FleetSession::batchTaken, &console.window, [&] {
            if (first == 0)
                first = since(begin);
        });
        console.window.scan();
        until([&] { return !console.session.scanning(); });
        const double all = since(begin);
        if (console.table->tree().shown() != m_rows)
            throw std::runtime_error("not all mounts are in the table");
        line("first rows after the scan began", first, m_floorRepaint, "ms");
        line("all hosts applied", all, m_floorApply, "ms");
    }

    void keystrokes(Console& console) {
        auto* edit = console.window.findChild<QLineEdit*>();
        std::vector<double> times;
        for (const char* word : {"service-7", "vm-0042", "stale", "/etc/service-1", "pinned"}) {
            for (std::size_t i = 1; i <= std::strlen(word); ++i)
                times.push_back(timed(
                    console, [&] { edit->setText(QString::fromLatin1(word, static_cast<qsizetype>(i))); }));
            times.push_back(timed(console, [&] { edit->clear(); }));
        }
        line("filter keystroke to repaint, median", median(times), m_floorRepaint, "ms");
        line("filter keystroke to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
    }

    void sorts(Console& console) {
        std::vector<double> times;
        for (const int column : {1, 2, 3, 4, 7, 0})
            for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder})
                times.push_back(timed(console, [&] { console.table->sortByColumn(column, order); }));
        console.table->sortByColumn(0, Qt::AscendingOrder);
        line("sort to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
        times.clear();
        for (const auto group :
             {ui::GroupBy::Host, ui::GroupBy::Project, ui::GroupBy::Verdict, ui::GroupBy::Nothing})
            times.push_back(timed(console, [&] { console.table->setGroupBy(group); }));
        line("grouping to repaint, slowest", percentile(times, 1), m_floorRepaint, "ms");
    }

    void rescan(Console& console) {
        const auto begin = Clock::now();
        console.window.scan();
        until([&] { return !console.session.scanning(); });
        line("a rescan where nothing changed", since(begin), m_floorApply, "ms");
    }

    static double timed(Console& console, const std::function<void()>& act) {
        const auto begin = Clock::now();
        act();
        QCoreApplication::sendPostedEvents();
        console.table->viewport()->repaint();
        const double took = since(begin);
        QTest::qWait(1);
        return took;
    }

    void held() {
        for (const auto& [name, values] :
             {std::pair("wall clock", m_watchdog.wall()), std::pair("its CPU", m_watchdog.cpu())})
            std::printf("| UI thread held, %s, %zu passes | 99.9%%: %.1f ms, longest %.1f ms | a frame 16 ms "
                        "| %.1f |\n",
                        name, values.size(), percentile(values, 0.999), percentile(values, 1),
                        percentile(values, 0.999) / 16);
    }

    int m_rows;
    QString m_folder;
    Watchdog m_watchdog;
    double m_floorApply = 0;
    double m_floorRepaint = 0;
    double m_floorMemory = 0;
};

double startOf(const Argv& argv) {
    std::vector<double> times;
    for (int i = 0; i < 7; ++i) {
        const Cost cost = measure(argv);
        if (cost.status != 0)
            throw std::runtime_error(argv[1] + " failed");
        times.push_back(cost.wall.count());
    }
    return median(times);
}

int all(int hosts, int mounts, const std::string& self) {
    const QTemporaryDir folder;
    writeRecordings(folder.path().toStdString(), hosts, mounts);
    std::printf(
        "%d hosts with %d mounts each\n\n| what | Inodeck | floor | ratio |\n| --- | --- | --- | --- |\n",
        hosts, mounts);
    const double empty = startOf({self, "--empty"});
    const double console = startOf({self, "--console", folder.path().toStdString()});
    std::printf("| cold start to first painted window | %.0f ms | an empty Qt window %.0f ms | %.1f |\n",
                console, empty, console / empty);
    Scale(hosts, mounts, folder.path()).run();
    return 0;
}

} // namespace
} // namespace inodeck::bench

int main(int argc, char** argv) {
    using namespace inodeck::bench;
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir own;
    qputenv("XDG_CONFIG_HOME", own.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", own.path().toUtf8());
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() == 1 && words[0] == "--empty")
            return startEmpty();
        if (words.size() == 2 && words[0] == "--console")
            return startConsole(QString::fromStdString(words[1]));
        return all(words.empty() ? 1000 : std::stoi(words[0]), words.size() > 1 ? std::stoi(words[1]) : 20,
                   QCoreApplication::applicationFilePath().toStdString());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "console_bench: %s\n", error.what());
        return 1;
    }
}
