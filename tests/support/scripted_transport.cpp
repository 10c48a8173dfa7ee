#include "tests/support/scripted_transport.h"

#include <algorithm>
#include <cstdio>
#include <poll.h>

#include "core/base/hex.h"
#include "core/base/sha256.h"

namespace inodeck::test {

namespace {

constexpr const char* ImageId = "sha256:53de79f5b93ed38053556314889ca10062ad79921d8105ffa13a7ef2e5bd00c9";
/// The files' ctime; every container starts after it.
constexpr const char* Changed = "2026-11-24 14:00:00.681000577 +0000";

std::string hexWord(const std::string& bytes) {
    return "x" + hexEncode(bytes);
}

std::string ticks(const ContainerText& c) {
    return std::to_string(c.running ? 1'518'928 + 6'000 * c.starts : 0);
}

std::string head() {
    return "inodeck-probe 1\nmachine " + hexWord("3d2193c7c54504aa1fa6d248adfda4da") + "\nuser 0 0 " +
           hexWord("root") + "\nruntime " + hexWord("20.10.24 Engine,containerd,runc,docker-init,") + "\n";
}

std::string containerLines(const ContainerText& c) {
    const std::string state = c.running ? "running" : "exited";
    const std::string running = c.running ? "true" : "false";
    const std::string pid = std::to_string(c.running ? c.pid() : 0);
    std::string text =
        "container {\"id\":\"" + c.id + "\",\"name\":\"/" + c.name +
        "\",\"image\":\"busybox:local\",\"image_id\":\"" + ImageId + "\",\"status\":\"" + state +
        "\",\"running\":" + running + ",\"pid\":" + pid + ",\"started_at\":\"" + c.startedAt() +
        "\",\"health\":\"" + c.health + "\",\"restart_policy\":\"no\",\"ports\":{},\"project\":\"" +
        c.project + "\",\"service\":\"" + c.service + "\",\"depends_on\":\"" + c.dependsOn +
        "\",\"working_dir\":\"" + c.workingDir + "\",\"config_files\":\"" + c.configFiles + "\"}\n";
    for (const MountText& m : c.mounts)
        text += "mount " + c.id + " " + pid + " " + running + " false " + hexWord(m.source) + " " +
                hexWord(m.destination) + "\n";
    return text + "\n";
}

std::string sideLines(const SideText& side, const std::string& name) {
    if (!side.error.empty())
        return "E " + name + " " + side.error + "\n";
    char mode[16];
    std::snprintf(mode, sizeof mode, "%x", side.mode);
    std::string text = "S " + name + " 65024 " + std::to_string(side.inode) + " " +
                       std::to_string(side.content.size()) + " " + mode + " " + Changed + "\n";
    if ((side.mode & 0170000u) == 0100000u)
        text += "H " + name + " " + Sha256::of(side.content).hex() + "\n";
    return text;
}

/// Waits for the time; false when the deadline or a cancel came first.
bool waited(std::chrono::milliseconds time, const Deadline& deadline, const Cancel& cancel) {
    pollfd waiting{cancel.fd(), POLLIN, 0};
    const auto wait = std::min(time, deadline.left());
    return ::poll(&waiting, 1, static_cast<int>(wait.count())) == 0 && wait == time;
}

tl::unexpected<Error> ended(const Cancel& cancel) {
    return cancel.requested() ? fail(ErrorCode::Cancelled, "Cancelled while waiting for the host.")
                              : fail(ErrorCode::Timeout, "The host did not answer in time.");
}

} // namespace

std::string ContainerText::startedAt() const {
    char text[64];
    std::snprintf(text, sizeof text, "2026-11-24T14:%02d:13.949706649Z", 43 + starts);
    return text;
}

std::string containerId(char digit) {
    return std::string(64, digit);
}

ContainerText syncedContainer(char digit, const std::string& service) {
    ContainerText container;
    container.id = containerId(digit);
    container.service = service;
    container.name = "shop_" + service + "_1";
    return container;
}

ContainerText staleContainer(char digit, const std::string& service) {
    ContainerText container = syncedContainer(digit, service);
    container.mounts.front().host.inode = 200;
    container.mounts.front().host.content = "new\n";
    return container;
}

std::string probeText(const std::vector<ContainerText>& containers) {
    std::string text = head();
    std::string processes;
    std::string again;
    std::string sides;
    std::size_t number = 0;
    for (const ContainerText& c : containers) {
        text += containerLines(c);
        const std::string pid = std::to_string(c.running ? c.pid() : 0);
        processes += "proc " + c.id + " " + pid + " " + ticks(c) + " " + (c.running ? "1" : "0") + "\n";
        again += "again " + c.id + " " + ticks(c) + "\n";
        for (const MountText& m : c.mounts) {
            const std::string n = std::to_string(number++);
            sides += sideLines(m.host, n + "h");
            if (c.running)
                sides += "R " + n + "c " + m.source + "\n" + sideLines(m.inside, n + "c");
        }
    }
    return text + "clock 1795531454.015859450 15249.51\n" + processes + sides + again + "end " +
           std::to_string(number) + "\n";
}

std::string refusedText(const std::string& said, const std::string& word) {
    return "inodeck-probe 1\nmachine x\nuser 1000 0 " + hexWord("deploy") + "\nruntime x\n" + word + " " +
           hexWord(said) + "\nend 0\n";
}

bool isProbe(const ExecRequest& request) {
    return request.input.find("\nread_side= ") != std::string::npos;
}

bool asksFor(const ExecRequest& request, const ContainerText& container) {
    return request.input.find("\nonly=''\n") != std::string::npos ||
           request.input.find(container.id) != std::string::npos;
}

Answer says(std::string output) {
    return [output = std::move(output)](const ExecRequest&, const Deadline&,
                                        const Cancel&) -> Result<ExecResult> {
        return ExecResult{output, {}, 0};
    };
}

Answer fails(ErrorCode code) {
    return [code](const ExecRequest&, const Deadline&, const Cancel&) -> Result<ExecResult> {
        return fail(code, "The script says so.");
    };
}

Result<ExecResult> hang(const Deadline& deadline, const Cancel& cancel) {
    waited(std::chrono::hours{1}, deadline, cancel);
    return ended(cancel);
}

Answer hangs() {
    return [](const ExecRequest&, const Deadline& deadline, const Cancel& cancel) {
        return hang(deadline, cancel);
    };
}

Answer slow(std::chrono::milliseconds time, Answer then) {
    return [time, then = std::move(then)](const ExecRequest& request, const Deadline& deadline,
                                          const Cancel& cancel) -> Result<ExecResult> {
        if (!waited(time, deadline, cancel))
            return ended(cancel);
        return then(request, deadline, cancel);
    };
}

class ScriptedSession final : public Session {
public:
    ScriptedSession(ScriptedTransport& transport, std::string name, Answer answer)
        : m_transport(transport)
        , m_name(std::move(name))
        , m_answer(std::move(answer)) {
        ++m_transport.m_open;
    }
    ~ScriptedSession() override { --m_transport.m_open; }

