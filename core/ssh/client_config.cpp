#include "core/ssh/client_config.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <pwd.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck::ssh {
namespace {

std::pair<std::string, std::string> account() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 8192> buffer{};
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return {found->pw_name, found->pw_dir};
    const char* home = std::getenv("HOME");
    return {std::to_string(::getuid()), home ? home : "/"};
}

std::string localHostName() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

int toNumber(const std::string& text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool isYes(const std::string& text) {
    return text != "no" && text != "false";
}

std::vector<std::string> words(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

/// nullopt: not a token we know; it stays as it is.
std::optional<std::string> token(char letter, const ClientConfig& config) {
    switch (letter) {
    case '%':
        return "%";
    case 'h':
        return config.hostName;
    case 'n':
        return config.name;
    case 'p':
        return std::to_string(config.port);
    case 'r':
        return config.user;
    case 'k':
        return config.hostKeyAlias.empty() ? config.name : config.hostKeyAlias;
    case 'd':
        return homeDirectory();
    case 'u':
        return accountName();
    case 'i':
        return std::to_string(::getuid());
    case 'l':
        return localHostName();
    case 'L':
        return localHostName().substr(0, localHostName().find('.'));
    default:
        return std::nullopt;
    }
}

std::string expandTokens(const std::string& text, const ClientConfig& config) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 1 < text.size()) {
            if (const auto value = token(text[i + 1], config)) {
                out += *value;
                ++i;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::string expandEnvironment(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto end = text.compare(i, 2, "${") == 0 ? text.find('}', i) : std::string::npos;
        if (end == std::string::npos) {
            out += text[i];
            continue;
        }
        const char* value = std::getenv(text.substr(i + 2, end - i - 2).c_str());
        out += value ? value : "";
        i = end;
    }
    return out;
}

/// A name that goes into ProxyCommand's shell must mean nothing to it (CVE-2023-51385).
bool isShellSafe(const std::string& text) {
    return text.find_first_of("'`\"$\\;&<>|(){}*?!#~ \t\r\n") == std::string::npos && !text.starts_with('-');
}

using Setter = std::function<void(ClientConfig&, const std::string&)>;

Setter text(std::string ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) { config.*member = value; };
}
Setter textOrNone(std::string ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) {
        config.*member = value == "none" ? std::string() : value;
    };
}
Setter flag(bool ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) { config.*member = isYes(value); };
}
Setter number(int ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) {
        config.*member = toNumber(value, config.*member);
    };
}
Setter list(std::vector<std::string> ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) { config.*member = words(value); };
}
Setter append(std::vector<std::string> ClientConfig::*member) {
    return [member](ClientConfig& config, const std::string& value) {
        if (value != "none")
            (config.*member).push_back(value);
    };
}

