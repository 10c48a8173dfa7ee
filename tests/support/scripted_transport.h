#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/transport/transport.h"

/// The lines that the probe prints (docs/probe.md), as a real host would say them; and a Transport that
/// answers from a script.
namespace inodeck::test {

/// One side of a mount; hashed by its real content.
struct SideText {
    std::uint64_t inode = 100;
    std::string content = "old\n";
    unsigned mode = 0100644;
    std::string error; ///< "missing", "denied", …: nothing else is printed
};

struct MountText {
    std::string source = "/srv/app.conf";
    std::string destination = "/etc/app.conf";
    SideText host;
    SideText inside;
};

struct ContainerText {
    std::string id; ///< 64 hex digits
    std::string name;
    std::string project = "shop";
    std::string service;
    std::string dependsOn;
    std::string health;
    std::string workingDir; ///< of compose
    std::string configFiles;
    bool running = true;
    int starts = 1; ///< each restart adds one: StartedAt, pid and the start time of the pid follow from it
    std::vector<MountText> mounts{MountText{}};

    std::string startedAt() const;
    int pid() const { return 7000 + starts; }
};

/// "aaa…a"
std::string containerId(char digit);
/// A container whose config a deploy has replaced: another inode, another content.
ContainerText staleContainer(char digit, const std::string& service);
ContainerText syncedContainer(char digit, const std::string& service);

/// The probe's answer of an account with root's rights.
std::string probeText(const std::vector<ContainerText>& containers);
/// The answer where Docker refuses: an account outside of the group docker ("no_docker"), or a container that
/// is gone
/// ("no_inspect").
std::string refusedText(const std::string& said, const std::string& word = "no_docker");

bool isProbe(const ExecRequest& request);
/// Whether the probe asks for this container: for all, or for it by its id.
bool asksFor(const ExecRequest& request, const ContainerText& container);

using Answer = std::function<Result<ExecResult>(const ExecRequest&, const Deadline&, const Cancel&)>;
using Connect = std::function<Result<void>(const Deadline&, const Cancel&)>;

Answer says(std::string output);
Answer fails(ErrorCode code);
/// Answers nothing until its deadline passes or it is cancelled.
Result<ExecResult> hang(const Deadline& deadline, const Cancel& cancel);
Answer hangs();
/// Waits, bounded by deadline and cancel, then lets the other one answer.
Answer slow(std::chrono::milliseconds time, Answer then);

/// Hosts by name. Sessions die with Disconnected and Timeout, as the contract of Session says.
class ScriptedTransport final : public Transport {
public:
    /// To be called before the host is used.
    void host(const std::string& name, Answer answer, Connect connect = {});

    Result<std::unique_ptr<Session>> connect(const Endpoint& endpoint, const Deadline& deadline,
                                             const Cancel& cancel) override;

    int connects(const std::string& name) const;
    int openSessions() const { return m_open; }
    /// Commands other than the probe, in the order in which they came.
    std::vector<std::string> commands() const;

private:
    friend class ScriptedSession;
    struct Script {
        Answer answer;
        Connect connect;
        int connects = 0;
    };
    mutable std::mutex m_mutex;
    std::map<std::string, Script> m_hosts;
    std::vector<std::string> m_commands;
    std::atomic<int> m_open{0};
};

} // namespace inodeck::test
