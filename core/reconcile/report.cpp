#include "core/reconcile/report.h"

namespace inodeck {

namespace {

ReportVerdict verdictOf(const Item& item) {
    if (item.noRecord)
        return ReportVerdict::NoRecord;
    switch (item.status) {
    case ItemStatus::Restarted:
        return item.partly ? ReportVerdict::Incomplete : ReportVerdict::Good;
    case ItemStatus::InSync:
    case ItemStatus::Left: // by rule: the process runs on the bytes that the host has, or does not run
        return ReportVerdict::Good;
    case ItemStatus::Planned:
        return ReportVerdict::Drift;
    case ItemStatus::Unknown:
        return ReportVerdict::Incomplete;
    default:
        return ReportVerdict::Failed;
    }
}

} // namespace

std::string_view toString(ItemStatus status) {
    switch (status) {
    case ItemStatus::InSync:
        return "in_sync";
    case ItemStatus::Restarted:
        return "restarted";
    case ItemStatus::Left:
        return "left";
    case ItemStatus::Planned:
        return "planned";
    case ItemStatus::Refused:
        return "refused";
    case ItemStatus::Failed:
        return "failed";
    case ItemStatus::NotReached:
        return "not_reached";
    case ItemStatus::Unknown:
        break;
    }
    return "unknown";
}

ReportVerdict Report::verdict() const {
    if (!usage.empty())
        return ReportVerdict::Usage;
    ReportVerdict worst = stopped.empty() ? ReportVerdict::Good : ReportVerdict::Failed;
    for (const HostReport& host : hosts) {
        worst = std::max(worst, host.observed ? ReportVerdict::Good : ReportVerdict::Incomplete);
        for (const Item& item : host.items)
            worst = std::max(worst, verdictOf(item));
    }
    return worst;
}

int Report::count(ItemStatus status) const {
    int number = 0;
    for (const HostReport& host : hosts)
        for (const Item& item : host.items)
            number += item.status == status ? 1 : 0;
    return number;
}

} // namespace inodeck
