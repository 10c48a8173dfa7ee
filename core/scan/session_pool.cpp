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
    const std::shared_ptr<Slot> slot = d->slot(host.name);
    if (auto locked = lockSlot(*slot, host.name, deadline, cancel); !locked)
        return locked;
    const std::lock_guard lock(slot->inUse, std::adopt_lock);
    bool kept = slot->session && slot->session->alive();
    for (;;) {
        if (!kept) {
            auto session = d->transport.connect({host.name, host.local}, deadline, cancel);
            if (!session)
                return tl::unexpected(session.error());
            slot->session = std::move(*session);
        }
        auto done = use(*slot->session);
        if (!slot->session->alive())
            slot->session.reset();
        // Only a kept session can have died unnoticed: then once more, over a new one.
        const bool diedUnnoticed = kept && !done && done.error().code == ErrorCode::Disconnected;
        if (!diedUnnoticed || !idempotent)
            return done;
        slot->session.reset();
        kept = false;
    }
}

void SessionPool::forget(const std::string& host) {
    const std::lock_guard lock(d->mutex);
    d->slots.erase(host);
}

} // namespace inodeck
