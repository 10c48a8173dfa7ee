#include "tests/support/postgres_server.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <pwd.h>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include "core/transport/child_process.h"

namespace inodeck::test {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::seconds StartTimeout{20};
constexpr std::chrono::milliseconds Pause{10};

/// The folder of the newest server that is installed.
std::string programs() {
    std::vector<int> versions;
    std::error_code none;
    for (const auto& folder : fs::directory_iterator("/usr/lib/postgresql", none)) {
        if (fs::exists(folder.path() / "bin/initdb"))
            versions.push_back(std::atoi(folder.path().filename().c_str()));
    }
    const auto newest = std::max_element(versions.begin(), versions.end());
    return newest == versions.end() ? std::string{}
                                    : "/usr/lib/postgresql/" + std::to_string(*newest) + "/bin/";
}

/// PostgreSQL does not run as root.
const passwd* otherUser() {
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* entry = ::getpwnam(name))
            return entry;
    }
    return nullptr;
}

std::vector<pid_t> childrenOf(pid_t parent) {
    std::istringstream text(
        readFile("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children"));
    std::vector<pid_t> children;
    for (pid_t pid = 0; text >> pid;)
        children.push_back(pid);
    return children;
}

template <typename Condition> bool eventually(const Condition& condition) {
    const Deadline deadline = Deadline::after(StartTimeout);
    while (!condition()) {
        if (deadline.passed())
            return false;
        std::this_thread::sleep_for(Pause);
    }
    return true;
}

} // namespace

struct PostgresServer::Process {
    ChildProcess child;
    pid_t pid; ///< of the postmaster
};

std::string PostgresServer::missing() {
    if (programs().empty())
        return "no PostgreSQL server is installed (postgresql)";
    if (::getuid() == 0 && !otherUser())
        return "PostgreSQL does not run as root, and there is no account postgres or nobody";
    return {};
}

PostgresServer::PostgresServer()
    : m_port(freePort("127.0.0.1")) {
    if (::getuid() == 0) {
        const passwd* owner = otherUser();
        if (::chown(m_dir.path().c_str(), owner->pw_uid, owner->pw_gid) != 0)
            throw std::runtime_error("cannot give the cluster's folder away");
    }
    // Its own files need no fsync; what the tests write is synced.
    runOrThrow(asOwner({programs() + "initdb", "--no-sync", "-D", m_dir.file("data"), "-U", "postgres", "-E",
                        "UTF8", "--locale=C", "-A", "trust"}));
    writeFile(m_dir.file("data/pg_hba.conf"),
              "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", 0644);
    start();
}

PostgresServer::~PostgresServer() {
    if (m_process)
        end(SIGQUIT); // without the checkpoint that nobody will read
}

std::vector<std::string> PostgresServer::asOwner(std::vector<std::string> argv) const {
    if (::getuid() == 0) {
        const passwd* owner = otherUser();
        const std::array<std::string, 5> change{"setpriv", "--reuid=" + std::to_string(owner->pw_uid),
                                                "--regid=" + std::to_string(owner->pw_gid), "--clear-groups",
                                                "--"};
        argv.insert(argv.begin(), change.begin(), change.end());
    }
    return argv;
}

void PostgresServer::start(const std::vector<std::string>& settings) {
    fs::resize_file(m_dir.file("data/postgresql.auto.conf"), 0);
    std::vector<std::string> argv{programs() + "postgres", "-D", m_dir.file("data"), "-k", m_dir.path()};
    for (const std::string& fixed :
         {std::string("listen_addresses=127.0.0.1"), "port=" + std::to_string(m_port),
          std::string("max_connections=40"), std::string("shared_buffers=16MB"),
          std::string("logging_collector=off")})
        argv.insert(argv.end(), {"-c", fixed});
    for (const std::string& setting : settings)
        argv.insert(argv.end(), {"-c", setting});
    std::vector<std::string> logged{"/bin/sh", "-c", "log=$1; shift; exec \"$@\" >> \"$log\" 2>&1", "sh",
                                    m_dir.file("log")};
    argv.insert(argv.begin(), logged.begin(), logged.end());
    // After a kill the memory that the old one shared is in use until its last process is gone.
    const bool up = eventually([&] {
        if (!m_process) {
            auto child = ChildProcess::start(asOwner(argv), {});
            if (!child)
                throw std::runtime_error(child.error().message);
            m_process = std::make_unique<Process>(Process{*std::move(child), 0});
        }
        if (m_process->child.exitStatus()) {
            m_process.reset();
            return false;
        }
        std::istringstream file(readFile(m_dir.file("data/postmaster.pid")));
        std::vector<std::string> lines;
        for (std::string line; std::getline(file, line);)
            lines.push_back(line);
        if (lines.size() < 8 || lines[3] != std::to_string(m_port) || lines[7].rfind("ready", 0) != 0)
            return false;
        m_process->pid = static_cast<pid_t>(std::stol(lines[0]));
        return true;
    });
    if (!up)
        throw std::runtime_error("PostgreSQL does not start: " + log());
}

std::string PostgresServer::keep(const std::string& name, const std::string& text) const {
    writeFile(m_dir.file(name), text, 0600);
    const passwd* owner = ::getuid() == 0 ? otherUser() : nullptr;
    if (owner && ::chown(m_dir.file(name).c_str(), owner->pw_uid, owner->pw_gid) != 0)
        throw std::runtime_error("cannot give " + name + " to the server");
    return m_dir.file(name);
}

pid_t PostgresServer::pid() const {
    return m_process->pid;
}

void PostgresServer::stop() {
    end(SIGINT);
}

void PostgresServer::end(int signal) {
    ::kill(m_process->pid, signal);
    eventually([&] { return m_process->child.exitStatus().has_value(); });
    m_process.reset();
}

void PostgresServer::kill() {
    std::vector<pid_t> all = childrenOf(m_process->pid);
    all.insert(all.begin(), m_process->pid);
    for (const pid_t pid : all)
        ::kill(pid, SIGKILL);
    eventually([&] { return m_process->child.exitStatus().has_value(); }); // says so only once
    eventually(
        [&] { return std::none_of(all.begin(), all.end(), [](pid_t pid) { return isRunning(pid); }); });
    m_process.reset();
    fs::remove(m_dir.file("data/postmaster.pid"));
}

std::string PostgresServer::adminUri(const std::string& database) const {
    std::string folder = m_dir.path();
    for (auto at = folder.find('/'); at != std::string::npos; at = folder.find('/'))
        folder.replace(at, 1, "%2F");
    return "postgresql://postgres@" + folder + ":" + std::to_string(m_port) + "/" + database;
}

std::string PostgresServer::uri(const std::string& user, const std::string& password,
                                const std::string& database) const {
    return "postgresql://" + user + ":" + password + "@127.0.0.1:" + std::to_string(m_port) + "/" + database;
}

std::string PostgresServer::sql(const std::string& statement, const std::string& database) const {
    std::string rows = runOrThrow({programs() + "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
                                   adminUri(database), "-c", statement});
    while (!rows.empty() && rows.back() == '\n')
        rows.pop_back();
    return rows;
}

} // namespace inodeck::test
