#include <algorithm>
#include <fnmatch.h>
#include <set>

#include "core/base/text.h"
#include "core/fleet/fleet_parts.h"

namespace inodeck {

namespace {

bool isMeant(const std::string& name, const Host& host) {
    const bool wild = hasWildcard(name);
    const auto is = [&](const std::string& text) {
        return wild ? matchesWildcard(name, text) : name == text;
    };
    return is(host.name) || is(host.target()) || std::any_of(host.groups.begin(), host.groups.end(), is);
}

/// "deploy@10.0.0.5:22" > "10.0.0.5": the machine, whoever logs in.
std::string machineOf(const std::string& target) {
    std::string machine = target.substr(target.find('@') == std::string::npos ? 0 : target.rfind('@') + 1);
    if (machine.starts_with('['))
        return machine.substr(1, machine.find(']') - 1);
    if (std::count(machine.begin(), machine.end(), ':') == 1)
        machine.resize(machine.find(':'));
    return machine;
}

/// A host that the fleet does not have. Under another account or port it is as protected as under its name.
Result<Host> foreign(const Fleet& fleet, const std::string& name) {
    const auto parsed = parseHost(name);
    if (!parsed)
        return parsed;
    Host host = fleet.hostDefaults;
    host.name = name;
    for (const Host& known : fleet.hosts)
        host.isProtected |= known.isProtected && !known.local && machineOf(known.target()) == machineOf(name);
    return host;
}

} // namespace

bool hasWildcard(const std::string& name) {
    return name.find_first_of("*?") != std::string::npos;
}

bool matchesWildcard(const std::string& pattern, const std::string& text) {
    std::string escaped; // brackets belong to IPv6 addresses
    for (const char c : pattern) {
        if (c == '[' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    return ::fnmatch(escaped.c_str(), text.c_str(), 0) == 0;
}

Result<std::vector<Host>> selectHosts(const Fleet& fleet, const std::vector<std::string>& names) {
    if (names.empty())
        return fleet.hosts;
    std::vector<Host> chosen;
    std::set<std::string> seen;
    const auto take = [&](const Host& host) {
        if (seen.insert(host.name).second)
            chosen.push_back(host);
    };
    for (const std::string& name : names) {
        bool found = false;
        for (const Host& host : fleet.hosts) {
            if (!isMeant(name, host))
                continue;
            take(host);
            found = true;
        }
        if (found)
            continue;
        if (hasWildcard(name))
            return fail(ErrorCode::Usage, "'" + printable(name) + "' matches no host and no group of " +
                                              (fleet.path.empty() ? "a fleet file; there is none."
                                                                  : printable(fleet.path) + "."));
        const auto host = foreign(fleet, name);
        if (!host)
            return tl::unexpected(host.error());
        take(*host);
    }
    return chosen;
}

const Service* findService(const Fleet& fleet, const Host& host, const std::string& project,
                           const std::string& service) {
    const auto found = std::find_if(fleet.services.begin(), fleet.services.end(), [&](const Service& entry) {
        return entry.project == project && entry.service == service && isFor(entry, host);
    });
    return found == fleet.services.end() ? nullptr : &*found;
}

} // namespace inodeck
