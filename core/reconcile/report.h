#pragma once

#include "core/audit/audit_store.h"
#include "core/reconcile/decision.h"
#include "core/restart/restart.h"

namespace inodeck {

/// What became of one container.
enum class ItemStatus {
    InSync,     ///< nothing to do
    Restarted,  ///< and proven
    Left,       ///< found and left alone; see the cause
    Planned,    ///< would be restarted: a dry run
    Refused,    ///< a guard said no; nothing was done
    Failed,     ///< restarted, and not proven, or not up
    NotReached, ///< would be restarted, but something before it stopped the run
    Unknown,    ///< it cannot be told
};
/// "in_sync", "restarted", …: the words of the JSON schema.
std::string_view toString(ItemStatus status);

struct Item {
    Container container;
    Service service; ///< its entry in the fleet file, or the defaults; what the command line says wins
    Decision decision;
    Hints hints;
    ItemStatus status = ItemStatus::Unknown;
    std::vector<std::string> argv; ///< the command on the VM, where a restart is what is to be done
    std::string text;              ///< printable: what was done, or why not
    std::string opId;              ///< where something was begun, or refused
    std::vector<Row> proof;
    std::optional<std::chrono::milliseconds> duration;
    bool noRecord = false; ///< refused or doubtful because of the audit log
    bool partly = false;   ///< restarted, but one of its configs cannot be read, as before
};

struct HostReport {
    Host host;
    AccessLevel access = AccessLevel::None;
    bool observed = false;
    Error error; ///< when not observed
    std::vector<Item> items;
    std::vector<std::string> warnings; ///< printable sentences
};

/// The program's exit codes (README), decided here because CI acts on them.
enum class ReportVerdict : int { Good = 0, Drift = 1, Usage = 2, Incomplete = 3, Failed = 4, NoRecord = 5 };

struct Report {
    std::vector<HostReport> hosts;
    std::string usage;   ///< what was asked for does not exist; nothing was done
    std::string stopped; ///< why not all was done that needed it; printable
    TimePoint begin{};
    std::chrono::milliseconds duration{0};

    ReportVerdict verdict() const;
    int count(ItemStatus status) const;
};

} // namespace inodeck
