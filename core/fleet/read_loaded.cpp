#include <algorithm>

#include "core/fleet/fleet_parts.h"

namespace inodeck {

namespace {

bool isMetric(const std::string& name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == ':';
    };
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), letter);
}

void checkMetric(const MapReader& map, std::string_view key, const std::string& name) {
    if (map.has(key) && !name.empty() && !isMetric(name))
        map.wrong(key, "is no name of a Prometheus metric (letters, digits, '_' and ':', without labels).");
}

void checkUrl(const MapReader& map, const std::string& url) {
    if (!map.has("url") || url.empty())
        return;
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        map.wrong("url", "wants http://… or https://…, as seen from the VM.");
    else if (url.find_first_of(" \"\\") != std::string::npos)
        map.wrong("url", "holds a blank, quote or backslash; percent-encode it.");
    else if (url.substr(0, url.find_first_of("/?#", 8)).find('@') != std::string::npos)
        map.wrong("url", "holds credentials; a secret does not belong here.");
}

/// Whose command is known.
bool isCaddy(const MapReader& map) {
    const YamlNode* preset = map.value("preset");
    return preset && preset->text == "caddy";
}

/// Where the answer comes from.
void checkSource(const MapReader& map, const LoadedCheck& check) {
    const bool none = check.command.empty() && check.url.empty();
    if (none && (map.has("preset") || map.has("command") || map.has("url")))
        return; // what is wrong with it is said already
    const bool both = !check.command.empty() && !check.url.empty();
    if (none)
        map.problems().add(map.map(), "'loaded' needs a 'command', a 'url' or a 'preset'.");
    else if (check.answer != LoadedCheck::Answer::Json && both)
        map.problems().add(map.map(), "'loaded' has both a 'command' and a 'url'; remove one of the two.");
    else if (check.answer == LoadedCheck::Answer::Json && !both && !isCaddy(map))
        map.problems().add(map.map(), "the answer 'json' needs a 'url', which says what it has loaded, and a "
                                      "'command', which says what it would load now.");
}

/// Which keys belong to which answer.
void checkTogether(const MapReader& map, const LoadedCheck& check) {
    const bool loadedAt = check.answer == LoadedCheck::Answer::LoadedAt;
    if (loadedAt && !check.url.empty() && check.metric.empty())
        map.problems().add(map.map(), "'loaded' by 'url' needs the 'metric' that holds the time.");
    for (const char* key : {"metric", "success"})
        if (map.has(key) && (!loadedAt || check.url.empty()))
            map.wrong(key, "belongs to the answer 'loaded_at' of a 'url'.");
    const bool contains = check.answer == LoadedCheck::Answer::Contains;
    if (contains && check.expect.empty() && !map.has("expect"))
        map.problems().add(map.map(), "the answer 'contains' needs 'expect', the text that must be in it.");
    if (!contains && map.has("expect"))
        map.wrong("expect", "belongs to the answer 'contains'.");
}

} // namespace

std::optional<LoadedCheck> readLoaded(const YamlNode& node, Problems& problems) {
    const MapReader map(node, "'loaded'", keys::Loaded, problems);
    LoadedCheck check;
    map.choice("preset", keys::Preset, check);
    map.choice("answer", keys::Answer, check.answer);
    map.argv("command", check.command);
    if (map.has("command") && !map.has("url") && check.answer != LoadedCheck::Answer::Json)
        check.url.clear(); // a command in place of the preset's url
    if (check.answer != LoadedCheck::Answer::LoadedAt || check.url.empty())
        check.metric = check.success = {};
    map.text("url", check.url);
    map.text("metric", check.metric);
    map.text("success", check.success);
    map.text("expect", check.expect);
    checkUrl(map, check.url);
    checkMetric(map, "metric", check.metric);
    checkMetric(map, "success", check.success);
    checkSource(map, check);
    checkTogether(map, check);
    return check;
}

} // namespace inodeck
