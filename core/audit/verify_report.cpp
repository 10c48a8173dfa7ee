#include "core/audit/verify_report.h"

#include <algorithm>

#include "core/base/text.h"

namespace inodeck {

namespace {

std::string rangeOf(const KeyRing::Key& key) {
    return "records " + std::to_string(key.from) + (key.last ? " to " + std::to_string(*key.last) : " on");
}

std::string voucher(const VerifyReport& report) {
    const std::string given = "a checkpoint kept outside the log vouches for its first " +
                              std::to_string(report.elsewhere) + " records";
    const std::string own = "its first " + std::to_string(report.anchored) +
                            " records are those that this installation remembers";
    if (report.elsewhere == 0)
        return own + " (a checkpoint that was kept elsewhere would say more: --checkpoint FILE)";
    return report.elsewhere < report.anchored ? given + ", and " + own : given;
}

std::string standingText(const VerifyReport& report) {
    switch (report.standing()) {
    case VerifyReport::Standing::Broken:
        return "BROKEN: this log is not what was written.";
    case VerifyReport::Standing::Anchored:
        return "ANCHORED: " + voucher(report) +
               (report.complete && report.anchored < report.last + 1
                    ? "; what comes after is only self-consistent."
                    : ".");
    case VerifyReport::Standing::SelfConsistent:
        break;
    }
    return "SELF-CONSISTENT ONLY: nothing outside this log vouches for it; who holds its key could have "
           "rewritten or cut it. Give a "
           "checkpoint that was kept elsewhere (--checkpoint FILE).";
}

} // namespace

VerifyReport::Standing VerifyReport::standing() const {
    if (bad || !contradicted.empty())
        return Standing::Broken;
    return anchored > 0 ? Standing::Anchored : Standing::SelfConsistent;
}

void VerifyReport::vouchFor(std::uint64_t count, bool fromElsewhere) {
    anchored = std::max(anchored, count);
    if (fromElsewhere)
        elsewhere = std::max(elsewhere, count);
}

std::vector<std::string> reportLines(const VerifyReport& report) {
    std::vector<std::string> lines;
    if (report.records == 0 && !report.bad) {
        lines.push_back("The log is empty.");
    } else if (report.records > 0) {
        lines.push_back("log " + printable(report.log));
        lines.push_back(std::to_string(report.records) +
                        (report.complete ? " records, " : " chosen records, ") +
                        std::to_string(report.first.value_or(0)) + " to " + std::to_string(report.last));
        lines.push_back("head " + report.head);
    }
    for (const auto& [kid, key] : report.keys.keys())
        lines.push_back("key " + kid + ": " + rangeOf(key));
    if (!report.signatures)
        lines.push_back("no signatures were given: only the links were checked");
    if (report.bad)
        lines.push_back("first bad record: " + std::to_string(report.bad->seq) + ", " + report.bad->why);
    for (const std::string& text : report.contradicted)
        lines.push_back("contradicted: " + text);
    for (const std::string& text : report.notices)
        lines.push_back("notice: " + text);
    if (report.noticesLeftOut > 0)
        lines.push_back("notice: and " + std::to_string(report.noticesLeftOut) + " more");
    lines.push_back(standingText(report));
    return lines;
}

} // namespace inodeck
