#include "app/cli/steps.h"

#include "app/cli/table.h"

namespace inodeck::cli {

void printStep(const StepEvent& event, std::ostream& out, bool colours) {
    const char* mark = event.state == StepState::Passed   ? "ok  "
                       : event.state == StepState::Failed ? "FAIL"
                                                          : "... ";
    const char* colour = event.state == StepState::Passed   ? "32"
                         : event.state == StepState::Failed ? "1;31"
                                                            : "2";
    out << "  " << coloured(mark, colour, colours) << " " << toString(event.step) << ": " << event.text
        << std::endl;
}

} // namespace inodeck::cli
