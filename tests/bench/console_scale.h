#pragma once

#include <QEventLoop>
#include <QString>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/watchdog.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/models/fleet_session.h"
#include "ui/views/main_window.h"

namespace inodeck::bench {

using SteadyClock = std::chrono::steady_clock;
/// Ms.
double since(SteadyClock::time_point begin);
void line(const std::string& what, double ours, double floor, const char* unit);

/// A real event loop: it sleeps until there is something to do, and not for a while. Until `arrange` or what
/// it arranges quits it.
void runLoop(const std::function<void(QEventLoop&)>& arrange);
/// Does `act`, then lets the event loop run until `widget` has painted and `settled` (if given) holds. Ms.
double afterPaint(QWidget& widget, const std::function<void()>& act,
                  const std::function<bool()>& settled = {});

/// The window of the program on a recorded fleet; not shown yet.
struct Console {
    Console(const QString& folder, const std::string& audit);
    ui::GuiPrompter prompter;
    ui::FleetSession session;
    ui::MainWindow window;
    ui::MountTable* table;
};

/// How long the GUI thread was held, by what was done meanwhile.
class Holds {
public:
    /// Forgets what the watchdog saw so far.
    void begin();
    void end(const std::string& what);
    void print() const;

private:
    Watchdog m_watchdog;
    std::vector<std::pair<std::string, std::vector<Watchdog::Wait>>> m_seen;
};

/// What one does with the console on a large fleet, and how long it takes.
class ConsoleScale {
public:
    ConsoleScale(int hosts, int mounts, QString folder);
    void run();

private:
    void floors();
    void apply(Console& console);
    void keystrokes(Console& console);
    void sorts(Console& console);
    void rescans(Console& console);

    int m_hosts;
    int m_mounts;
    int m_rows;
    QString m_folder;
    Holds m_holds;
    double m_floorApply = 0;
    double m_floorRepaint = 0;
    double m_floorMemory = 0;
};

/// The same for the audit page.
void auditScale(int records);

} // namespace inodeck::bench
