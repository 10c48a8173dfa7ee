#include "app/cli/ci_output.h"

#include <cstdio>
#include <fstream>

#include "core/base/text.h"

namespace inodeck::cli {

namespace {

std::string value(const std::map<std::string, std::string>& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string{} : found->second;
}

/// GitHub's rules for workflow commands: the data, and in properties also ':' and ','.
std::string escaped(const std::string& text, bool property) {
    std::string out;
    for (const char c : printable(text)) {
        const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        if (special) {
            char code[8];
            std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
            out += code;
        } else {
            out += c;
        }
    }
    return out;
}

std::string annotation(const char* level, const std::string& title, const std::string& text) {
    return "::" + std::string(level) + " title=" + escaped(title, true) + "::" + escaped(text, false) + "\n";
}

const char* levelOf(ItemStatus status) {
    switch (status) {
    case ItemStatus::InSync:
        return nullptr;
    case ItemStatus::Restarted:
    case ItemStatus::Left:
    case ItemStatus::Planned:
        return "notice";
    default:
        return "error";
    }
}

/// Character references are text in Markdown, never structure; so all of ASCII's punctuation becomes one.
std::string markdown(const std::string& text) {
    std::string out;
    for (const char c : printable(text)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || c == ' ' || c == '/' || c == ',';
        out += plain ? std::string(1, c) : "&#" + std::to_string(byte) + ";";
    }
    return out;
}

std::string row(const HostReport& host, const std::string& service, const std::string& status,
                const std::string& text) {
    return "| " + markdown(host.host.name) + " | " + markdown(service) + " | " + markdown(status) + " | " +
           markdown(text) + " |\n";
}

} // namespace

bool isGitHub(const std::map<std::string, std::string>& environment) {
    return value(environment, "GITHUB_ACTIONS") == "true";
}

std::string annotations(const Report& report) {
    std::string text;
    if (!report.usage.empty())
        text += annotation("error", "inodeck", report.usage);
    for (const HostReport& host : report.hosts) {
        if (!host.observed)
            text += annotation("error", host.host.name, host.error.message);
        for (const std::string& warning : host.warnings)
            text += annotation("warning", host.host.name, warning);
        for (const Item& item : host.items)
            if (const char* level = levelOf(item.status))
                text += annotation(level,
                                   item.container.label() + " on " + host.host.name + " " +
                                       std::string(toString(item.status)),
                                   item.text);
    }
    if (!report.stopped.empty())
        text += annotation("error", "inodeck stopped", report.stopped);
    return text;
}

std::string stepSummary(const Report& report) {
    std::string text = "### Configs of running containers\n\n";
    text += std::to_string(report.count(ItemStatus::Restarted)) + " restarted and proven, " +
            std::to_string(report.count(ItemStatus::InSync)) + " in sync.\n\n";
    if (!report.usage.empty())
        text += markdown(report.usage) + "\n\n";
    if (!report.stopped.empty())
        text += "Stopped: " + markdown(report.stopped) + "\n\n";
    std::string rows;
    for (const HostReport& host : report.hosts) {
        if (!host.observed)
            rows += row(host, "", "not observed", host.error.message);
        for (const Item& item : host.items)
            if (item.status != ItemStatus::InSync)
                rows += row(host, item.container.label(), std::string(toString(item.status)), item.text);
        for (const std::string& warning : host.warnings)
            rows += row(host, "", "warning", warning);
    }
    if (!rows.empty())
        text += "| Host | Service | What | Why |\n| --- | --- | --- | --- |\n" + rows + "\n";
    return text;
}

std::string appendSummary(const Report& report, const std::map<std::string, std::string>& environment) {
    const std::string path = value(environment, "GITHUB_STEP_SUMMARY");
    if (path.empty())
        return {};
    std::ofstream file(path, std::ios::app | std::ios::binary);
    file << stepSummary(report);
    if (!file.flush())
        return "the step summary could not be written to " + printable(path) + ".";
    return {};
}

} // namespace inodeck::cli
