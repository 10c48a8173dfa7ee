#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/drift/verdict.h"
#include "core/fleet/host.h"
#include "core/probe/probe.h"
#include "core/transport/transport.h"

namespace inodeck {

enum class HostStatus { Ok, Failed, Cancelled };
/// "ok", "failed", "cancelled".
std::string_view toString(HostStatus status);

struct Row {
    Observation observation;
    Judgement judgement;
    bool secret = false; ///< the fleet file says so of the service: nobody is shown a hash of it
    bool operator==(const Row&) const = default;
};

/// What one scan says of one host. A failed host has an error and no rows; it is never dropped from a result.
struct HostScan {
    std::string host; ///< Host::name
    PeerInfo peer;
    HostStatus status = HostStatus::Failed;
    Error error; ///< when not Ok
    Access access;
    Runtime runtime;
    System system;
    std::string machineId;
    TimePoint scannedAt{};
    std::chrono::milliseconds duration{0};
    std::vector<Row> rows;
    std::vector<std::string> warnings;
};

/// Open sessions by host, kept for the next scan. Thread-safe; a session is lent to one thread at a time. A
/// session that ended, timed out, or answered what cannot be understood is closed, not kept.
class SessionPool {
public:
    explicit SessionPool(Transport& transport);
    ~SessionPool();
    /// Runs `use` with the host's session: the kept one if it lives, else a new one. A kept session that
    /// turns out to be dead is replaced once, if `use` is safe to repeat (`idempotent`).
    Result<void> with(const Host& host, const Deadline& deadline, const Cancel& cancel, bool idempotent,
                      const std::function<Result<void>(Session&)>& use);
    /// Closes the kept session, once nobody uses it any more.
    void forget(const std::string& host);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

struct ScanOptions {
    int parallel = 64; ///< hosts at once
};

/// Scans hosts in parallel over kept sessions.
class Scanner {
public:
    Scanner(Transport& transport, const Clock& clock, ScanOptions options = {});

    /// One HostScan per host, in the order of `hosts`. `onHost` is called on worker threads, one call at a
    /// time, as each host is done; it must not throw.
    std::vector<HostScan> scan(const std::vector<Host>& hosts, const Cancel& cancel,
                               const std::function<void(const HostScan&)>& onHost = {});
    /// One host, or only some of its containers.
    HostScan scanHost(const Host& host, const Cancel& cancel, const std::vector<ContainerId>& only = {});

    SessionPool& sessions() { return m_sessions; }
    /// Hosts at once, from the next scan on; from any thread.
    void setParallel(int hosts) { m_parallel = hosts; }

private:
    const Clock& m_clock;
    std::atomic<int> m_parallel;
    SessionPool m_sessions;
};

} // namespace inodeck
