#include "core/restart/vm_lock.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <sstream>
#include <thread>
#include <unistd.h>

#include "core/base/text.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;
/// Ends a lock whose connection hangs half-open; far longer than any run.
constexpr auto Bound = 3600s;
constexpr auto Retry = 1s;
/// The lock of a run that ended, or was killed, ends within two seconds: it is no reason to refuse the next.
constexpr std::chrono::seconds EndedLingers{5};

/// Every account can open one of these for reading, and nobody else locks them. The machine-id first: VMs
/// that share a root file system (containers, labs) have one each.
constexpr const char* Common = R"SH(
LC_ALL=C; export LC_ALL
file=/
[ ! -r /etc/machine-id ] || file=/etc/machine-id
inode=$(stat -L -c %i "$file")
# Who holds it: /proc/locks names the pid, the arguments of that process say who it is.
holder() {
    while read -r number kind mode access pid where rest; do
        [ "$kind" = FLOCK ] && [ "${where##*:}" = "$inode" ] && [ -r "/proc/$pid/cmdline" ] || continue
        echo "pid $pid"
        tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | head -c 2000
    done </proc/locks
}
)SH";

/// $1 token, $2 who, $3 since when, $4 seconds. What holds it writes, and so ends when nobody reads any more.
constexpr const char* Take = R"SH(
command -v flock >/dev/null 2>&1 || { echo "flock is not installed there (package util-linux)" >&2; exit 9; }
flock -n "$file" sh -c 'echo "locked $1"; n=0
    while [ $n -lt $4 ]; do sleep 1; echo || exit 0; n=$((n + 1)); done' inodeck-lock "$@" </dev/null 2>/dev/null && exit 0
holder
exit 8
)SH";

/// $1 token: waits a moment until its holder is there.
constexpr const char* Look = R"SH(
n=0
while [ $n -lt 20 ]; do
    case $(holder) in *"
inodeck-lock
$1
"*) echo held; exit 0 ;; esac
    sleep 0.1 2>/dev/null || sleep 1
    n=$((n + 1))
done
echo not-held
)SH";

std::string script(const char* body, const std::vector<std::string>& arguments) {
    std::string text = Common + std::string("main() {") + body + "}\nmain";
    for (const std::string& argument : arguments)
        text += " " + shellQuote(argument);
    return text + "\n";
}

ExecRequest request(std::string input) {
    ExecRequest request;
    request.command = "exec sh -s";
    request.input = std::move(input);
    request.maxOutput = std::size_t{64} << 10;
    return request;
}

} // namespace

struct VmLock::Private {
    Cancel end;
    std::mutex mutex;
    std::optional<Result<ExecResult>> answer; ///< of the command that holds it, once that has ended
    std::jthread holder;                      ///< last: joined before the rest goes

    ~Private() { end.request(); }
    std::optional<Result<ExecResult>> ended() {
        const std::lock_guard lock(mutex);
        return answer;
    }
};

