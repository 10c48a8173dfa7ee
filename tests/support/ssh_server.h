#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace inodeck::test {

/// Its own folder, removed with it. The path is short: unix sockets live in it.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::string file(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

void writeFile(const std::string& path, const std::string& text, int mode = 0600);
std::string readFile(const std::string& path);
/// stdout of a program that must succeed within ten seconds; throws with its stderr otherwise.
std::string runOrThrow(const std::vector<std::string>& argv);
/// Whether that process exists and is no zombie.
bool isRunning(long pid);
/// A port of this address that nobody listens on just now.
int freePort(const std::string& address);

/// A key pair of ssh-keygen: `path` and `path`.pub.
struct KeyPair {
    std::string path;
    std::string publicKey() const; ///< "ssh-ed25519 AAAA…"
    std::string fingerprint() const;
};
KeyPair makeKey(const std::string& path, const std::string& type = "ed25519",
                const std::string& passphrase = {}, const std::vector<std::string>& more = {});

/// A real, private sshd for the account that runs the tests: own port, keys, configuration and log; nothing
/// of the machine's own SSH is read or touched. Runs until its destructor; starting takes at most ten
/// seconds.
class SshServer {
public:
    struct Options {
        std::string address = "127.0.0.1";
        std::vector<std::string> hostKeyTypes{"ed25519"};
        std::vector<std::string> config{}; ///< more sshd_config lines; the first of a keyword wins
        std::map<std::string, std::string> environment{};
    };
    /// Why no server can run here; empty when it can.
    static std::string missing();

    SshServer()
        : SshServer(Options{}) {}
    explicit SshServer(const Options& options);
    ~SshServer();
    SshServer(const SshServer&) = delete;
    SshServer& operator=(const SshServer&) = delete;

    int port() const { return m_port; }
    const std::string& address() const { return m_address; }
    std::string endpoint() const { return m_address + ":" + std::to_string(m_port); }
    const TempDir& dir() const { return m_dir; }
    std::string log() const;

    KeyPair hostKey(const std::string& type = "ed25519") const;
    /// A key that authorized_keys has.
    const KeyPair& userKey() const { return m_userKey; }
    void authorize(const std::string& line);

    /// "[127.0.0.1]:2222 ssh-ed25519 AAAA…"
    std::string knownHostsLine(const std::string& type = "ed25519") const;
    std::string knownHostsFile() const { return m_dir.file("known_hosts"); }
    /// Writes known_hosts with this server's key.
    void trust() const;
    /// The lines of one `Host` block that reaches this server with its user key and known_hosts, no agent.
    std::string hostBlock(const std::string& alias) const;
    /// Writes an ssh_config: `block`s first, then defaults that keep the machine's own keys and agent out.
    std::string clientConfig(const std::string& blocks) const;

    /// SIGKILL, connections included.
    void kill();

private:
    struct Process;
    void start(const Options& options);

    TempDir m_dir;
    std::string m_address;
    int m_port = 0;
    KeyPair m_userKey;
    std::unique_ptr<Process> m_process;
};

} // namespace inodeck::test
