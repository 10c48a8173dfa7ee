#include "app/cli/reconcile_text.h"

#include "app/cli/table.h"
#include "core/base/redact.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

const char* colourOf(ItemStatus status) {
    switch (status) {
    case ItemStatus::Restarted:
        return "32";
    case ItemStatus::Left:
    case ItemStatus::Planned:
        return "33";
    default:
        return "1;31";
    }
}

std::string command(const Item& item) {
    return printable(shellJoin(redactedWords(item.argv)));
}

std::string itemText(const HostReport& host, const Item& item, bool colours) {
    std::string status(toString(item.status));
    status.resize(12, ' ');
    std::string text = coloured(status, colourOf(item.status), colours) + printable(host.host.name) + "  " +
                       printable(item.container.label()) + "\n    " + item.text + "\n";
    if (item.status == ItemStatus::Planned)
        text += "    command  " + command(item) + "\n";
    return text;
}

std::string sum(const Report& report) {
    std::string text;
    for (const ItemStatus status :
         {ItemStatus::Restarted, ItemStatus::Planned, ItemStatus::Failed, ItemStatus::Refused,
          ItemStatus::NotReached, ItemStatus::Unknown, ItemStatus::Left})
        if (const int count = report.count(status))
            text += std::to_string(count) + " " + std::string(toString(status)) + ", ";
    return text + std::to_string(report.count(ItemStatus::InSync)) + " in sync";
}

} // namespace

std::string beginText(const Host& host, const Item& item) {
    return "Restart " + printable(item.container.label()) + " (" + printable(item.container.name) + ", " +
           item.container.id.brief() + ") on " + printable(host.name) + "\n  cause    " +
           item.decision.cause + "\n  command  " + command(item) + "\n";
}

std::string reportText(const Report& report, bool dryRun, bool colours) {
    std::string text;
    for (const HostReport& host : report.hosts) {
        if (!host.observed)
            text += coloured("not observed", "1;31", colours) + "  " + printable(host.host.name) + ": " +
                    host.error.message + "\n";
        for (const Item& item : host.items)
            if (item.status != ItemStatus::InSync)
                text += itemText(host, item, colours);
        for (const std::string& warning : host.warnings)
            text += "warning: " + printable(host.host.name) + ": " + warning + "\n";
    }
    if (!report.stopped.empty())
        text += coloured("Stopped: ", "1;31", colours) + report.stopped + "\n";
    return text + (dryRun ? "Dry run, nothing was done: " : "") + sum(report) + ".\n";
}

} // namespace inodeck::cli
