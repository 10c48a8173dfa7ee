#include "core/ssh/connector.h"

#include <algorithm>
#include <random>

#include "core/ssh/auth.h"
#include "core/ssh/dial.h"
#include "core/ssh/proxy_command.h"

namespace inodeck::ssh {
namespace {

constexpr std::size_t MaxDepth = 8;   ///< jump hosts that are behind jump hosts
constexpr unsigned MaxHandshakes = 8; ///< at once to one endpoint: sshd's MaxStartups drops from 10 on
constexpr int MaxAttempts = 5;        ///< when the server hangs up before it has shown its key

std::string joined(const std::vector<EndpointSpec>& hops, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& hop = hops[i];
        const bool bracket = hop.host.find(':') != std::string::npos;
        text += (i == 0 ? "" : ",") + (hop.user.empty() ? "" : hop.user + "@") + (bracket ? "[" : "") +
                hop.host + (bracket ? "]" : "") + (hop.port == 0 ? "" : ":" + std::to_string(hop.port));
    }
    return text;
}

std::string whoOf(const ClientConfig& config, const std::string& address) {
    const std::string asked = printable(config.asked);
    return address == asked || address == asked + ":22" ? asked : asked + " (" + printable(address) + ")";
}

/// Spread out, so that those who were dropped together do not come back together.
void pauseBeforeRetry(int attempt, const Bounds& bounds) {
    static thread_local std::minstd_rand random(std::random_device{}());
    const int most = 100 << attempt;
    const std::chrono::milliseconds pause(std::uniform_int_distribution(most / 4, most)(random));
    (void)pollFor(-1, 0, bounds.deadline().atMost(pause), bounds.cancel(), {});
}

} // namespace

Connector::Connector(const SshOptions& options)
    : m_timeout(options.connectTimeout)
    , m_configs(options.configFile, options.sshProgram)
    , m_prompts(options.prompter) {}

Result<Opened> Connector::open(const std::string& endpoint, Purpose purpose, const Deadline& deadline,
                               const Cancel& cancel) {
    auto spec = parseEndpointSpec(endpoint);
    if (!spec)
        return tl::unexpected(spec.error());
    return open({*std::move(spec), endpoint, std::nullopt, {}, purpose}, deadline, cancel);
}

Result<Opened> Connector::open(const Destination& destination, const Deadline& deadline,
                               const Cancel& cancel) {
    auto config = m_configs.lookUp(destination.spec, deadline, cancel);
    if (!config)
        return tl::unexpected(config.error());
    config->asked = destination.asked;
    if (destination.jumps) {
        config->proxyJump = *destination.jumps;
        config->proxyCommand.clear();
    }
    const auto timeout = std::max<std::chrono::milliseconds>(
        m_timeout, config->connectTimeout.value_or(std::chrono::seconds(0)));
    for (int number = 0;; ++number) {
        Bounds bounds(deadline, timeout, cancel);
        bool retriable = false;
        auto opened = attempt(destination, *config, bounds, retriable);
        if (opened || !retriable || number + 1 >= MaxAttempts)
            return opened;
        pauseBeforeRetry(number, bounds);
        if (cancel.requested() || deadline.passed())
            return opened;
    }
}