const std::map<std::string, Setter>& setters() {
    static const std::map<std::string, Setter> table{
        {"hostname", text(&ClientConfig::hostName)},
        {"user", text(&ClientConfig::user)},
        {"port", number(&ClientConfig::port)},
        {"addressfamily",
         [](ClientConfig& c, const std::string& v) {
             c.family = v == "inet" ? AF_INET : v == "inet6" ? AF_INET6 : AF_UNSPEC;
         }},
        {"bindaddress", textOrNone(&ClientConfig::bindAddress)},
        {"identityfile", append(&ClientConfig::identityFiles)},
        {"certificatefile", append(&ClientConfig::certificateFiles)},
        {"identitiesonly", flag(&ClientConfig::identitiesOnly)},
        {"identityagent", text(&ClientConfig::identityAgent)},
        {"preferredauthentications", text(&ClientConfig::preferredAuthentications)},
        {"pubkeyauthentication", flag(&ClientConfig::publicKey)},
        {"passwordauthentication", flag(&ClientConfig::password)},
        {"kbdinteractiveauthentication", flag(&ClientConfig::keyboardInteractive)},
        {"challengeresponseauthentication", flag(&ClientConfig::keyboardInteractive)},
        {"batchmode", flag(&ClientConfig::batchMode)},
        {"numberofpasswordprompts", number(&ClientConfig::passwordPrompts)},
        {"hostkeyalias", text(&ClientConfig::hostKeyAlias)},
        {"userknownhostsfile", list(&ClientConfig::userKnownHosts)},
        {"globalknownhostsfile", list(&ClientConfig::globalKnownHosts)},
        {"hashknownhosts", flag(&ClientConfig::hashKnownHosts)},
        {"hostkeyalgorithms", text(&ClientConfig::hostKeyAlgorithms)},
        {"kexalgorithms", text(&ClientConfig::kexAlgorithms)},
        {"ciphers", text(&ClientConfig::ciphers)},
        {"macs", text(&ClientConfig::macs)},
        {"proxyjump", textOrNone(&ClientConfig::proxyJump)},
        {"proxycommand", textOrNone(&ClientConfig::proxyCommand)},
        {"connecttimeout",
         [](ClientConfig& c, const std::string& v) {
             if (const int seconds = toNumber(v, 0); seconds > 0)
                 c.connectTimeout = std::chrono::seconds(seconds);
         }},
        {"serveraliveinterval",
         [](ClientConfig& c, const std::string& v) {
             c.aliveInterval = std::chrono::seconds(toNumber(v, 0));
         }},
        {"serveralivecountmax", number(&ClientConfig::aliveCountMax)},
    };
    return table;
}

std::string agentSocket(const std::string& setting, const ClientConfig& config) {
    const auto variable = [](const std::string& name) {
        const char* value = std::getenv(name.c_str());
        return std::string(value ? value : "");
    };
    if (setting.empty() || setting == "SSH_AUTH_SOCK")
        return variable("SSH_AUTH_SOCK");
    if (setting == "none")
        return {};
    if (setting.front() == '$' && !setting.starts_with("${"))
        return variable(setting.substr(1));
    return expandPath(setting, config);
}

void expandAll(std::vector<std::string>& paths, const ClientConfig& config) {
    for (auto& path : paths)
        path = expandPath(path, config);
}

} // namespace

std::string homeDirectory() {
    return account().second;
}

std::string accountName() {
    return account().first;
}

std::string expandPath(const std::string& text, const ClientConfig& config) {
    std::string path = text;
    if (path == "~" || path.starts_with("~/"))
        path.replace(0, 1, homeDirectory());
    return expandTokens(expandEnvironment(path), config);
}

Result<ClientConfig> parseClientConfig(const std::string& dump, const std::string& name) {
    ClientConfig config;
    config.name = name;
    std::istringstream lines(dump);
    for (std::string line; std::getline(lines, line);) {
        const auto blank = line.find(' ');
        const auto setter = setters().find(line.substr(0, blank));
        if (setter != setters().end() && blank != std::string::npos)
            setter->second(config, line.substr(blank + 1));
    }
    if (config.hostName.empty() || config.port < 1 || config.port > 65535)
        return fail(ErrorCode::Config, "The ssh configuration gives \"" + printable(name) +
                                           "\" no usable HostName and Port; check it with `ssh -G`.");
    expandAll(config.identityFiles, config);
    expandAll(config.certificateFiles, config);
    expandAll(config.userKnownHosts, config);
    expandAll(config.globalKnownHosts, config);
    config.identityAgent = agentSocket(config.identityAgent, config);
    if (!config.proxyCommand.empty()) {
        if (!isShellSafe(config.hostName) || !isShellSafe(config.user) || !isShellSafe(config.name))
            return fail(ErrorCode::Config,
                        "The host or user name of \"" + printable(name) +
                            "\" holds characters that must not reach the shell of its ProxyCommand.");
        config.proxyCommand = expandTokens(config.proxyCommand, config);
    }
    return config;
}

} // namespace inodeck::ssh
