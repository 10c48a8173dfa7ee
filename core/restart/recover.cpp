#include "core/restart/recover.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/probe/fields.h"
#include "core/restart/proof.h"
#include "core/restart/vm_lock.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
/// Docker may still be at a restart whose client was killed.
constexpr std::chrono::seconds CommandMayRun{30};
constexpr std::chrono::seconds BesidesTheStop{20};
constexpr std::chrono::seconds LongestStop{3600}; ///< as the options of restart and reconcile

/// A command that says how long its clean stop may take ("-t N") has that long.
std::chrono::milliseconds mayRun(const std::vector<std::string>& argv) {
    const auto option = std::find(argv.begin(), argv.end(), "-t");
    const auto stop = option == argv.end() || option + 1 == argv.end()
                          ? std::nullopt
                          : toNumber<std::uint32_t>(*(option + 1));
    return stop ? std::max(CommandMayRun, std::min(std::chrono::seconds{*stop}, LongestStop) + BesidesTheStop)
                : CommandMayRun;
}

std::string nameOf(const OpenIntent& intent) {
    return "Record " + std::to_string(intent.seq);
}

/// The rows of that container. All of the host is looked at: asked for a container that is gone, Docker only
/// errs.
Result<std::vector<Row>> look(Scanner& scanner, const Host& host, const ContainerId& id,
                              const Cancel& cancel) {
    HostScan now = scanner.scanHost(host, cancel);
    if (now.status != HostStatus::Ok)
        return tl::unexpected(now.error);
    std::erase_if(now.rows, [&](const Row& row) { return row.observation.container.id != id; });
    return std::move(now.rows);
}

AuditResult whatBecameOf(const OpenIntent& intent, const std::vector<Row>& rows) {
    AuditResult found;
    found.status = "unknown";
    if (const Row* worst = worstOf(rows)) {
        const Container& container = worst->observation.container;
        found.startedAt = container.startedAt;
        found.health = container.health;
        found.status = container.startedAt == intent.draft.target.startedAt ? "not_done" : "done";
        found.verdict = toString(worst->judgement.verdict);
    }
    return found;
}

} // namespace

Result<AuditResult> Restarter::recover(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                       const Cancel& cancel, const Told& onWait) {
    const auto id = ContainerId::parse(intent.draft.target.containerId);
    if (!id)
        return fail(ErrorCode::Protocol, nameOf(intent) + " names no container id.");
    const std::chrono::milliseconds most = mayRun(intent.draft.argv);
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - intent.ts);
    const auto left = std::clamp(most - age, 0ms, most); // the writer's clock may be another
    const Deadline end = Deadline::after(left);
    Result<std::vector<Row>> rows;
    AuditResult found;
    for (bool told = false;; told = true) {
        rows = look(m_scanner, host, *id, cancel);
        if (!rows)
            return fail(rows.error().code, nameOf(intent) + " stays open, " + printable(host.name) +
                                               " could not be looked at: " + rows.error().message);
        found = whatBecameOf(intent, *rows);
        if (found.status != "not_done" || end.passed())
            break;
        if (!told && onWait)
            onWait(nameOf(intent) + " is young, and its command may still run on " + printable(host.name) +
                   ": looking again for up to " +
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(left).count()) + " s.");
        cancel.waitFor(1s);
    }
    RecordDraft record = intent.draft;
    record.type = RecordType::Recovered;
    record.actor = actor;
    record.reason = "recovered by looking; first reason: " + intent.draft.reason;
    const AuditTarget& target = intent.draft.target;
    record.evidence = evidenceOf(*rows, host.keepsSecret(target.project + "/" + target.service));
    record.result = found;
    if (auto kept = m_store.append(record, Deadline::after(std::chrono::seconds{20})); !kept)
        return tl::unexpected(kept.error());
    return found;
}

Result<Recovered> recoverUnderLock(const OpenIntent& intent, const Host& host, const AuditActor& actor,
                                   Transport& transport, Scanner& scanner, AuditStore& store,
                                   const Cancel& cancel, const Told& onWait) {
    const auto lock = lockForPerson(transport, scanner.sessions(), host, actor, cancel);
    if (!lock)
        return fail(lock.error().code, nameOf(intent) + " stays open: " + lock.error().message);
    Recovered recovered{std::nullopt, lock->without};
    const auto open = store.openIntents();
    if (!open)
        return tl::unexpected(open.error());
    if (std::none_of(open->begin(), open->end(), [&](const OpenIntent& o) { return o.seq == intent.seq; }))
        return recovered;
    auto found = Restarter(scanner, store, Clock::system()).recover(intent, host, actor, cancel, onWait);
    if (!found)
        return tl::unexpected(found.error());
    recovered.found = std::move(*found);
    return recovered;
}

std::string Recovered::words() const {
    return found->status + (found->verdict.empty() ? "" : ", now " + found->verdict);
}

} // namespace inodeck
