#include "core/ssh/bounds.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/eventfd.h>

namespace inodeck::ssh {

Result<short> pollFor(int fd, short events, const Deadline& deadline, const Cancel& cancel,
                      const std::string& what) {
    for (;;) {
        if (cancel.requested())
            return fail(ErrorCode::Cancelled, "Stopped while " + what + ".");
        std::array<pollfd, 2> fds{{{fd, events, 0}, {cancel.fd(), POLLIN, 0}}};
        const auto left = std::min<std::chrono::milliseconds::rep>(deadline.left().count(), 1 << 30);
        const int count = ::poll(fds.data(), fds.size(), static_cast<int>(left));
        if (count > 0 && fds[0].revents != 0)
            return fds[0].revents;
        if (!cancel.requested() && deadline.passed())
            return fail(ErrorCode::Timeout, "Timed out while " + what + ".");
    }
}

Gate::Gate(unsigned int places)
    : m_fd(::eventfd(places, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)) {}

Result<Gate::Place> Gate::enter(const Deadline& deadline, const Cancel& cancel, const std::string& what) {
    for (;;) {
        eventfd_t one = 0;
        if (::eventfd_read(m_fd.get(), &one) == 0)
            return Place(*this);
        if (const auto ready = pollFor(m_fd.get(), POLLIN, deadline, cancel, what); !ready)
            return tl::unexpected(ready.error());
    }
}

Gate::Place::~Place() {
    if (m_gate)
        ::eventfd_write(m_gate->m_fd.get(), 1);
}

} // namespace inodeck::ssh
