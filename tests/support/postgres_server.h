#pragma once

#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "tests/support/ssh_server.h"

namespace inodeck::test {

/// A real, private PostgreSQL: own cluster, port and socket folder, not as root; ends with this object, and
/// its backends with it. Made in about two seconds.
class PostgresServer {
public:
    /// Why no server can run here; empty when it can.
    static std::string missing();

    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// Starts with `settings` ("fsync=off"), on the same port as before, and waits until it answers. What
    /// ALTER SYSTEM had set is gone.
    void start(const std::vector<std::string>& settings = {});
    /// In order, connections included.
    void stop();
    /// SIGKILL to the postmaster and each of its processes.
    void kill();
    bool running() const { return m_process != nullptr; }

    /// The superuser, over the unix socket.
    std::string adminUri(const std::string& database = "postgres") const;
    /// Over TCP, where passwords are asked for (scram-sha-256).
    std::string uri(const std::string& user, const std::string& password, const std::string& database) const;
    /// A statement as superuser by psql: its rows, unaligned. Throws when it fails.
    std::string sql(const std::string& statement, const std::string& database = "postgres") const;
    /// Gives the server a file of its own that only it may read; its path.
    std::string keep(const std::string& name, const std::string& text) const;
    int port() const { return m_port; }
    /// Of the postmaster.
    pid_t pid() const;
    std::string log() const { return readFile(m_dir.file("log")); }

private:
    struct Process;
    void end(int signal);
    std::vector<std::string> asOwner(std::vector<std::string> argv) const;

    TempDir m_dir;
    int m_port = 0;
    std::unique_ptr<Process> m_process;
};

} // namespace inodeck::test
