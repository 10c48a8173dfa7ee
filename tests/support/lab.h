#pragma once

#include <QJsonObject>
#include <QProcess>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// For tests against the lab of scripts/lab. A failure outside of what is tested (a container that does not
/// start) throws std::runtime_error with the command's stderr, which fails the test with that text.
namespace inodeck::lab {

using Argv = std::vector<std::string>;
using Env = std::map<std::string, std::string>;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct Finished {
    int status = -1; ///< -1: ended by a signal or by our timeout
    std::string out;
    std::string err;
};

/// Runs to its end, at most `timeout`; `env` is added to ours.
Finished run(const Argv& argv, const Env& env = {}, std::chrono::seconds timeout = 60s);
/// Starts and does not wait; killed when it goes out of scope.
std::unique_ptr<QProcess, void (*)(QProcess*)> start(const Argv& argv, const Env& env = {});
/// Asks every 50 ms; false when `bound` has passed.
bool eventually(const std::function<bool()>& condition, std::chrono::seconds bound = 30s);

/// A value of DIR/env, "INODECK_LAB_VM1".
std::string value(const std::string& key);
fs::path dir();
std::string sshConfig();
/// stdout without the last newline; throws unless the exit status is 0.
std::string docker(const Argv& argv, const std::string& vm = "vm1");
/// The body; nullopt unless the server answers 2xx within two seconds.
std::optional<std::string> http(const std::string& url, const std::string& method = "GET");

/// Atomic replacement, as rsync and editors do it: a new inode.
void replaceFile(const fs::path& path, const std::string& content);
/// The same inode, as `>` does it.
void overwriteFile(const fs::path& path, const std::string& content);
std::string readFile(const fs::path& path);

/// A place of one test: a folder on the "VM", an audit store, and containers that end with it.
class Rig {
public:
    explicit Rig(std::string vm = "vm1");
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    fs::path path(const std::string& name) const { return m_dir / name; }
    /// Creates DIR/name with this content and returns its path.
    fs::path file(const std::string& name, const std::string& content) const;
    /// `docker run -d --name NAME OPTIONS… IMAGE COMMAND…`, labelled project rig, service NAME.
    void container(const std::string& name, const Argv& options, const std::string& image,
                   const Argv& command);
    std::string startedAt(const std::string& name) const;

    /// The real program with this rig's audit store, the lab's ssh config, no colours and 200 columns.
    Finished inodeck(const Argv& arguments, std::chrono::seconds timeout = 60s) const;
    Env env() const;
    Argv argv(const Argv& arguments) const;
    /// `scan HOST --json`: all rows of `service`'s mounts.
    std::vector<QJsonObject> rows(const std::string& service, const std::string& host = {}) const;
    /// The verdict of the only row of `service`.
    std::string verdict(const std::string& service, const std::string& host = {}) const;

private:
    std::string m_vm;
    fs::path m_dir;
    std::vector<std::string> m_containers;
};

QJsonObject json(const std::string& text);

} // namespace inodeck::lab
