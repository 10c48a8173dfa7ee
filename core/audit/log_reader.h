#pragma once

#include <memory>
#include <mutex>

#include "core/audit/log_backend.h"

namespace inodeck {

/// A backend behind a lock, to be read.
class LogReader final : public AuditReader {
public:
    explicit LogReader(std::unique_ptr<LogBackend> backend)
        : m_backend(std::move(backend)) {}
    Result<std::vector<OpenIntent>> openIntents() override;
    Result<std::uint64_t> each(const RecordFilter& filter,
                               const std::function<bool(const StoredRecord&)>& take) override;
    Result<std::uint64_t> count(const RecordFilter& filter) override;
    std::string location() const override { return m_backend->location(); }

private:
    std::unique_ptr<LogBackend> m_backend;
    std::mutex m_mutex;
};

Result<std::vector<OpenIntent>> openIntentsOf(LogBackend& backend);

} // namespace inodeck
