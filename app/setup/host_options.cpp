#include "app/setup/host_options.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "core/base/text.h"
#include "core/transport/replay_transport.h"

namespace inodeck::setup {

namespace {

Host thisMachine(const Fleet& fleet) {
    const auto known =
        std::find_if(fleet.hosts.begin(), fleet.hosts.end(), [](const Host& h) { return h.local; });
    if (known != fleet.hosts.end())
        return *known;
    Host local = fleet.hostDefaults;
    local.name = "local";
    local.local = true;
    return local;
}

std::string sshConfigOf(const HostOptions& options) {
    const char* home = std::getenv("HOME");
    return options.sshConfig.empty() ? std::string(home ? home : "") + "/.ssh/config" : options.sshConfig;
}

/// The names with each wildcard that the fleet has nothing for replaced by the ssh aliases that it matches.
Result<std::vector<std::string>> withAliases(const std::vector<std::string>& names,
                                             const HostOptions& options, const Fleet& fleet) {
    std::vector<std::string> wanted;
    for (const std::string& name : names) {
        if (!hasWildcard(name) || selectHosts(fleet, {name})) {
            wanted.push_back(name);
            continue;
        }
        const std::string config = sshConfigOf(options);
        const auto aliases = sshConfigAliases(config);
        if (!aliases)
            return aliases;
        const std::size_t before = wanted.size();
        std::copy_if(aliases->begin(), aliases->end(), std::back_inserter(wanted),
                     [&](const std::string& alias) { return matchesWildcard(name, alias); });
        if (wanted.size() == before)
            return fail(
                ErrorCode::Usage,
                "'" + printable(name) + "' matches no host" +
                    (fleet.path.empty() ? "" : " and no group of " + printable(fleet.path) + ", and none") +
                    " of " + printable(config) + ".");
    }
    return wanted;
}

void apply(const HostOptions& options, Host& host) {
    std::vector<std::string> docker;
    std::istringstream words(options.docker);
    for (std::string word; words >> word;)
        docker.push_back(word);
    if (!docker.empty())
        host.docker = docker;
    if (options.timeout)
        host.deadline = std::chrono::seconds{std::lround(*options.timeout)};
    if (options.hashLimitMiB)
        host.hashLimit = static_cast<std::uint64_t>(*options.hashLimitMiB * 1024 * 1024);
    if (!options.replay.empty())
        host.address.clear(); // recordings have the names
}

} // namespace

Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options,
                                  const Fleet& fleet) {
    std::vector<Host> hosts;
    if (options.local)
        hosts.push_back(thisMachine(fleet));
    auto wanted = withAliases(names, options, fleet);
    if (!wanted)
        return tl::unexpected(wanted.error());
    const bool all = names.empty() && !options.local;
    if (all && !options.replay.empty()) {
        *wanted = ReplayTransport(options.replay).hosts();
        if (wanted->empty())
            return fail(ErrorCode::Usage,
                        "There is no recording (NAME.probe) in the directory given to --replay.");
    }
    if (all || !wanted->empty()) {
        const auto chosen = selectHosts(fleet, *wanted);
        if (!chosen)
            return chosen;
        std::copy_if(chosen->begin(), chosen->end(), std::back_inserter(hosts),
                     [&](const Host& host) { return !options.local || host.name != hosts.front().name; });
    }
    for (Host& host : hosts)
        apply(options, host);
    return hosts;
}

} // namespace inodeck::setup
