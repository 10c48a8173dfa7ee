#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/fleet/fleet.h"
#include "core/scan/scan.h"

namespace inodeck {

/// What is to be done with one container.
enum class Action {
    None,    ///< it runs on what the host has
    Restart, ///< measured: it does not, and a restart helps
    Leave,   ///< found, and nothing that a restart is called for
    Refuse,  ///< a restart would be an outage now
    Unknown, ///< it cannot be told
};
std::string_view toString(Action action);

/// What a LoadedCheck says of one file.
enum class Loaded { NotAsked, Unanswered, Yes, No };
struct LoadedAnswer {
    Loaded loaded = Loaded::NotAsked;
    std::string how; ///< printable half sentence: "it loaded its config at …"
};

/// What is known of one container's files besides the scan, by destination.
struct Hints {
    std::map<std::string, Sha256> baselines; ///< what the running process started with
    std::map<std::string, LoadedAnswer> loaded;
};

struct Decision {
    Action action = Action::Unknown;
    Verdict verdict = Verdict::Unknown; ///< of the mount that decided
    std::string cause;                  ///< one printable sentence
    std::vector<Row> rows;              ///< the mounts that count, in the light of the hints; the worst first
};

struct DecideOptions {
    bool detached = false; ///< restart also for a file that was replaced by one with the same bytes
};

/// The rows of one container that `service` speaks of: its config paths (destination or source), or all.
std::vector<Row> countedRows(const std::vector<Row>& rows, const Service& service);

/// From the measured state to what is to be done with one container; pure and total. `rows` are all mounts of
/// one container: those that the service does not speak of call for nothing, but a restart needs them too.
Decision decide(const std::vector<Row>& rows, const Service& service, const Hints& hints,
                const DecideOptions& options = {});

} // namespace inodeck
