#include "tests/support/ssh_server.h"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <pwd.h>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "core/transport/child_process.h"

namespace inodeck::test {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::seconds StartTimeout{10};

std::string programPath(const std::string& name) {
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/sbin/"}) {
        if (fs::exists(folder + name))
            return folder + name;
    }
    return {};
}

std::string currentUser() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry ? entry->pw_name : "root";
}

sockaddr_in addressOf(const std::string& address, int port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address.c_str(), &result.sin_addr);
    return result;
}

/// Whether something there says "SSH-" within a second.
bool showsBanner(const std::string& address, int port) {
    const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto to = addressOf(address, port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        return false;
    pollfd ready{socket.get(), POLLIN, 0};
    std::array<char, 4> start{};
    return ::poll(&ready, 1, 1000) == 1 && ::recv(socket.get(), start.data(), start.size(), 0) == 4 &&
           std::string_view(start.data(), 4) == "SSH-";
}

struct ProcessEntry {
    long pid = 0;
    long parent = 0;
    char state = '?';
};

ProcessEntry processEntry(const fs::path& folder) {
    const std::string stat = readFile(folder / "stat");
    ProcessEntry entry;
    const auto close = stat.rfind(')');
    if (close != std::string::npos)
        std::sscanf(stat.c_str() + close + 1, " %c %ld", &entry.state, &entry.parent);
    entry.pid = std::strtol(stat.c_str(), nullptr, 10);
    return entry;
}

/// sshd's children start sessions of their own, so its process group does not hold them.
void killTree(long root) {
    std::vector<ProcessEntry> all;
    for (const auto& folder : fs::directory_iterator("/proc")) {
        if (std::isdigit(static_cast<unsigned char>(folder.path().filename().string().front())) != 0)
            all.push_back(processEntry(folder.path()));
    }
    std::vector<long> tree{root};
    for (std::size_t i = 0; i < tree.size(); ++i) {
        for (const auto& entry : all) {
            if (entry.parent == tree[i])
                tree.push_back(entry.pid);
        }
    }
    for (const long pid : tree)
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

} // namespace

TempDir::TempDir() {
    std::string pattern = "/tmp/ids-XXXXXX";
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

void writeFile(const std::string& path, const std::string& text, int mode) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    ::chmod(path.c_str(), static_cast<mode_t>(mode));
}

std::string readFile(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::string runOrThrow(const std::vector<std::string>& argv) {
    const Cancel never;
    const auto done = runProcess(argv, {}, std::size_t{1} << 24, argv.front(),
                                 Deadline::after(std::chrono::seconds(60)), never);
    if (!done)
        throw std::runtime_error(done.error().message);
    if (done->exitStatus != 0)
        throw std::runtime_error(argv.front() + ": " + done->error);
    return done->output;
}

bool isRunning(long pid) {
    const auto entry = processEntry("/proc/" + std::to_string(pid));
    return entry.pid == pid && entry.state != 'Z';
}

int freePort(const std::string& address) {
    const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto at = addressOf(address, 0);
    socklen_t size = sizeof at;
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&at), &size) != 0)
        throw std::runtime_error("no free port on " + address);
    return ntohs(at.sin_port);
}

std::string KeyPair::publicKey() const {
    std::istringstream text(readFile(path + ".pub"));
    std::string type;
    std::string key;
    text >> type >> key;
    return type + " " + key;
}

std::string KeyPair::fingerprint() const {
    std::istringstream text(runOrThrow({"ssh-keygen", "-lf", path + ".pub"}));
    std::string bits;
    std::string fingerprint;
    text >> bits >> fingerprint;
    return fingerprint;
}

