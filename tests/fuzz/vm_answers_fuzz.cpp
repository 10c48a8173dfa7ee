#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/drift/diff.h"
#include "core/probe/container_log.h"
#include "core/reconcile/hash_file.h"
#include "core/reconcile/loaded.h"
#include "core/restart/container_state.h"
#include "tests/fuzz/fuzz.h"

// What a VM and its containers answer to everything but the probe.

namespace {

using namespace inodeck;

void log(const std::string& text) {
    const LogOptions options{50, {}, 4096};
    const auto tail = parseLog(text, options);
    if (!tail)
        return;
    fuzz::must(tail->lines.size() <= options.tail, "no more lines than were asked for");
    for (const LogLine& line : tail->lines)
        fuzz::must(isUtf8(line.text) && line.text.find_first_of("\n\r\x1b") == std::string::npos,
                   "a line can be shown");
}

/// The text before the first NUL byte against the one behind it.
void diff(const std::string& text) {
    const std::size_t middle = std::min(text.find('\0'), text.size());
    const std::string before = text.substr(0, middle);
    const std::string after = text.substr(std::min(middle + 1, text.size()));
    const TextDiff found = diffOf(before, after);
    fuzz::must(found.equal == (before == after), "equal is equal");
    fuzz::must(found.binary || found.equal != std::any_of(found.lines.begin(), found.lines.end(),
                                                          [](const std::string& line) {
                                                              return line[0] == '-' || line[0] == '+';
                                                          }),
               "a difference has lines that differ");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::textOf(data, size);
    log(text);
    diff(text);
    if (const auto files = parseHashFiles(text, 2))
        fuzz::must(files->size() == 2, "as many hash files as were asked for");
    for (const double value : metricValues(text, "alloy_config_hash"))
        fuzz::must(!std::isnan(value), "a value is a number");
    (void)parseContainerState(text);
    return 0;
}