Result<Opened> Connector::attempt(const Destination& destination, const ClientConfig& config, Bounds& bounds,
                                  bool& retriable) {
    auto path = route(destination, config, bounds);
    if (!path) {
        retriable = config.proxyJump.empty() && config.proxyCommand.empty() &&
                    path.error().code == ErrorCode::Disconnected;
        return tl::unexpected(path.error());
    }
    const auto gate = handshakeGate(config);
    const auto place = gate->enter(bounds.overall(), bounds.cancel(),
                                   "waiting for a turn to connect to " + printable(config.hostName));
    if (!place)
        return tl::unexpected(place.error());
    bounds.restart();
    const bool direct = path->carrier == nullptr;
    std::string who = whoOf(config, path->address);
    auto link = Link::make(*std::move(path), config,
                           hostKeyAlgorithms(config, knownHostOf(config).knownTypes()), std::move(who));
    if (!link)
        return tl::unexpected(link.error());

    const auto exchange = bounds.within(
        config.connectTimeout ? std::chrono::milliseconds(*config.connectTimeout) : std::chrono::hours(1));
    const auto connected = (*link)->drive([&] { return ssh_connect((*link)->raw()); }, SSH_AGAIN, exchange,
                                          "exchanging keys with");
    if (!connected || *connected != SSH_OK) {
        Error error = connected ? (*link)->exchangeFailure() : connected.error();
        retriable = direct && error.code == ErrorCode::Disconnected;
        return tl::unexpected(std::move(error));
    }
    auto key = shownKey(**link);
    if (!key)
        return tl::unexpected(key.error());
    if (destination.purpose == Purpose::LogIn) {
        if (auto known = checkHostKey(**link, config, *key, m_prompts, bounds); !known)
            return tl::unexpected(known.error());
        if (auto in = authenticate(**link, config, m_keys, m_prompts, bounds); !in)
            return tl::unexpected(in.error());
    }
    return Opened{*std::move(link), config, *std::move(key)};
}

Result<Route> Connector::route(const Destination& destination, const ClientConfig& config,
                               const Bounds& bounds) {
    if (!config.proxyJump.empty())
        return throughJumpHost(destination, config, bounds);
    if (!config.proxyCommand.empty())
        return startProxyCommand(config.proxyCommand, config.hostName + ":" + std::to_string(config.port));
    auto dialled = dial(config, config.connectTimeout ? bounds.within(*config.connectTimeout) : bounds);
    if (!dialled)
        return tl::unexpected(dialled.error());
    return Route{std::move(dialled->socket), std::move(dialled->address), nullptr};
}

Result<Route> Connector::throughJumpHost(const Destination& destination, const ClientConfig& config,
                                         const Bounds& bounds) {
    const auto hops = parseJumps(config.proxyJump);
    if (!hops)
        return tl::unexpected(hops.error());
    // As `ssh -J a b` does it for "a,b": b is reached through a, and a as its own configuration says.
    const std::string name = joined(*hops, hops->size());
    Destination jump{hops->back(), joined({hops->back()}, 1), std::nullopt, destination.through,
                     Purpose::LogIn};
    // Whoever holds the place of a jump would wait for itself.
    if (jump.through.size() >= MaxDepth ||
        std::find(jump.through.begin(), jump.through.end(), name) != jump.through.end())
        return fail(ErrorCode::Config, "The ssh configuration reaches " + printable(destination.asked) +
                                           " through a ProxyJump that leads back to itself.");
    jump.through.push_back(name);
    if (hops->size() > 1)
        jump.jumps = joined(*hops, hops->size() - 1);
    const auto make = [&]() -> Result<std::shared_ptr<Bastion>> {
        auto opened = open(jump, bounds.overall(), bounds.cancel());
        if (!opened)
            return tl::unexpected(opened.error());
        const KeepAlive keepAlive(opened->config.aliveInterval, opened->config.aliveCountMax);
        return std::make_shared<Bastion>(std::move(opened->link), keepAlive);
    };
    auto bastion = m_bastions.get(name, bounds, make);
    if (!bastion)
        return tl::unexpected(bastion.error());
    return (*bastion)->open(config.hostName, config.port);
}

std::shared_ptr<Gate> Connector::handshakeGate(const ClientConfig& config) {
    const std::lock_guard lock(m_mutex);
    auto& gate = m_handshakes[config.proxyJump + '|' + config.hostName + ':' + std::to_string(config.port)];
    if (!gate)
        gate = std::make_shared<Gate>(MaxHandshakes);
    return gate;
}

} // namespace inodeck::ssh
