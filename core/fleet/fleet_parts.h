#pragma once

#include "core/fleet/map_reader.h"

/// The parts of a fleet file, each in a file of its own.
namespace inodeck {

using Environment = std::map<std::string, std::string>;

/// What `defaults` gives to each host and service.
struct FleetDefaults {
    Host host;
    Service service;
};
FleetDefaults readDefaults(const YamlNode& node, Problems& problems);

/// Names are there once, and none is also a group.
std::vector<Host> readHosts(const YamlNode& node, const FleetDefaults& defaults, Problems& problems);

/// `hosts` of a service name hosts and groups of the fleet; no host has two entries for one service.
std::vector<Service> readServices(const YamlNode& node, const FleetDefaults& defaults,
                                  const std::vector<Host>& hosts, Problems& problems);
/// How the evidence of `loaded` is asked for.
std::optional<LoadedCheck> readLoaded(const YamlNode& node, Problems& problems);
/// Whether the entry is for this host.
bool isFor(const Service& service, const Host& host);

EventSinks readEvents(const YamlNode& node, const Environment& environment, Problems& problems);
/// An absolute path, or postgresql://… with variables in it.
std::string readAudit(const MapReader& top, const Environment& environment);
/// A text with variables; no message repeats it.
void readSecret(const MapReader& map, std::string_view key, const Environment& environment, std::string& to);

} // namespace inodeck
