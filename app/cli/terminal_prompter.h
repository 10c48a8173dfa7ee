#pragma once

#include <mutex>

#include "core/transport/prompter.h"

namespace inodeck::cli {

/// Asks on /dev/tty. Unknown host keys are not accepted in passing: `inodeck trust` is for that.
class TerminalPrompter final : public Prompter {
public:
    bool acceptHostKey(const HostKeyQuestion& question) override;
    std::optional<std::string> secret(const SecretQuestion& question) override;

private:
    std::mutex m_mutex;
};

} // namespace inodeck::cli
