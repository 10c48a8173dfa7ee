#include <algorithm>

#include "core/base/text.h"
#include "core/fleet/fleet.h"
#include "tests/fuzz/fuzz.h"

namespace {

bool isPlain(const std::string& sentence) {
    return inodeck::isUtf8(sentence) && std::none_of(sentence.begin(), sentence.end(),
                                                     [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace inodeck;
    const std::string text = fuzz::textOf(data, size);
    const std::map<std::string, std::string> environment{{"LOKI_API_KEY", "s3cret-token"}};
    const auto fleet = parseFleet(text, "inodeck.yaml", environment);
    const auto problems = checkFleet(text, "inodeck.yaml", environment);
    fuzz::must(fleet.has_value() == problems.empty(),
               "what is taken has no problem, and the other way round");
    for (const FleetProblem& problem : problems) {
        fuzz::must(problem.line >= 1 && problem.column >= 1, "a problem has a place");
        fuzz::must(isPlain(problem.sentence), "a problem can be printed");
        fuzz::must(problem.sentence.find("s3cret-token") == std::string::npos, "no secret in a problem");
    }
    if (fleet)
        (void)selectHosts(*fleet, {});
    return 0;
}
