#include "core/audit/log_check.h"

#include <algorithm>

#include "core/audit/verify_source.h"

namespace inodeck {

namespace {

constexpr std::uint64_t ProgressStep = 2000;

/// The number of records, by the last one's.
Result<std::uint64_t> sizeOf(AuditReader& log) {
    RecordFilter last;
    last.newestFirst = true;
    last.limit = 1;
    std::uint64_t size = 0;
    const auto read = log.each(last, [&](const StoredRecord& record) {
        size = record.seq + 1;
        return false;
    });
    return read ? Result<std::uint64_t>(size) : tl::unexpected(read.error());
}

} // namespace

Result<bool> LogCheck::goesOn(AuditReader& log) {
    if (!m_verifier || m_next == 0 || m_location != log.location())
        return false;
    RecordFilter last;
    last.from = m_next - 1;
    last.to = m_next;
    bool same = false;
    const auto read = log.each(last, [&](const StoredRecord& record) {
        same = Sha256::of(record.line).hex() == m_last;
        return false;
    });
    return read ? Result<bool>(same) : tl::unexpected(read.error());
}

Result<VerifyReport> LogCheck::run(bool again, const Cancel& cancel, const Progress& progress) {
    const auto log = openAuditReader(m_where);
    const auto known = log ? goesOn(**log) : Result<bool>(tl::unexpected(log.error()));
    // The anchors before the size: others write on.
    const auto own = log ? ownAnchor((*log)->location()) : OwnAnchor{};
    const auto size = known ? sizeOf(**log) : Result<std::uint64_t>(tl::unexpected(known.error()));
    if (!size)
        return tl::unexpected(size.error());
    if (again || !*known) {
        m_location = (*log)->location();
        m_verifier.emplace(VerifyOptions{.anchors = own.anchors});
        m_next = 0;
    } else {
        m_verifier->setAnchors(own.anchors);
    }
    RecordFilter rest;
    rest.listed = true;
    rest.from = m_next;
    const auto read = (*log)->each(rest, [&](const StoredRecord& record) {
        if (record.seq % ProgressStep == 0 && progress)
            progress(record.seq, std::max(*size, record.seq));
        const bool good = m_verifier->take(record);
        m_next = record.seq + 1;
        m_last = Sha256::of(record.line).hex();
        return good && !cancel.requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (cancel.requested())
        return fail(ErrorCode::Cancelled, "The verification was cancelled before its end.");
    VerifyReport report = m_verifier->soFar();
    if (!own.problem.empty())
        report.notices.push_back(own.problem);
    if (report.standing() == VerifyReport::Standing::Broken)
        m_verifier.reset(); // what may be restored is looked at from the beginning
    return report;
}

} // namespace inodeck
