#include "tests/unit/probe/answers.h"

#include <stdexcept>

#include "core/base/hex.h"

namespace inodeck::test {

std::string AnswerText::mountLine(const std::string& source, const std::string& destination,
                                  const std::string& writable) {
    return "mount " + Id + " 4711 true " + writable + " x" + hexEncode(source) + " x" +
           hexEncode(destination) + "\n";
}

std::string AnswerText::goodSides(int n) {
    const std::string facts = " 65024 9001 4 81a4 2026-02-10 09:14:03.123456789 +0000\n";
    const std::string host = std::to_string(n) + "h";
    const std::string inside = std::to_string(n) + "c";
    const std::string hash = " " + Sha256::of("new\n").hex() + "\n";
    return "R " + inside + " /srv/app.conf\nS " + host + facts + "S " + inside + facts + "H " + host + hash +
           "H " + inside + hash;
}

std::string AnswerText::text() const {
    std::string all = "inodeck-probe 1\nmachine x61\n" + user + "runtime x32302e31302e323420456e67696e652c\n";
    all += "container " + container + "\n";
    for (const std::string& mount : mounts)
        all += mount;
    // Booted in 2150, so that a process of these 500 ticks is younger than every file, too.
    return all + "\nclock 5680281600.000000000 100.00\n" + processes + "@ 0 " + Id + "\n" + sides +
           "@ end\n" + again + "end " + std::to_string(mounts.size()) + "\n";
}

std::string verdictOf(const std::string& text) {
    const auto report = parseProbe(text);
    if (!report)
        return "error: " + report.error().message;
    if (report->observations.size() != 1)
        return std::to_string(report->observations.size()) + " rows";
    return std::string(toString(judge(report->observations[0]).verdict));
}

std::string reasonOf(const std::string& text) {
    const auto report = parseProbe(text);
    return report && !report->observations.empty() ? judge(report->observations[0]).reason : std::string{};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos)
        throw std::runtime_error("no '" + from + "' in: " + text);
    return text.replace(at, from.size(), to);
}

} // namespace inodeck::test
