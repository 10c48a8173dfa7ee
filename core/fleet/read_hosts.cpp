#include <algorithm>
#include <sstream>

#include "core/base/text.h"
#include "core/fleet/fleet_parts.h"

namespace inodeck {

namespace {

constexpr std::size_t MostHosts = 5000;
constexpr int LongestDeadline = 86400;

/// {"docker"}, or "sudo -n docker": words, split at blanks, as --docker takes it.
void readDocker(const MapReader& map, std::vector<std::string>& to) {
    const YamlNode* node = map.value("docker");
    if (!node)
        return;
    if (node->kind != YamlNode::Kind::Scalar)
        return map.argv("docker", to);
    std::string text;
    if (!map.plainText("docker", *node, text))
        return;
    to.clear();
    std::istringstream words(text);
    for (std::string word; words >> word;)
        to.push_back(word);
}

/// What hosts and defaults have in common.
void readLimits(const MapReader& map, Host& host) {
    map.text("env", host.env);
    map.flag("protected", host.isProtected);
    readDocker(map, host.docker);
    map.seconds("deadline", 1, LongestDeadline, host.deadline);
    map.bytes("hash_limit", host.hashLimit);
}

/// Why a name cannot stand for a host or group; empty: it can.
std::string nameFault(const std::string& name) {
    if (name.find_first_of("*?") != std::string::npos)
        return "has a * or ?, which are for choosing among hosts.";
    const std::string fault = hostFault(name);
    return fault.empty() ? fault : "cannot be used: " + fault + ".";
}

void readUser(const MapReader& map, Host& host) {
    std::string user;
    map.text("user", user);
    if (user.empty())
        return;
    const std::string target = host.target();
    if (user.find_first_of("@: \t") != std::string::npos || user[0] == '-')
        map.wrong("user", "is no account: it cannot hold '@', ':' or blanks, or begin with '-'.");
    else if (target.find('@') != std::string::npos)
        map.wrong("user", "stands in the address already (USER@…); write it once.");
    else
        host.address = user + "@" + target;
}

void readAddress(const MapReader& map, Host& host) {
    map.text("address", host.address);
    if (const std::string fault = hostFault(host.address); !host.address.empty() && !fault.empty())
        map.wrong("address", "names no host: " + fault + "; use an ssh alias or [user@]host[:port].");
    const std::string& target = host.target();
    const std::size_t at = target.rfind('@');
    if (at != std::string::npos && target.find(':') < at)
        map.wrong(host.address.empty() ? "name" : "address",
                  "has a ':' before the '@'; a password does not belong here, use a key or an agent.");
    readUser(map, host);
    map.flag("local", host.local);
    if (host.local && (map.has("address") || map.has("user")))
        map.wrong("local", "is this machine, without ssh; it takes no address and no user.");
}

Host readHost(const YamlNode& node, const FleetDefaults& defaults, Problems& problems) {
    Host host = defaults.host;
    const bool word = node.kind == YamlNode::Kind::Scalar;
    YamlNode named;
    if (word) { // "- web1" is short for "- name: web1"
        named = node;
        named.kind = YamlNode::Kind::Map;
        named.keys.push_back(node);
        named.keys.back().text = "name";
        named.items.push_back(node);
    }
    const MapReader map(word ? named : node, "a host", keys::HostOf, problems);
    map.needed("name", host.name);
    const std::string fault = host.name.empty() ? std::string() : nameFault(host.name);
    if (!fault.empty() && word && host.name.find(':') != std::string::npos)
        problems.add(node, "this is no name of a host; is a blank missing after a ':'?");
    else if (!fault.empty())
        map.wrong("name", fault);
    readAddress(map, host);
    if (host.name == "local" && !host.local)
        map.wrong("name",
                  "cannot be 'local', which is this machine; add 'local: true', or use another name.");
    map.texts("groups", host.groups);
    for (const std::string& group : host.groups)
        if (const std::string why = nameFault(group); !why.empty())
            map.wrong("groups", "has a name that " + why);
    readLimits(map, host);
    return host;
}

/// The places of names, to say where the first of two is.
using Lines = std::map<std::string, int>;

void checkGroups(const std::vector<Host>& hosts, const std::vector<const YamlNode*>& nodes,
                 const Lines& names, Problems& problems) {
    for (std::size_t i = 0; i < hosts.size(); ++i)
        for (const std::string& group : hosts[i].groups)
            if (const auto name = names.find(group); name != names.end())
                problems.add(*nodes[i], "the group '" + shown(group) +
                                            "' is also the name of the host on line " +
                                            std::to_string(name->second) + "; rename one of the two.");
}

} // namespace

FleetDefaults readDefaults(const YamlNode& node, Problems& problems) {
    FleetDefaults defaults;
    const MapReader map(node, "'defaults'", keys::Defaults, problems);
    readLimits(map, defaults.host);
    map.seconds("health_timeout", 1, 3600, defaults.service.healthTimeout);
    return defaults;
}

std::vector<Host> readHosts(const YamlNode& node, const FleetDefaults& defaults, Problems& problems) {
    std::vector<Host> hosts;
    std::vector<const YamlNode*> nodes;
    Lines names;
    if (node.items.size() > MostHosts) {
        problems.add(node, "'hosts' has more than 5,000 hosts.");
        return hosts;
    }
    for (const YamlNode& item : node.items) {
        if (item.kind == YamlNode::Kind::Refused)
            continue;
        if (item.kind != YamlNode::Kind::Map && item.kind != YamlNode::Kind::Scalar) {
            problems.add(item, "a host is a name, or a map that begins with 'name: …'.");
            continue;
        }
        Host host = readHost(item, defaults, problems);
        if (host.name.empty())
            continue;
        const auto [first, fresh] = names.emplace(host.name, item.line);
        if (!fresh)
            problems.add(item, "the host '" + shown(host.name) + "' stands on line " +
                                   std::to_string(first->second) + " already; remove one of the two.");
        hosts.push_back(std::move(host));
        nodes.push_back(&item);
    }
    checkGroups(hosts, nodes, names, problems);
    return hosts;
}

} // namespace inodeck