KeyPair makeKey(const std::string& path, const std::string& type, const std::string& passphrase,
                const std::vector<std::string>& more) {
    std::vector<std::string> argv{"ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path};
    argv.insert(argv.end(), more.begin(), more.end());
    runOrThrow(argv);
    return {path};
}

struct SshServer::Process {
    ChildProcess child;
    pid_t pid;
};

std::string SshServer::missing() {
    for (const char* program : {"sshd", "ssh-keygen", "ssh"}) {
        if (programPath(program).empty())
            return std::string(program) + " is not installed (openssh-server, openssh-client)";
    }
    if (::getuid() == 0)
        ::mkdir("/run/sshd", 0755); // sshd's fixed privilege separation directory
    return {};
}

SshServer::SshServer(const Options& options)
    : m_address(options.address)
    , m_userKey(makeKey(m_dir.file("user_key"))) {
    writeFile(m_dir.file("authorized_keys"), m_userKey.publicKey() + "\n");
    writeFile(knownHostsFile(), "");
    for (const auto& type : options.hostKeyTypes)
        makeKey(m_dir.file("host_" + type), type);
    for (int attempt = 0; attempt < 3 && !m_process; ++attempt)
        start(options);
    if (!m_process)
        throw std::runtime_error("sshd does not start: " + log());
}

SshServer::~SshServer() {
    kill();
}

void SshServer::start(const Options& options) {
    m_port = freePort(m_address);
    std::ostringstream config;
    for (const auto& line : options.config)
        config << line << '\n';
    config << "ListenAddress " << m_address << ":" << m_port << "\nPidFile none\nUsePAM no\nUseDNS no\n"
           << "StrictModes no\nPermitRootLogin yes\nLogLevel VERBOSE\nPrintMotd no\nMaxStartups 100\n"
           << "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
           << "AuthorizedKeysFile " << m_dir.file("authorized_keys") << '\n';
    for (const auto& type : options.hostKeyTypes)
        config << "HostKey " << m_dir.file("host_" + type) << '\n';
    // SHLVL: bash would read the account's .bashrc for each command otherwise, a tenth of a second or more.
    config << "SetEnv SHLVL=5";
    for (const auto& [name, value] : options.environment)
        config << ' ' << name << '=' << value;
    config << '\n';
    writeFile(m_dir.file("sshd_config"), config.str());

    auto child = ChildProcess::start({"/bin/sh", "-c", "echo $$ > \"$1\"; exec \"$2\" -D -f \"$3\" -E \"$4\"",
                                      "sh", m_dir.file("pid"), programPath("sshd"), m_dir.file("sshd_config"),
                                      m_dir.file("log")},
                                     {});
    if (!child)
        throw std::runtime_error(child.error().message);
    const auto deadline = Deadline::after(StartTimeout);
    while (!deadline.passed() && !child->exitStatus()) {
        if (showsBanner(m_address, m_port)) {
            m_process = std::make_unique<Process>(
                Process{*std::move(child), static_cast<pid_t>(std::stol(readFile(m_dir.file("pid"))))});
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::string SshServer::log() const {
    return readFile(m_dir.file("log"));
}

KeyPair SshServer::hostKey(const std::string& type) const {
    return {m_dir.file("host_" + type)};
}

void SshServer::authorize(const std::string& line) {
    std::ofstream(m_dir.file("authorized_keys"), std::ios::app) << line << '\n';
}

std::string SshServer::knownHostsLine(const std::string& type) const {
    return "[" + m_address + "]:" + std::to_string(m_port) + " " + hostKey(type).publicKey();
}

void SshServer::trust() const {
    writeFile(knownHostsFile(), knownHostsLine(fs::exists(hostKey().path) ? "ed25519" : "ecdsa") + "\n");
}

std::string SshServer::hostBlock(const std::string& alias) const {
    return "Host " + alias + "\n  HostName " + m_address + "\n  Port " + std::to_string(m_port) +
           "\n  User " + currentUser() + "\n  IdentityFile " + m_userKey.path + "\n  UserKnownHostsFile " +
           knownHostsFile() + "\n";
}

std::string SshServer::clientConfig(const std::string& blocks) const {
    const std::string path = m_dir.file("ssh_config");
    writeFile(path, blocks + "Host *\n  User " + currentUser() + "\n  IdentityFile " + m_userKey.path +
                        "\n  IdentityAgent none\n  GlobalKnownHostsFile none\n  UserKnownHostsFile " +
                        knownHostsFile() + "\n");
    return path;
}

void SshServer::kill() {
    if (m_process)
        killTree(m_process->pid);
    m_process.reset();
}

} // namespace inodeck::test
