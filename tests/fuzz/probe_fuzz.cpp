#include "core/base/text.h"
#include "core/drift/verdict.h"
#include "core/probe/probe.h"
#include "tests/fuzz/fuzz.h"

namespace inodeck::fuzz {
namespace {

/// What must hold before anybody may say "in sync".
bool hasGrounds(const Observation& o) {
    if (!o.hostSide.facts || !o.containerSide.facts || !o.container.running)
        return false;
    const Facts& host = *o.hostSide.facts;
    const Facts& inside = *o.containerSide.facts;
    const bool sameContent = host.type != FileType::Regular ||
                             (host.sha256 == inside.sha256 && host.sha256.has_value() != host.overLimit);
    return host.inode == inside.inode && host.dev == inside.dev && host.type == inside.type && sameContent;
}

void check(const std::string& answer) {
    const auto report = parseProbe(answer);
    if (!report) {
        must(report.error().message.find_first_of("\n\r\x1b") == std::string::npos,
             "an error is one harmless line");
        return;
    }
    for (const Observation& o : report->observations) {
        const Judgement j = judge(o);
        must(j.verdict != Verdict::InSync || hasGrounds(o), "in sync has grounds");
        must(isUtf8(j.reason) && j.reason.find_first_of("\n\r\x1b") == std::string::npos,
             "a reason is one harmless line");
    }
}

} // namespace
} // namespace inodeck::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = inodeck::fuzz::textOf(data, size);
    inodeck::fuzz::check(text);
    inodeck::fuzz::check("inodeck-probe 1\n" + text);
    return 0;
}
