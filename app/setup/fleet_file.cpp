#include "app/setup/fleet_file.h"

#include <filesystem>

namespace inodeck::setup {

namespace fs = std::filesystem;

namespace {

std::string variable(const std::map<std::string, std::string>& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string{} : found->second;
}

} // namespace

std::string fleetPlace(const std::string& option, const std::map<std::string, std::string>& environment) {
    if (!option.empty())
        return option;
    if (const std::string named = variable(environment, "INODECK_FLEET"); !named.empty())
        return named;
    std::vector<fs::path> places{"inodeck.yaml"};
    // The XDG specification: a relative path is to be ignored.
    const std::string config = variable(environment, "XDG_CONFIG_HOME");
    const std::string home = variable(environment, "HOME");
    if (config.starts_with('/'))
        places.push_back(fs::path(config) / "inodeck/inodeck.yaml");
    else if (!home.empty())
        places.push_back(fs::path(home) / ".config/inodeck/inodeck.yaml");
    std::error_code unreadable; // is an answer too: then it is there, and reading it says why not
    for (const fs::path& place : places)
        if (fs::exists(fs::symlink_status(place, unreadable)))
            return place;
    return {};
}

Result<Fleet> fleetOf(const std::string& option, const std::map<std::string, std::string>& environment) {
    const std::string place = fleetPlace(option, environment);
    return place.empty() ? Result<Fleet>(Fleet{}) : readFleet(place, environment);
}

} // namespace inodeck::setup
