#pragma once

#include <chrono>
#include <string>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/base/result.h"
#include "core/transport/fd.h"

namespace inodeck::ssh {

/// What bounds the opening of a connection: the caller's deadline for everything, and a shorter one for the
/// peer's part, which starts again after each question to the operator.
class Bounds {
public:
    Bounds(const Deadline& overall, std::chrono::milliseconds step, const Cancel& cancel)
        : m_overall(overall)
        , m_step(step)
        , m_now(overall.atMost(step))
        , m_cancel(&cancel) {}

    const Deadline& deadline() const { return m_now; }
    const Deadline& overall() const { return m_overall; }
    const Cancel& cancel() const { return *m_cancel; }
    void restart() { m_now = m_overall.atMost(m_step); }
    Bounds within(std::chrono::milliseconds step) const { return {m_now, step, *m_cancel}; }

private:
    Deadline m_overall;
    std::chrono::milliseconds m_step;
    Deadline m_now;
    const Cancel* m_cancel;
};

/// poll() on one descriptor with a deadline and a cancel. The events that came; Timeout or Cancelled (the
/// message ends in `what`) when one of those did first.
Result<short> pollFor(int fd, short events, const Deadline& deadline, const Cancel& cancel,
                      const std::string& what);

/// A counting semaphore whose waiters can be cancelled and have a deadline, which no std:: one offers.
class Gate {
public:
    explicit Gate(unsigned int places);

    /// A place in the gate, given back by its destructor.
    class Place {
    public:
        explicit Place(Gate& gate)
            : m_gate(&gate) {}
        Place(Place&& other) noexcept
            : m_gate(std::exchange(other.m_gate, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Gate* m_gate;
    };
    Result<Place> enter(const Deadline& deadline, const Cancel& cancel, const std::string& what);

private:
    Fd m_fd;
};

} // namespace inodeck::ssh
