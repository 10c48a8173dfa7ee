#include "core/fleet/fleet_parts.h"

namespace inodeck {

namespace {

/// The value of `key`, where it is what it must be.
const YamlNode* part(const MapReader& top, std::string_view key, YamlNode::Kind kind) {
    const YamlNode* node = top.value(key);
    if (!node || node->kind == kind)
        return node;
    top.wants(key, *node,
              kind == YamlNode::Kind::Map ? "a map (KEY: VALUE)" : "a list (lines that begin with '- ')");
    return nullptr;
}

Fleet readAll(const YamlNode& root, const Environment& environment, Problems& problems) {
    using Kind = YamlNode::Kind;
    Fleet fleet;
    if (root.kind != Kind::Map) {
        if (root.kind != Kind::Refused)
            problems.add(root, root.kind == Kind::Null
                                   ? "the file is empty; it wants at least 'hosts' or 'services'."
                                   : "a fleet file is a map: 'hosts:', 'services:' and so on.");
        return fleet;
    }
    const MapReader top(root, "a fleet file", keys::Top, problems);
    FleetDefaults defaults;
    if (const YamlNode* node = part(top, "defaults", Kind::Map))
        defaults = readDefaults(*node, problems);
    fleet.hostDefaults = defaults.host;
    fleet.serviceDefaults = defaults.service;
    if (const YamlNode* node = part(top, "hosts", Kind::List))
        fleet.hosts = readHosts(*node, defaults, problems);
    if (const YamlNode* node = part(top, "services", Kind::List))
        fleet.services = readServices(*node, defaults, fleet.hosts, problems);
    if (const YamlNode* node = part(top, "events", Kind::Map))
        fleet.events = readEvents(*node, environment, problems);
    fleet.audit = readAudit(top, environment);
    top.number("max_restarts", 1, 1000, fleet.maxRestarts);
    return fleet;
}

/// The fleet, or what is wrong.
Fleet read(const std::string& text, const Environment& environment, Problems& problems) {
    const auto root = parseYaml(text, problems);
    return root ? readAll(*root, environment, problems) : Fleet{};
}

} // namespace

Result<Fleet> parseFleet(const std::string& text, const std::string& path,
                         const std::map<std::string, std::string>& environment) {
    Problems problems;
    Fleet fleet = read(text, environment, problems);
    if (!problems.empty())
        return fail(ErrorCode::Config, problemLine(path, problems.inOrder().front()));
    fleet.path = path;
    for (Host& host : fleet.hosts)
        for (const Service& service : fleet.services)
            if (service.secret && isFor(service, host))
                host.secretServices.push_back(service.label());
    for (const Service& service : fleet.services)
        if (service.secret && service.hosts.empty())
            fleet.hostDefaults.secretServices.push_back(service.label());
    return fleet;
}

std::vector<FleetProblem> checkFleet(const std::string& text, const std::string&,
                                     const std::map<std::string, std::string>& environment) {
    Problems problems;
    read(text, environment, problems);
    return problems.inOrder();
}

} // namespace inodeck
