#include "core/ssh/config_source.h"

#include <algorithm>
#include <sstream>
#include <sys/stat.h>

#include "core/base/text.h"
#include "core/ssh/handle.h"
#include "core/transport/child_process.h"

namespace inodeck::ssh {
namespace {

constexpr std::chrono::seconds Kept{10};
constexpr std::chrono::seconds AskTimeout{10};

std::string stampOf(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return "-";
    std::ostringstream out;
    out << info.st_dev << ':' << info.st_ino << ':' << info.st_size << ':' << info.st_mtim.tv_sec << '.'
        << info.st_mtim.tv_nsec << ':' << info.st_ctim.tv_sec << '.' << info.st_ctim.tv_nsec;
    return out.str();
}

std::string getOption(ssh_session session, ssh_options_e option) {
    char* raw = nullptr;
    std::string value = ssh_options_get(session, option, &raw) == SSH_OK ? takeString(raw) : std::string();
    if (value.starts_with("%d/")) // libssh's %d is ~/.ssh, OpenSSH's is the home directory
        value.replace(0, 2, "~/.ssh");
    return value;
}

} // namespace

ConfigSource::ConfigSource(std::string configFile, std::string sshProgram)
    : m_configFile(std::move(configFile))
    , m_program(std::move(sshProgram)) {}

std::string ConfigSource::stamp() const {
    if (!m_configFile.empty())
        return stampOf(m_configFile);
    return stampOf(homeDirectory() + "/.ssh/config") + '|' + stampOf("/etc/ssh/ssh_config") + '|' +
           stampOf("/etc/ssh/ssh_config.d");
}

Result<ClientConfig> ConfigSource::lookUp(const EndpointSpec& spec, const Deadline& deadline,
                                          const Cancel& cancel) {
    const std::string key = spec.user + '\n' + spec.host + '\n' + std::to_string(spec.port);
    const std::string now = stamp();
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_cache.find(key);
        if (found != m_cache.end() && found->second.stamp == now &&
            std::chrono::steady_clock::now() - found->second.read < Kept)
            return found->second.config;
    }
    auto config = ask(spec, deadline, cancel);
    if (config) {
        const std::lock_guard lock(m_mutex);
        m_cache[key] = {*config, std::chrono::steady_clock::now(), now};
    }
    return config;
}

Result<ClientConfig> ConfigSource::ask(const EndpointSpec& spec, const Deadline& deadline,
                                       const Cancel& cancel) {
    if (m_program.empty())
        return withoutOpenSsh(spec);
    std::vector<std::string> argv{m_program, "-G"};
    if (!m_configFile.empty())
        argv.insert(argv.end(), {"-F", m_configFile});
    if (!spec.user.empty())
        argv.insert(argv.end(), {"-l", spec.user});
    if (spec.port != 0)
        argv.insert(argv.end(), {"-p", std::to_string(spec.port)});
    argv.insert(argv.end(), {"--", spec.host});

    const auto answer = runProcess(argv, {}, std::size_t{1} << 20,
                                   "Reading the ssh configuration (ssh -G " + printable(spec.host) + ")",
                                   deadline.atMost(AskTimeout), cancel);
    if (!answer && answer.error().code == ErrorCode::NotFound)
        return withoutOpenSsh(spec);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->exitStatus != 0) {
        std::string said = answer->error.substr(0, 500);
        said.erase(said.find_last_not_of(" \t\r\n") + 1);
        return fail(ErrorCode::Config, "The ssh configuration for \"" + printable(spec.host) +
                                           "\" cannot be used: " + printable(said) + ".");
    }
    return parseClientConfig(answer->output, spec.host);
}

Result<ClientConfig> ConfigSource::withoutOpenSsh(const EndpointSpec& spec) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_warnings.empty())
            m_warnings.emplace_back("No `ssh` program was found, so the ssh configuration is read by libssh, "
                                    "which ignores some of it; install openssh-client.");
    }
    const SessionHandle session(ssh_new());
    ssh_options_set(session.get(), SSH_OPTIONS_HOST, spec.host.c_str());
    if (ssh_options_parse_config(session.get(), m_configFile.empty() ? nullptr : m_configFile.c_str()) != 0)
        return fail(ErrorCode::Config, "The ssh configuration for \"" + printable(spec.host) +
                                           "\" cannot be read: " + errorText(session.get()));
    unsigned int port = 22;
    ssh_options_get_port(session.get(), &port);
    const auto option = [&](ssh_options_e which) { return getOption(session.get(), which); };
    const auto orElse = [](std::string value, const std::string& other) {
        return value.empty() ? other : value;
    };
    std::ostringstream dump; // in ssh -G's own words, so that there is one reader
    dump << "hostname " << orElse(option(SSH_OPTIONS_HOST), spec.host) << "\nport "
         << (spec.port != 0 ? static_cast<unsigned int>(spec.port) : port) << "\nuser "
         << orElse(spec.user, orElse(option(SSH_OPTIONS_USER), accountName())) << "\nuserknownhostsfile "
         << orElse(option(SSH_OPTIONS_KNOWNHOSTS), "~/.ssh/known_hosts") << "\nglobalknownhostsfile "
         << orElse(option(SSH_OPTIONS_GLOBAL_KNOWNHOSTS), "/etc/ssh/ssh_known_hosts") << '\n';
    if (const auto proxy = option(SSH_OPTIONS_PROXYCOMMAND); !proxy.empty())
        dump << "proxycommand " << proxy << '\n';
    const auto identity = option(SSH_OPTIONS_IDENTITY);
    for (const auto& file : {identity, std::string("~/.ssh/id_ed25519"), std::string("~/.ssh/id_ecdsa"),
                             std::string("~/.ssh/id_rsa")}) {
        if (!file.empty())
            dump << "identityfile " << file << '\n';
    }
    return parseClientConfig(dump.str(), spec.host);
}

std::vector<std::string> ConfigSource::warnings() const {
    const std::lock_guard lock(m_mutex);
    return m_warnings;
}

} // namespace inodeck::ssh
