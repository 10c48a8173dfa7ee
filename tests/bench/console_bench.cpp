#include <QApplication>
#include <QMainWindow>
#include <QTemporaryDir>
#include <cstdio>
#include <stdexcept>

#include "tests/bench/console_scale.h"
#include "tests/bench/fleet_recordings.h"
#include "tests/bench/process.h"

// console_bench [HOSTS [MOUNTS]]: the console on a recorded fleet of HOSTS with MOUNTS mounts each, against
// an empty Qt window and a plain table of the same size; then its audit page on 100,000 records. Each start
// is a process of its own.

namespace inodeck::bench {
namespace {

/// Ends when the window has painted.
int start(QWidget& window) {
    afterPaint(window, [&] { window.show(); });
    return 0;
}

int startEmpty() {
    QMainWindow window;
    window.resize(1280, 720);
    return start(window);
}

int startConsole(const QString& folder) {
    Console console(folder, folder.toStdString() + "/audit/audit.sqlite");
    return start(console.window);
}

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
    std::fflush(stdout);
    ConsoleScale(hosts, mounts, folder.path()).run();
    auditScale(100'000);
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
