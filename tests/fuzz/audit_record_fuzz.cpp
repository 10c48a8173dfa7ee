#include "core/audit/record_line.h"
#include "core/audit/verifier.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace inodeck;
    const std::string line = fuzz::textOf(data, size);
    (void)isCanonical(line);
    const auto record = parseRecordLine(line);
    if (!record)
        return 0;
    const std::string again = recordLine(record->envelope, record->draft);
    fuzz::must(again.size() <= MaxLine, "a line has its bound");
    fuzz::must(isCanonical(again), "what is written is canonical");
    fuzz::must(parseRecordLine(again).has_value(), "what is written can be read");
    return 0;
}
