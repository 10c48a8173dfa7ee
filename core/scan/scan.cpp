#include "core/scan/scan.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/base/text.h"

namespace inodeck {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::vector<Row> judged(std::vector<Observation> observations, const Host& host) {
    std::vector<Row> rows;
    rows.reserve(observations.size());
    for (Observation& observation : observations) {
        Judgement judgement = judge(observation);
        const bool secret = host.keepsSecret(observation.container.label());
        rows.push_back({std::move(observation), std::move(judgement), secret});
    }
    return rows;
}

/// A host that we may not look into must never look good.
std::optional<Error> notObserved(const Access& access) {
    if (access.level != AccessLevel::None)
        return std::nullopt;
    return Error{ErrorCode::PermissionDenied,
                 access.missing.empty() ? "The account may not use Docker there." : access.missing};
}

/// Whatever was read before the failure is not shown.
void failed(HostScan& scan, Error error) {
    scan.status = HostStatus::Failed;
    scan.error = std::move(error);
    scan.rows.clear();
}

void take(HostScan& scan, ProbeReport report, const Host& host) {
    scan.access = std::move(report.access);
    scan.runtime = std::move(report.runtime);
    scan.system = std::move(report.system);
    scan.machineId = std::move(report.machineId);
    scan.warnings = std::move(report.warnings);
    if (auto error = notObserved(scan.access))
        return failed(scan, std::move(*error));
    scan.rows = judged(std::move(report.observations), host);
    scan.status = HostStatus::Ok;
}

/// Where the system gives fewer threads, those do it; the caller's own if there is none.
void runOnWorkers(std::size_t count, const std::function<void()>& work) {
    std::vector<std::jthread> workers;
    try {
        for (std::size_t i = 0; i < count; ++i)
            workers.emplace_back(work);
    } catch (const std::system_error&) {
        if (workers.empty())
            work();
    }
}

} // namespace

std::string_view toString(HostStatus status) {
    switch (status) {
    case HostStatus::Ok:
        return "ok";
    case HostStatus::Cancelled:
        return "cancelled";
    case HostStatus::Failed:
        break;
    }
    return "failed";
}

Scanner::Scanner(Transport& transport, const Clock& clock, ScanOptions options)
    : m_clock(clock)
    , m_parallel(options.parallel)
    , m_sessions(transport) {}

HostScan Scanner::scanHost(const Host& host, const Cancel& cancel, const std::vector<ContainerId>& only) {
    HostScan scan;
    scan.host = host.name;
    scan.scannedAt = m_clock.now();
    const auto begin = SteadyClock::now();
    const Deadline deadline = Deadline::after(host.deadline);
    const ProbeOptions options{host.docker, host.hashLimit, only};
    const auto look = [&](Session& session) -> Result<void> {
        scan.peer = session.peer();
        auto report = probe(session, options, deadline, cancel);
        if (!report)
            return tl::unexpected(report.error());
        take(scan, std::move(*report), host);
        return {};
    };
    try {
        if (auto done = m_sessions.with(host, deadline, cancel, true, look); !done)
            failed(scan, done.error());
    } catch (const std::exception& e) {
        failed(scan, {ErrorCode::Internal,
                      "Scanning this host failed in an unforeseen way: " + printable(e.what())});
    }
    if (scan.status != HostStatus::Ok && cancel.requested())
        scan.status = HostStatus::Cancelled;
    scan.duration = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin);
    return scan;
}

std::vector<HostScan> Scanner::scan(const std::vector<Host>& hosts, const Cancel& cancel,
                                    const std::function<void(const HostScan&)>& onHost) {
    std::vector<HostScan> scans(hosts.size());
    std::atomic<std::size_t> next{0};
    std::mutex reporting;
    const auto work = [&] {
        for (std::size_t i = next++; i < hosts.size(); i = next++) {
            scans[i] = scanHost(hosts[i], cancel);
            const std::lock_guard lock(reporting);
            if (onHost)
                onHost(scans[i]);
        }
    };
    const auto limit = static_cast<std::size_t>(std::max(1, m_parallel.load()));
    runOnWorkers(std::min(limit, hosts.size()), work);
    return scans;
}

} // namespace inodeck
