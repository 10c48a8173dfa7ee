#include "app/setup/host_options.h"

#include <cmath>
#include <sstream>

#include "core/transport/replay_transport.h"

namespace inodeck::setup {

Result<std::vector<Host>> hostsOf(const std::vector<std::string>& names, const HostOptions& options) {
    std::vector<Host> hosts;
    if (options.local) {
        Host local;
        local.name = "local";
        local.local = true;
        hosts.push_back(local);
    }
    for (const std::string& name : names) {
        auto host = parseHost(name);
        if (!host)
            return tl::unexpected(host.error());
        hosts.push_back(std::move(*host));
    }
    if (hosts.empty() && !options.replay.empty()) {
        for (const std::string& name : ReplayTransport(options.replay).hosts()) {
            Host host;
            host.name = name;
            hosts.push_back(host);
        }
        if (hosts.empty())
            return fail(ErrorCode::Usage,
                        "There is no recording (NAME.probe) in the directory given to --replay.");
    }
    std::vector<std::string> docker;
    std::istringstream words(options.docker);
    for (std::string word; words >> word;)
        docker.push_back(word);
    for (Host& host : hosts) {
        if (!docker.empty())
            host.docker = docker;
        host.deadline = std::chrono::seconds{std::lround(options.timeout)};
        host.hashLimit = static_cast<std::uint64_t>(options.hashLimitMiB * 1024 * 1024);
    }
    return hosts;
}

} // namespace inodeck::setup
