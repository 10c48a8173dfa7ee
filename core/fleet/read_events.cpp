#include <algorithm>

#include "core/fleet/fleet_parts.h"
#include "core/fleet/variables.h"

namespace inodeck {

namespace {

std::string variable(const Environment& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string{} : found->second;
}

bool isPostgres(const std::string& text) {
    return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

/// "https://host:1/path" > "host:1"
std::string_view authorityOf(std::string_view url) {
    url.remove_prefix(std::min(url.size(), url.find("://") + 3));
    return url.substr(0, url.find_first_of("/?#"));
}

bool isLoopback(std::string_view authority) {
    const std::string_view host = authority.substr(0, authority.rfind(':'));
    return authority == "localhost" || host == "localhost" || host == "127.0.0.1" ||
           authority == "127.0.0.1" || authority.starts_with("[::1]");
}

/// Why this cannot be the place of a Loki, without repeating it; empty: it can.
std::string lokiFault(const EventSinks& sinks) {
    const std::string& url = sinks.lokiUrl;
    const bool plain = url.starts_with("http://");
    if (!plain && !url.starts_with("https://"))
        return "must begin with https://.";
    const std::string_view authority = authorityOf(url);
    if (authority.empty() || url.find_first_of(" \"\\") != std::string::npos)
        return "is no URL.";
    if (authority.find('@') != std::string_view::npos)
        return "holds credentials; they belong into 'user' and 'api_key'.";
    if (plain && !sinks.lokiApiKey.empty() && !isLoopback(authority))
        return "would send the API key in the clear; use https://.";
    return {};
}

/// Whether it names a Loki of its own.
bool readLokiMap(const MapReader& map, const Environment& environment, EventSinks& sinks) {
    readSecret(map, "url", environment, sinks.lokiUrl);
    const YamlNode* user = map.value("user");
    if (user && user->kind == YamlNode::Kind::Scalar && user->plain && isNoText(user->text) &&
        user->text.find_first_not_of("0123456789") == std::string::npos)
        sinks.lokiUser = user->text; // Grafana Cloud's are numbers
    else
        readSecret(map, "user", environment, sinks.lokiUser);
    readSecret(map, "api_key", environment, sinks.lokiApiKey);
    const bool own = map.has("url");
    if (own && map.has("user") != map.has("api_key"))
        map.problems().add(map.map(), map.has("user") ? "'loki' has a user, and no api_key."
                                                      : "'loki' has an api_key, and no user.");
    return own;
}

void readLoki(const MapReader& events, const YamlNode& node, const Environment& environment,
              EventSinks& sinks) {
    const bool map = node.kind == YamlNode::Kind::Map;
    if (!map && !(node.plain && (node.text == "true" || node.text == "false")))
        return events.problems().add(node, "'loki' wants true, false, or a map of url, user and api_key.");
    sinks.loki = map || node.text == "true";
    if (!sinks.loki)
        return;
    const bool own = map && readLokiMap({node, "'loki'", keys::Loki, events.problems(), Secrecy::Secret},
                                        environment, sinks);
    if (!own) { // a key of the environment goes nowhere but to the environment's Loki
        sinks.lokiUrl = variable(environment, "GRAFANA_CLOUD_LOKI_URL");
        if (sinks.lokiUser.empty())
            sinks.lokiUser = variable(environment, "GRAFANA_CLOUD_LOKI_USER");
        if (sinks.lokiApiKey.empty())
            sinks.lokiApiKey = variable(environment, "GRAFANA_CLOUD_LOKI_API_KEY");
    }
    const std::string fault = sinks.lokiUrl.empty() ? "" : lokiFault(sinks);
    if (!fault.empty())
        events.problems().add(
            node, (own ? "'url' of 'loki' " : "GRAFANA_CLOUD_LOKI_URL of the environment ") + fault);
}

} // namespace

void readSecret(const MapReader& map, std::string_view key, const Environment& environment, std::string& to) {
    const YamlNode* node = map.value(key);
    if (!node)
        return;
    if (node->kind != YamlNode::Kind::Scalar || (node->plain && isNoText(node->text)))
        return map.problems().add(*node, "'" + std::string(key) + "' wants text; put it in quotes.");
    auto value = withVariables(node->text, environment);
    if (!value)
        return map.wrong(key, "cannot be used: " + value.error().message);
    const auto bad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; };
    if (value->empty() || value->size() > 8192 || std::any_of(value->begin(), value->end(), bad))
        return map.wrong(key, value->empty()
                                  ? "is empty; write a value, or remove it."
                                  : "holds a blank or control character, or is longer than 8 KiB.");
    to = std::move(*value);
}

EventSinks readEvents(const YamlNode& node, const Environment& environment, Problems& problems) {
    EventSinks sinks;
    const MapReader map(node, "'events'", keys::Events, problems);
    map.text("file", sinks.file);
    if (const YamlNode* loki = map.value("loki"))
        readLoki(map, *loki, environment, sinks);
    const YamlNode* labels = map.value("labels");
    if (labels && labels->kind != YamlNode::Kind::Map)
        map.wants("labels", *labels, "a map, like {app: shop, env: production}");
    else if (labels) {
        const MapReader words(*labels, "'labels'", keys::Labels, problems);
        for (const std::string_view key : keys::Labels) {
            std::string value;
            words.text(key, value);
            if (!value.empty())
                sinks.labels.emplace(key, value);
        }
    }
    return sinks;
}

std::string readAudit(const MapReader& top, const Environment& environment) {
    const YamlNode* node = top.value("audit");
    std::string where;
    if (!node)
        return where;
    const std::string& raw = node->text;
    const bool isVariable = raw.starts_with("${") && raw.find('}') == raw.size() - 1;
    if (node->kind == YamlNode::Kind::Scalar && (isPostgres(raw) || isVariable)) {
        readSecret(top, "audit", environment, where);
        if (!where.empty() && !isPostgres(where))
            top.wrong("audit", "takes a variable for a postgresql:// URI only; write a path out.");
        return where;
    }
    if (node->kind != YamlNode::Kind::Scalar || (node->plain && isNoText(raw)))
        top.wrong("audit", "wants an absolute path, or postgresql://….");
    else if (top.plainText("audit", *node, where) && !where.starts_with('/'))
        top.wrong("audit",
                  "wants an absolute path, or postgresql://…: one log, wherever the command is given.");
    return where;
}

} // namespace inodeck
