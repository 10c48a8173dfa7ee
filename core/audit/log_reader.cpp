#include "core/audit/log_reader.h"

namespace inodeck {

Result<std::vector<OpenIntent>> openIntentsOf(LogBackend& backend) {
    RecordFilter filter;
    filter.openOnly = true;
    std::vector<OpenIntent> open;
    const auto done = backend.each(filter, [&](const StoredRecord& stored) {
        if (auto record = parseRecordLine(stored.line))
            open.push_back(
                {record->envelope.seq, record->envelope.id, record->envelope.ts, std::move(record->draft)});
        return true;
    });
    if (!done)
        return tl::unexpected(done.error());
    return open;
}

Result<std::vector<OpenIntent>> LogReader::openIntents() {
    const std::lock_guard lock(m_mutex);
    return openIntentsOf(*m_backend);
}

Result<std::uint64_t> LogReader::each(const RecordFilter& filter,
                                      const std::function<bool(const StoredRecord&)>& take) {
    const std::lock_guard lock(m_mutex);
    return m_backend->each(filter, take);
}

Result<std::uint64_t> LogReader::count(const RecordFilter& filter) {
    const std::lock_guard lock(m_mutex);
    return m_backend->count(filter);
}

} // namespace inodeck
