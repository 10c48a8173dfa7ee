#include <array>
#include <functional>
#include <map>
#include <mutex>

#include "core/base/text.h"
#include "core/scan/scan.h"

namespace inodeck {

namespace {

/// One host's session. The mutex is held while the session is in use: libssh sessions belong to one thread at
/// a time.
struct Slot {
    std::timed_mutex inUse;
    std::unique_ptr<Session> session;
};

/// Waits for the slot in short steps, since a mutex cannot be polled together with the cancel descriptor.
Result<void> lockSlot(Slot& slot, const std::string& host, const Deadline& deadline, const Cancel& cancel) {
    using namespace std::chrono_literals;
    while (!slot.inUse.try_lock_for(std::min<std::chrono::milliseconds>(deadline.left(), 50ms))) {
        if (cancel.requested())
            return fail(ErrorCode::Cancelled,
                        "Cancelled while waiting for the session to " + printable(host) + ".");
        if (deadline.passed())
            return fail(ErrorCode::Timeout,
                        "The session to " + printable(host) + " is busy with another task; try again.");
    }
    return {};
}

/// This machine and a VM of that name are two hosts; a host's name holds no control characters.
std::string keyOf(const std::string& name, bool local) {
    return local ? "\n" + name : name;
}

/// After these the session may be half-way through something: the next use begins with a new one.
bool spoils(const Result<void>& done) {
    if (done)
        return false;
    const ErrorCode code = done.error().code;
    return code == ErrorCode::Disconnected || code == ErrorCode::Timeout || code == ErrorCode::Protocol;
}

/// Runs `use`; a session that died, or that `use` left by an exception, is not kept.
Result<void> lend(Slot& slot, const std::function<Result<void>(Session&)>& use) {
    std::unique_ptr<Session> session = std::move(slot.session);
    auto done = use(*session);
    if (session->alive() && !spoils(done))
        slot.session = std::move(session);
    return done;
}

} // namespace

struct SessionPool::Private {
    explicit Private(Transport& t)
        : transport(t) {}
    Transport& transport;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Slot>> slots;

    std::shared_ptr<Slot> slot(const std::string& host) {
        const std::lock_guard lock(mutex);
        auto& slot = slots[host];
        if (!slot)
            slot = std::make_shared<Slot>();
        return slot;
    }
};

SessionPool::SessionPool(Transport& transport)
    : d(std::make_unique<Private>(transport)) {}
SessionPool::~SessionPool() = default;

Result<void> SessionPool::with(const Host& host, const Deadline& deadline, const Cancel& cancel,
                               bool idempotent, const std::function<Result<void>(Session&)>& use) {
    const std::shared_ptr<Slot> slot = d->slot(keyOf(host.name, host.local));
    if (auto locked = lockSlot(*slot, host.name, deadline, cancel); !locked)
        return locked;
    const std::lock_guard lock(slot->inUse, std::adopt_lock);
    if (cancel.requested())
        return fail(ErrorCode::Cancelled,
                    "Cancelled before anything was asked of " + printable(host.name) + ".");
    const bool kept = slot->session && slot->session->alive();
    if (kept) {
        auto done = lend(*slot, use);
        // Only a kept session can have died unnoticed: then once more, over a new one.
        if (done || done.error().code != ErrorCode::Disconnected || !idempotent)
            return done;
    }
    auto session = d->transport.connect({host.target(), host.local}, deadline, cancel);
    if (!session)
        return tl::unexpected(session.error());
    slot->session = std::move(*session);
    return lend(*slot, use);
}

void SessionPool::forget(const std::string& host) {
    std::array<std::shared_ptr<Slot>, 2> closing; // closed after the lock is released: that can take a while
    const std::lock_guard lock(d->mutex);
    for (const bool local : {false, true})
        if (const auto found = d->slots.find(keyOf(host, local)); found != d->slots.end()) {
            closing[local ? 1 : 0] = std::move(found->second);
            d->slots.erase(found);
        }
}

} // namespace inodeck