    Result<ExecResult> exec(const ExecRequest& request, const Deadline& deadline,
                            const Cancel& cancel) override {
        if (!m_alive)
            return fail(ErrorCode::Disconnected, "This session has ended.");
        if (!isProbe(request)) {
            const std::lock_guard lock(m_transport.m_mutex);
            m_transport.m_commands.push_back(request.command);
        }
        auto result = m_answer(request, deadline, cancel);
        if (!result && result.error().code != ErrorCode::Cancelled)
            m_alive =
                result.error().code != ErrorCode::Disconnected && result.error().code != ErrorCode::Timeout;
        return result;
    }
    bool alive() const override { return m_alive; }
    PeerInfo peer() const override { return {m_name + ":22", "deploy", "SHA256:scripted"}; }

private:
    ScriptedTransport& m_transport;
    std::string m_name;
    Answer m_answer;
    bool m_alive = true;
};

void ScriptedTransport::host(const std::string& name, Answer answer, Connect connect) {
    const std::lock_guard lock(m_mutex);
    m_hosts[name] = {std::move(answer), std::move(connect), 0};
}

Result<std::unique_ptr<Session>> ScriptedTransport::connect(const Endpoint& endpoint,
                                                            const Deadline& deadline, const Cancel& cancel) {
    Script script;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_hosts.find(endpoint.name);
        if (found == m_hosts.end())
            return fail(ErrorCode::Unreachable, "There is no host " + endpoint.name + ".");
        ++found->second.connects;
        script = found->second;
    }
    if (script.connect)
        if (auto connected = script.connect(deadline, cancel); !connected)
            return tl::unexpected(connected.error());
    return std::make_unique<ScriptedSession>(*this, endpoint.name, script.answer);
}

int ScriptedTransport::connects(const std::string& name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_hosts.find(name);
    return found == m_hosts.end() ? 0 : found->second.connects;
}

std::vector<std::string> ScriptedTransport::commands() const {
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

} // namespace inodeck::test
