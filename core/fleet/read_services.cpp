#include <algorithm>
#include <set>

#include "core/fleet/fleet_parts.h"

namespace inodeck {

namespace {

constexpr std::size_t MostServices = 1000;

void checkAbsolute(const MapReader& map, std::string_view key, const std::vector<std::string>& paths) {
    for (const std::string& path : paths)
        if (!path.empty() && !path.starts_with('/'))
            map.wrong(key, "wants absolute paths; '" + shown(path) + "' does not begin with '/'.");
}

/// Compose's names; what is shown as PROJECT/SERVICE holds no other '/'.
void checkName(const MapReader& map, std::string_view key, const std::string& name) {
    if (name.find_first_of("/ ") != std::string::npos)
        map.wrong(key, "is no name of Docker Compose: it cannot hold '/' or blanks.");
}

/// Hosts and groups that a service may name, with the hosts of each.
using Names = std::map<std::string_view, std::vector<const Host*>>;

Names namesOf(const std::vector<Host>& hosts) {
    Names names;
    for (const Host& host : hosts) {
        names[host.name].push_back(&host);
        for (const std::string& group : host.groups)
            names[group].push_back(&host);
    }
    return names;
}

void checkHosts(const MapReader& map, const Service& service, const Names& names) {
    for (const std::string& name : service.hosts) {
        if (names.count(name) != 0 || map.problems().full())
            continue;
        keys::Keys known;
        for (const auto& [word, hosts] : names)
            known.push_back(word);
        map.wrong("hosts", "names '" + shown(name) + "', which is neither a host nor a group of this file" +
                               didYouMean(name, known, "they"));
    }
}

Service readService(const MapReader& map, const FleetDefaults& defaults, const Names& names) {
    Service service = defaults.service;
    map.needed("project", service.project);
    map.needed("service", service.service);
    checkName(map, "project", service.project);
    checkName(map, "service", service.service);
    map.texts("hosts", service.hosts);
    checkHosts(map, service, names);
    map.texts("config_paths", service.configPaths);
    checkAbsolute(map, "config_paths", service.configPaths);
    map.text("hash_file", service.hashFile);
    checkAbsolute(map, "hash_file", {service.hashFile});
    map.argv("restart", service.restart);
    map.argv("validate", service.validate);
    map.choice("reload", keys::Reload, service.reload);
    map.seconds("health_timeout", 1, 3600, service.healthTimeout);
    map.flag("secret", service.secret);
    if (const YamlNode* node = map.value("loaded")) {
        if (node->kind == YamlNode::Kind::Map)
            service.loaded = readLoaded(*node, map.problems());
        else
            map.wants("loaded", *node, "a map, like {preset: prometheus}");
    }
    return service;
}

/// An entry and its place.
struct Entry {
    Service service;
    const YamlNode* node = nullptr;
};

/// Entries of one service: of one that is for every host there can be no other.
void checkRivals(const std::vector<const Entry*>& entries, const Names& names, Problems& problems) {
    std::map<const Host*, int> lines;
    int everywhere = 0;
    int first = 0;
    for (const Entry* entry : entries) {
        int rival = entry->service.hosts.empty() ? first : everywhere;
        std::set<const Host*> mine;
        for (const std::string& name : entry->service.hosts)
            if (const auto found = names.find(name); found != names.end())
                mine.insert(found->second.begin(), found->second.end());
        for (const Host* host : mine)
            if (const auto taken = lines.find(host); rival == 0 && taken != lines.end())
                rival = taken->second;
        const int line = entry->node->line;
        if (rival != 0)
            problems.add(*entry->node,
                         "the service '" + shown(entry->service.label()) + "' stands on line " +
                             std::to_string(rival) +
                             " already for the same host; remove one of the two, or give each its "
                             "'hosts'.");
        for (const Host* host : mine)
            lines.emplace(host, line);
        first = first == 0 ? line : first;
        if (entry->service.hosts.empty() && everywhere == 0)
            everywhere = line;
        if (problems.full())
            return;
    }
}

} // namespace

bool isFor(const Service& service, const Host& host) {
    const auto named = [&](const std::string& name) {
        return name == host.name ||
               std::find(host.groups.begin(), host.groups.end(), name) != host.groups.end();
    };
    return service.hosts.empty() || std::any_of(service.hosts.begin(), service.hosts.end(), named);
}

std::vector<Service> readServices(const YamlNode& node, const FleetDefaults& defaults,
                                  const std::vector<Host>& hosts, Problems& problems) {
    std::vector<Service> services;
    if (node.items.size() > MostServices) {
        problems.add(node, "'services' has more than 1,000 services.");
        return services;
    }
    const Names names = namesOf(hosts);
    std::vector<Entry> entries;
    for (const YamlNode& item : node.items) {
        if (item.kind == YamlNode::Kind::Refused)
            continue;
        if (item.kind != YamlNode::Kind::Map) {
            problems.add(item, "a service is a map with 'project: …' and 'service: …'.");
            continue;
        }
        const MapReader map(item, "a service", keys::ServiceOf, problems);
        Service service = readService(map, defaults, names);
        if (!service.project.empty() && !service.service.empty())
            entries.push_back({std::move(service), &item});
    }
    std::map<std::string, std::vector<const Entry*>> byLabel;
    for (const Entry& entry : entries)
        byLabel[entry.service.label()].push_back(&entry);
    for (const auto& [label, same] : byLabel)
        if (same.size() > 1)
            checkRivals(same, names, problems);
    for (Entry& entry : entries)
        services.push_back(std::move(entry.service));
    return services;
}

} // namespace inodeck