namespace {

/// Whether the VM shows the lock in the hands of `token`.
Result<bool> seen(SessionPool& sessions, const Host& host, const std::string& token, const Cancel& cancel) {
    const Deadline deadline = Deadline::after(30s);
    bool held = false;
    const auto done = sessions.with(host, deadline, cancel, true, [&](Session& session) -> Result<void> {
        const auto answer = session.exec(request(script(Look, {token})), deadline, cancel);
        if (!answer)
            return tl::unexpected(answer.error());
        held = answer->output.starts_with("held");
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return held;
}

tl::unexpected<Error> refusal(const Host& host, const Result<ExecResult>& answer) {
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->exitStatus == 8)
        return fail(ErrorCode::CommandFailed, describeHolder(answer->output));
    return fail(ErrorCode::Unsupported, "The lock on " + printable(host.name) + " cannot be taken: " +
                                            printable(answer->error.substr(0, 300)) + ".");
}

} // namespace

VmLock::VmLock(std::unique_ptr<Private> p)
    : d(std::move(p)) {}
VmLock::~VmLock() = default;

bool VmLock::held() const {
    return !d->ended();
}

Result<std::unique_ptr<VmLock>> VmLock::acquire(Transport& transport, SessionPool& sessions, const Host& host,
                                                const Request& wanted, const Cancel& cancel) {
    const Deadline patience = Deadline::after(std::max(wanted.wait, EndedLingers));
    for (bool told = false;; told = true) {
        const std::string token = newUuid();
        const std::string since = formatRfc3339(Clock::system().now(), 0);
        const std::string input =
            script(Take, {token, printable(wanted.holder), since, std::to_string(Bound.count())});
        auto p = std::make_unique<Private>();
        p->holder = std::jthread([state = p.get(), &transport, host, input] {
            const Deadline deadline = Deadline::after(Bound + 60s);
            auto session =
                transport.connect({host.target(), host.local}, deadline.atMost(host.deadline), state->end);
            Result<ExecResult> answer = session ? (*session)->exec(request(input), deadline, state->end)
                                                : tl::unexpected(session.error());
            const std::lock_guard lock(state->mutex);
            state->answer = std::move(answer);
        });
        const Deadline taking = Deadline::after(host.deadline + 10s);
        while (!p->ended() && !taking.passed() && !cancel.requested()) {
            const auto held = seen(sessions, host, token, cancel);
            if (!held)
                return tl::unexpected(held.error());
            if (*held)
                return std::unique_ptr<VmLock>(new VmLock(std::move(p)));
        }
        if (cancel.requested())
            return fail(ErrorCode::Cancelled, "Cancelled while waiting for the lock.");
        const auto ended = p->ended();
        if (!ended)
            return fail(ErrorCode::Timeout, "The lock on " + printable(host.name) +
                                                " was not seen to be taken; is /proc readable there?");
        auto refused = refusal(host, *ended);
        if (refused.value().code != ErrorCode::CommandFailed || patience.passed())
            return refused;
        if (!told && wanted.onBusy && wanted.wait > EndedLingers)
            wanted.onBusy(refused.value().message);
        cancel.waitFor(std::min<std::chrono::milliseconds>(Retry, patience.left()));
    }
}

Result<PersonsLock> lockForPerson(Transport& transport, SessionPool& sessions, const Host& host,
                                  const AuditActor& actor, const Cancel& cancel) {
    VmLock::Request request;
    request.holder = lockHolder(actor);
    auto lock = VmLock::acquire(transport, sessions, host, request, cancel);
    if (lock)
        return PersonsLock{std::move(*lock), {}};
    if (lock.error().code == ErrorCode::Unsupported)
        return PersonsLock{nullptr, lock.error().message};
    return tl::unexpected(lock.error());
}

std::string lockHolder(const AuditActor& actor) {
    char machine[256] = "";
    ::gethostname(machine, sizeof machine - 1);
    std::string who = (actor.claimed.empty() ? actor.account : actor.claimed) + "@" + machine;
    if (!actor.ciJob.empty())
        who += ", " + actor.ciJob;
    return who.substr(0, 200);
}

std::string describeHolder(const std::string& answer) {
    std::vector<std::string> lines;
    std::istringstream stream(answer);
    for (std::string line; std::getline(stream, line) && lines.size() < 100;)
        lines.push_back(line);
    const auto marker = std::find(lines.begin(), lines.end(), "inodeck-lock");
    const std::string pid = !lines.empty() && lines[0].starts_with("pid ")
                                ? " (pid " + printable(lines[0].substr(4, 10)) + ")"
                                : "";
    if (lines.end() - marker < 4)
        return "Another process on the VM holds the lock" + pid + "; who it is cannot be seen.";
    return "Another one is at work on the VM: " + printable(marker[2].substr(0, 400)) + ", since " +
           printable(marker[3].substr(0, 40)) + pid + ".";
}

} // namespace inodeck
