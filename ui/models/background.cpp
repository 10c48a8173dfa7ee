#include "ui/models/background.h"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace inodeck::ui {

/// Qt's priorities of threads do nothing for a usual Linux thread, or keep it from running at all while
/// anybody else does; a thread's own nice value does what is meant.
void giveWay() {
    constexpr int Step = 10;
    constexpr int Lowest = 19;
    const int ofGuiThread = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
    setpriority(PRIO_PROCESS, 0, std::min(ofGuiThread + Step, Lowest));
}

} // namespace inodeck::ui
