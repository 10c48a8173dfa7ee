#pragma once

#include <map>
#include <optional>

#include "core/fleet/host.h"

namespace inodeck {

/// What calls for a restart when the file changed in place (same inode) after the process started.
enum class ReloadPolicy {
    Restart, ///< the process reads its config at start only: restart it
    Live,    ///< it reads the file at each use: nothing to do
};

/// Evidence, asked of the VM, of what the process has loaded. It settles `changed_since_start`; it never
/// overrides a stale inode. One of `command` and `url` is set; of the answer Json, `url`, and perhaps both.
struct LoadedCheck {
    enum class Answer {
        LoadedAt, ///< unix seconds at which the process loaded its config: later than ctime is in_sync
        Sha256,   ///< 64 hex digits: the hash of what it loaded
        Contains, ///< `expect` stands in the answer
        Json,     ///< `url` gives what it loaded, `command` what it would load now: equal as JSON. Without a
                  ///< command: `caddy adapt` of the config, in the container
    };
    Answer answer = Answer::LoadedAt;
    std::vector<std::string> command; ///< argv on the VM, never through a shell
    std::string url;                  ///< fetched on the VM with curl or wget
    std::string metric;               ///< LoadedAt by url: the Prometheus metric that holds the time
    std::string success;              ///< LoadedAt by url: a metric that must be 1; may be empty
    std::string expect;               ///< Contains
};

/// What the fleet file says of one compose service. Without an entry the defaults hold.
struct Service {
    std::string project;
    std::string service;
    std::vector<std::string> hosts;       ///< names and groups; empty: every host
    std::vector<std::string> configPaths; ///< destinations or sources; empty: every bind mount
    std::string hashFile;                 ///< absolute path on the VM: sha256, hex, newline; empty: none
    std::vector<std::string> restart;     ///< argv on the VM in place of `docker restart`
    std::vector<std::string> validate;    ///< argv on the VM; must exit 0 before a restart
    ReloadPolicy reload = ReloadPolicy::Restart;
    std::chrono::seconds healthTimeout{60};
    bool secret = false; ///< records carry HMACs in place of hashes, diffs are not shown
    std::optional<LoadedCheck> loaded;

    std::string label() const { return project + "/" + service; }
};

/// Where events go, besides the audit log.
struct EventSinks {
    std::string file; ///< JSON lines; "-": stdout; empty: none
    bool loki = false;
    /// https://…; its push path is added where it is missing. Empty with `loki` set: neither the file nor the
    /// environment (GRAFANA_CLOUD_LOKI_URL) says where; nothing can be pushed.
    std::string lokiUrl;
    std::string lokiUser;
    std::string lokiApiKey;
    std::map<std::string, std::string> labels; ///< app, env
};

/// inodeck.yaml, read and checked (docs/fleet-file.md).
struct Fleet {
    std::string path;        ///< of the file; empty: there is none
    Host hostDefaults;       ///< what `defaults` says, for hosts that the file does not name
    Service serviceDefaults; ///< the same for services
    std::vector<Host> hosts;
    std::vector<Service> services; ///< in the order in which they are restarted
    EventSinks events;
    std::string audit;   ///< as --audit takes it; empty: the default
    int maxRestarts = 5; ///< in one reconcile
};

/// Reads and checks; `${VAR}` in values of secrets comes from `environment`. An error names file, line,
/// column and what was meant, and never holds a secret.
Result<Fleet> readFleet(const std::string& path, const std::map<std::string, std::string>& environment);
/// The same for text, for editors; `path` is only named in errors.
Result<Fleet> parseFleet(const std::string& text, const std::string& path,
                         const std::map<std::string, std::string>& environment);

/// One thing that is wrong in a fleet file, and where; both count from 1, columns in characters.
struct FleetProblem {
    int line = 1;
    int column = 1;
    std::string sentence; ///< printable, one line, without a secret
};
/// "inodeck.yaml:12:3: 'protectd' is not a key of a host; did you mean 'protected'?"
std::string problemLine(const std::string& path, const FleetProblem& problem);
/// All that is wrong, in the order of the file, at most 20; empty: parseFleet() takes it.
std::vector<FleetProblem> checkFleet(const std::string& text, const std::string& path,
                                     const std::map<std::string, std::string>& environment);
/// A regular file of at most 1 MiB; larger or other ones, devices and directories are an error.
Result<std::string> readFleetText(const std::string& path);

/// The hosts that `names` mean: names and aliases of the fleet, its groups, and wildcards (* ?) over both; a
/// name that the fleet does not have is taken as parseHost() takes it. Without names: all of the fleet. No
/// host twice; a wildcard that matches nothing is an error.
Result<std::vector<Host>> selectHosts(const Fleet& fleet, const std::vector<std::string>& names);
/// Whether a name chooses among others: it has a * or ?, the only wildcards.
bool hasWildcard(const std::string& name);
bool matchesWildcard(const std::string& pattern, const std::string& text);
/// What the fleet says of this service on this host; nullptr: nothing.
const Service* findService(const Fleet& fleet, const Host& host, const std::string& project,
                           const std::string& service);

} // namespace inodeck
