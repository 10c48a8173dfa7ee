#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace inodeck {

/// What waits: a line as it will be sent, so that a second push of it is the same entry to Loki.
struct Parcel {
    TimePoint time{};
    std::string app; ///< labels: one line each
    std::string env;
    std::string stream;
    std::string line;
    std::string key;  ///< 64 hex digits; parcels of one key are one event
    std::string name; ///< of its file; empty until it was read from the outbox
};

/// A folder of events that wait, oldest first; several processes may use it at once (docs/events.md has the
/// files). Errors are Io with a sentence.
class Outbox {
public:
    struct Limits {
        std::size_t waiting = 10'000; ///< more: the oldest are deleted
        std::size_t dead = 1'000;     ///< files that were parked; more: the oldest are deleted
    };
    /// Makes the folder, 0700; refused when it is a link or another account's.
    static Result<Outbox> open(const std::string& folder, Limits limits);
    static Result<Outbox> open(const std::string& folder) { return open(folder, Limits{}); }

    /// Durable when it returns. Nothing is added when the key waits or was delivered already.
    Result<void> add(const Parcel& parcel);

    /// The calls below need the lock of the one that sends.
    class Lock {
    public:
        explicit Lock(int fd)
            : m_fd(fd) {}
        Lock(Lock&& other) noexcept;
        ~Lock();
        int fd() const { return m_fd; }

    private:
        int m_fd;
    };
    /// Timeout or Cancelled when another process keeps it.
    Result<Lock> lock(const Deadline& deadline, const Cancel& cancel) const;
    /// Up to `count` parcels and about `bytes` bytes of lines, oldest first. What is no parcel goes to dead/,
    /// what is there twice or was delivered before is dropped.
    Result<std::vector<Parcel>> oldest(std::size_t count, std::size_t bytes);
    /// Never to be sent again.
    Result<void> delivered(const std::vector<Parcel>& parcels);
    /// Moves a file to dead/, with the reason beside it.
    Result<void> park(const std::string& name, const std::string& reason);

    std::size_t waiting() const;
    /// Since the last call: how many were deleted because too many waited, and were parked.
    std::size_t takeDropped();
    std::size_t takeParked();

private:
    Outbox(std::string folder, Limits limits)
        : m_folder(std::move(folder))
        , m_limits(limits) {}
    std::string path(const std::string& name) const { return m_folder + "/" + name; }
    void dropOldest();
    void trimDead() const;

    std::string m_folder;
    Limits m_limits;
    std::size_t m_dropped = 0;
    std::size_t m_parked = 0;
};

} // namespace inodeck
