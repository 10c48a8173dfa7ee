#include "core/base/cancel.h"

#include <algorithm>
#include <climits>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace inodeck {

Cancel::Cancel()
    : m_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Cancel::~Cancel() {
    if (m_fd >= 0)
        ::close(m_fd);
}

void Cancel::request() {
    m_requested.store(true, std::memory_order_release);
    const std::uint64_t one = 1;
    // A full counter means that it is readable already, which is all that is wanted.
    [[maybe_unused]] const auto written = ::write(m_fd, &one, sizeof one);
}

bool Cancel::waitFor(std::chrono::milliseconds time) const {
    pollfd waiting{m_fd, POLLIN, 0};
    ::poll(&waiting, 1,
           static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(time.count(), 0, INT_MAX)));
    return requested();
}

} // namespace inodeck
