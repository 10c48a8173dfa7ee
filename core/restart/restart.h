#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/fleet/fleet.h"
#include "core/scan/scan.h"

namespace inodeck {

/// What would be done to one container, and why; made from a scan, shown to the operator, then run.
struct RestartPlan {
    Host host;
    PeerInfo peer;
    Access access;
    std::string machineId;
    Container container;
    std::vector<Row> rows; ///< all bind mounts of the container: the restart refreshes each
    std::vector<std::string>
        argv; ///< the exact command on the VM: {"docker","restart","--","<id>"}, with sudo where needed
    std::vector<std::string> causes;     ///< printable sentences; empty: nothing calls for a restart
    std::vector<std::string> dependents; ///< compose services of this project that depend on this one
};

/// Plans for what `selector` names on a scanned host: a container name, an id (12 to 64 hex digits) or
/// PROJECT/SERVICE. NotFound and ambiguity are errors that name the candidates.
Result<std::vector<RestartPlan>> planRestarts(const Host& host, const HostScan& scan,
                                              const std::string& selector);

/// {"restart", "-t", "10", ID}: understood by every docker and podman.
std::vector<std::string> restartArguments(const ContainerId& id, std::chrono::seconds stopTimeout);
/// The exact command on the VM, with this time for a clean stop.
std::vector<std::string> restartArgv(const RestartPlan& plan, std::chrono::seconds stopTimeout);
struct RestartOrder;
/// The exact command on the VM that this order means: its own, or that of restartArgv().
std::vector<std::string> restartArgv(const RestartPlan& plan, const RestartOrder& order);

/// One line of the pre-flight checklist.
struct GuardCheck {
    std::string what;
    bool passed = false;
    std::string detail; ///< when not passed: why, and what to do
};
/// From what was observed: source present, right type, not suddenly empty, container unchanged since the
/// plan.
std::vector<GuardCheck> guard(const RestartPlan& plan, const HostScan& now);

enum class RestartStep { Guard, Intent, Restart, Wait, Prove, Outcome };
std::string_view toString(RestartStep step);
enum class StepState { Running, Passed, Failed };
struct StepEvent {
    RestartStep step = RestartStep::Guard;
    StepState state = StepState::Running;
    std::string text; ///< printable
};

enum class RestartStatus {
    Verified,       ///< restarted, and every mount but those in `unread` was proven in_sync
    StillStale,     ///< restarted, but a scan says that it is not in_sync
    Failed,         ///< the restart command failed, or the container did not stay up
    TimedOut,       ///< not running, or not healthy, in time
    Unhealthy,      ///< its healthcheck says so
    Refused,        ///< a guard said no; nothing was done
    NotRecorded,    ///< no audit record could be written; nothing was done
    OutcomeSpooled, ///< done, but its outcome record is in the spool: see audit.md
    Unknown,        ///< the connection was lost after the intent: the next run recovers it
};
std::string_view toString(RestartStatus status);

struct RestartOrder {
    std::string opId; ///< of the records; empty: a new one
    std::string reason;
    AuditActor actor;
    bool protectedConfirmed = false; ///< the operator typed the name, or --yes-protected
    bool evenIfInSync = false;
    std::chrono::seconds stopTimeout{10};
    std::chrono::seconds healthTimeout{60};
    std::vector<std::string> command;        ///< argv on the VM in place of `docker restart`; without sudo
    std::vector<std::string> validate;       ///< argv on the VM; must exit 0, or nothing is done
    std::vector<std::string> destinations;   ///< of the mounts that are to be proven; empty: all
    std::map<std::string, Sha256> baselines; ///< by destination: what the process started with, where known
    bool secret = false; ///< records carry HMACs in place of hashes, whatever the files are called
};

/// How the fleet file wants a service restarted: its own command and validation, its time to be healthy,
/// whether its hashes are secret. Every program and page that restarts begins with it.
RestartOrder orderOf(const Service& service);
/// The same for the container of a plan; the file's defaults where it does not name the service.
RestartOrder orderOf(const Fleet& fleet, const RestartPlan& plan);

struct RestartResult {
    RestartStatus status = RestartStatus::Refused;
    std::string text; ///< one printable sentence
    std::string opId;
    HostScan after; ///< the proof: the container's rows, scanned again; empty when nothing was done
    std::vector<std::string> unread = {}; ///< destinations that the proof is not of: unknown, as before
};

/// Who is doing this: the operating system's account, and what a person or CI says of itself (INODECK_ACTOR,
/// GITHUB_ACTOR; GITHUB_RUN_ID).
AuditActor currentActor(const std::map<std::string, std::string>& environment);

/// The record's view of a plan's rows and of who they belong to. `secret`: all of them are, not only those
/// with a telling name.
std::vector<AuditEvidence> evidenceOf(const std::vector<Row>& rows, bool secret = false);
AuditTarget targetOf(const RestartPlan& plan);
/// What a record says of an order: who, why, what to, by which command, on the evidence of `rows`.
RecordDraft draftOf(const RestartPlan& plan, const RestartOrder& order, const std::vector<Row>& rows,
                    RecordType type);

/// Puts on record that what was ordered was refused, and why. Empty; else a sentence in brackets that says
/// why it is not on record, for the end of what the operator is told.
std::string recordRefusal(AuditStore& store, const RestartPlan& plan, const RestartOrder& order,
                          const std::string& why);
/// The same for a draft that says more.
std::string recordRefusal(AuditStore& store, RecordDraft record, const std::string& why);

/// Takes a printable sentence.
using Told = std::function<void(const std::string&)>;

/// plan > guard > intent > act > verify > outcome. Blocking; call it on a worker thread. `onStep` is called
/// on that thread.
class Restarter {
public:
    Restarter(Scanner& scanner, AuditStore& store, const Clock& clock);
    RestartResult run(const RestartPlan& plan, const RestartOrder& order, const Cancel& cancel,
                      const std::function<void(const StepEvent&)>& onStep = {});
    /// Looks, read-only, at what an open intent left behind and appends `recovered`. Never restarts. A young
    /// intent's command may still run at Docker although whoever gave it was killed: it is given 30 s to
    /// come to its end, or the time for a clean stop that it names and a little more; `onWait` is told once.
    Result<AuditResult> recover(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                const Cancel& cancel, const Told& onWait = {});

private:
    Scanner& m_scanner;
    AuditStore& m_store;
    const Clock& m_clock;
};

} // namespace inodeck
