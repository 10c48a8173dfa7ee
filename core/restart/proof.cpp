#include "core/restart/proof.h"

#include <algorithm>

#include "core/base/text.h"

namespace inodeck {

namespace {

bool wasUnknown(const std::vector<Row>& before, const std::string& destination) {
    return std::any_of(before.begin(), before.end(), [&](const Row& row) {
        return row.observation.destination == destination && row.judgement.verdict == Verdict::Unknown;
    });
}

} // namespace

bool callsForRestart(Verdict verdict) {
    return verdict == Verdict::StaleInode || verdict == Verdict::DetachedInode ||
           verdict == Verdict::NotLoaded || verdict == Verdict::ChangedSinceStart;
}

bool callForRestart(const std::vector<Row>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const Row& row) { return callsForRestart(row.judgement.verdict); });
}

const Row* worstOf(const std::vector<Row>& rows) {
    const auto worst = std::min_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.judgement.verdict < b.judgement.verdict;
    });
    return worst == rows.end() ? nullptr : &*worst;
}

std::string unproven(const std::vector<Row>& before, const std::vector<Row>& after) {
    if (after.empty())
        return "the container has no bind mount any more.";
    bool oneProven = false;
    for (const Row& row : after) {
        const Verdict verdict = row.judgement.verdict;
        const std::string& destination = row.observation.destination;
        oneProven |= verdict == Verdict::InSync;
        if (verdict == Verdict::InSync || (verdict == Verdict::Unknown && wasUnknown(before, destination)))
            continue;
        return printable(destination) + " is " + std::string(toString(verdict)) + ": " + row.judgement.reason;
    }
    return oneProven ? std::string{} : "no mount of it can be read.";
}

std::vector<std::string> unread(const std::vector<Row>& after) {
    std::vector<std::string> destinations;
    for (const Row& row : after)
        if (row.judgement.verdict == Verdict::Unknown)
            destinations.push_back(printable(row.observation.destination));
    return destinations;
}

} // namespace inodeck
